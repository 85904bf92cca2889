import { readConfig as readGatewayConfig, serveGateway } from "@vero/gateway";
import { readConfig as readMsgsrvConfig, serveMsgsrv } from "@vero/msgsrv";
import { createLogger } from "@vero/server";
import { readConfig as readStandaloneConfig, serveStandalone } from "@vero/standalone";

const log = createLogger({ level: "silent", name: "test" });

/** Starts an app in this process, which takes a tenth of what a process of its own does; it reads this environment only. */
export const serve = {
  gateway: (env: NodeJS.ProcessEnv) => serveGateway(readGatewayConfig(env), log),
  msgsrv: (env: NodeJS.ProcessEnv) => serveMsgsrv(readMsgsrvConfig(env), log),
  standalone: (env: NodeJS.ProcessEnv) => serveStandalone(readStandaloneConfig(env), log),
};
