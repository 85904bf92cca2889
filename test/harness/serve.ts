import { readConfig as readGatewayConfig, serveGateway } from "@vero/gateway";
import { readConfig as readMsgsrvConfig, serveMsgsrv } from "@vero/msgsrv";
import { createLogger, type Logger } from "@vero/server";
import { readConfig as readStandaloneConfig, serveStandalone } from "@vero/standalone";

const silent = createLogger({ level: "silent", name: "test" });
type Env = NodeJS.ProcessEnv;

/** Starts an app in this process, which takes a tenth of what a process of its own does; it reads this environment only. */
export const serve = {
  gateway: (env: Env, log: Logger = silent) => serveGateway(readGatewayConfig(env), log),
  msgsrv: (env: Env, log: Logger = silent) => serveMsgsrv(readMsgsrvConfig(env), log),
  standalone: (env: Env, log: Logger = silent) => serveStandalone(readStandaloneConfig(env), log),
};
