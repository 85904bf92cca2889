import type { contract } from "@vero/contracts";
import { startEmbedded } from "@vero/db";
import { createGateway, type GatewayContext, gatewayRouters } from "@vero/gateway";
import { createMsgsrv, type MsgsrvContext, msgsrvRouters } from "@vero/msgsrv";
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
import type { StandaloneConfig } from "./config.js";

interface ServedDatabase {
  url: string;
  stop(): Promise<void>;
  /**
   * Resolves when the embedded PostgreSQL has ended for good; never for an external one, which its operator brings
   * back.
   */
  lost: Promise<Error>;
}

/** Returns the configured database, or starts the embedded one. */
async function databaseOf(config: StandaloneConfig, log: Logger): Promise<ServedDatabase> {
  let lose: (reason: Error) => void = () => {};
  const lost = new Promise<Error>((resolve) => {
    lose = resolve;
  });
  if (config.DATABASE_URL !== undefined) return { url: config.DATABASE_URL, stop: async () => {}, lost };
  const embedded = await startEmbedded({
    dataDir: config.VERO_DATA_DIR,
    log: {
      info: (message) => log.debug(message),
      warn: (message) => log.warn(message),
      error: (message) => log.error(message),
    },
    onExit: (reason) => {
      log.fatal(`The embedded PostgreSQL has stopped: ${reason}`);
      lose(reason);
    },
  });
  return { url: embedded.url, stop: embedded.stop, lost };
}

/**
 * Multiplies the rate limits outside of production: a person who tries things out does not notice them, and a flood
 * does.
 */
const developmentLimitFactor = 20;

/** Starts gateway and messaging service in one process, on one port, without a hop between them. */
export async function serveStandalone(
  config: StandaloneConfig,
  log: Logger = createLogger({ level: config.VERO_LOG_LEVEL, name: "vero" }),
): Promise<Service> {
  await requireFreePorts(config);
  const { url: databaseUrl, stop: stopDatabase, lost } = await databaseOf(config, log);
  // An external database may serve other processes as well; the embedded one belongs to this process.
  const isOnlyNode = config.DATABASE_URL === undefined;
  const platform = await openPlatform({
    config,
    log,
    publicUrl: config.VERO_PUBLIC_URL ?? `http://localhost:${config.PORT}`,
    databaseUrl,
    databaseSetting: isOnlyNode ? "VERO_DATA_DIR" : "DATABASE_URL",
    limitFactor: config.NODE_ENV === "production" ? 1 : developmentLimitFactor,
    isOnlyProcess: isOnlyNode,
  });
  const gateway = createGateway(platform, config);
  const msgsrv = await createMsgsrv(platform, { config, isOnlyNode });
  const maintenance = await gateway.start();

  const { router: routerOf, bases } = createBases<GatewayContext & MsgsrvContext>({
    deadlineFactor: config.VERO_DEADLINE_FACTOR,
  });
  const router = routerOf({ ...gatewayRouters(bases), ...msgsrvRouters(bases) } satisfies Record<
    keyof typeof contract,
    object
  >);
  const contextOf = contextOfRequests(platform, { ...gateway.services, ...msgsrv.services });

  const app = await createApp(platform);
  await gateway.mount(app, { router, contextOf });
  const sockets = await msgsrv.mount(app, { router, contextOf });
  await mountTrpc(app, { prefix: "/trpc", router, contextOf });
  await listen(platform, app);
  const steps = { ...sockets, ...msgsrv.start(), maintenance, embedded: stopDatabase };
  return { ...serviceOf(platform, app, steps), lost };
}
