import {
  contextOfRequests,
  createApp,
  createBases,
  createLogger,
  type Logger,
  listen,
  mountTrpc,
  openPlatform,
  requireFreePorts,
  type Service,
  serviceOf,
} from "@vero/server";
import type { MsgsrvConfig } from "./config.js";
import type { MsgsrvContext } from "./msgsrv.context.js";
import { createMsgsrv } from "./msgsrv.js";
import { msgsrvRouters } from "./msgsrv.router.js";

/** Starts the messaging service as a process of its own, behind a gateway. */
export async function serveMsgsrv(
  config: MsgsrvConfig,
  log: Logger = createLogger({ level: config.VERO_LOG_LEVEL, name: "msgsrv" }),
): Promise<Service> {
  const { VERO_PUBLIC_URL: publicUrl, DATABASE_URL: databaseUrl, VERO_DEADLINE_FACTOR: deadlineFactor } = config;
  await requireFreePorts(config);
  const platform = await openPlatform({ config, log, publicUrl, databaseUrl });
  const msgsrv = await createMsgsrv(platform, { config });

  const { router: routerOf, bases } = createBases<MsgsrvContext>({ deadlineFactor });
  const router = routerOf(msgsrvRouters(bases));
  const contextOf = contextOfRequests(platform, msgsrv.services);

  const app = await createApp(platform, { isBehindGateway: true });
  const sockets = await msgsrv.mount(app, { router, contextOf });
  await mountTrpc(app, { prefix: "/trpc", router, contextOf });
  await listen(platform, app);
  return serviceOf(platform, app, { ...sockets, ...msgsrv.start() });
}
