import { type contract, msgsrvContract } from "@vero/contracts";
import { migrate, openDatabase, startEmbedded } from "@vero/db";
import { createGateway, type GatewayContext, gatewayRouters } from "@vero/gateway";
import {
  createImages,
  createMsgsrvServices,
  createRealtime,
  type MsgsrvContext,
  msgsrvRouters,
  startIndexing,
  startMediaCleanup,
} from "@vero/msgsrv";
import {
  clientAddressOf,
  closeHttp,
  connectionLimitsOf,
  createActors,
  createBases,
  createHttp,
  createKeyring,
  createLimits,
  createLogger,
  createMemoryBus,
  createObjectStore,
  createPostgresBus,
  createTokens,
  dependingOn,
  httpContext,
  type Logger,
  listenAt,
  mountHealth,
  mountMetrics,
  mountObjects,
  mountRoutes,
  mountTrpc,
  noLimits,
  onUpgrade,
  quotaOf,
  type Service,
  secretsOf,
  shutDown,
} from "@vero/server";
import type { FastifyRequest } from "fastify";
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
const embeddedGenerosity = 20;

/** Starts gateway and messaging service in one process, on one port, without a hop between them. */
export async function serveStandalone(
  config: StandaloneConfig,
  log: Logger = createLogger({ level: config.VERO_LOG_LEVEL, name: "vero" }),
): Promise<Service> {
  const { url: databaseUrl, stop: stopDatabase, lost } = await databaseOf(config, log);
  const databaseSetting = config.DATABASE_URL === undefined ? "VERO_DATA_DIR" : "DATABASE_URL";
  await dependingOn(databaseSetting, () => migrate(databaseUrl));
  const database = openDatabase({ url: databaseUrl });
  const publicUrl = config.VERO_PUBLIC_URL ?? `http://localhost:${config.PORT}`;
  const secrets = secretsOf(config);
  const keyring = createKeyring({ database, ...secrets });
  const tokens = createTokens({ keyring, issuer: publicUrl });
  const actors = createActors({ database, tokens });
  const generosity = config.NODE_ENV === "production" ? 1 : embeddedGenerosity;
  const limits = config.VERO_RATE_LIMITS === "on" ? createLimits(generosity) : noLimits;
  // An external database may serve other processes as well; the embedded one belongs to this process.
  const isOnlyNode = config.DATABASE_URL === undefined;
  const bus = isOnlyNode ? createMemoryBus(log) : await createPostgresBus(database, log);
  const objects = await createObjectStore({ config, publicUrl, log, ...secrets });
  const images = await createImages();

  const gateway = createGateway({ database, keyring, tokens, actors, limits, bus, log, publicUrl, secrets });
  const services = {
    ...gateway.services,
    ...createMsgsrvServices({ database, bus, limits, objects, images, quota: quotaOf(config), log }),
  };
  const { router: routerOf, bases } = createBases<GatewayContext & MsgsrvContext>({
    deadlineFactor: config.VERO_DEADLINE_FACTOR,
  });
  const router = routerOf({ ...gatewayRouters(bases), ...msgsrvRouters(bases) } satisfies Record<
    keyof typeof contract,
    object
  >);
  const contextOf = (request: FastifyRequest): GatewayContext & MsgsrvContext => ({
    ...httpContext(request, { actors, limits }),
    ...services,
  });
  const origins = [...config.VERO_CORS_ORIGINS, new URL(publicUrl).origin];
  const realtime = createRealtime({
    database,
    bus,
    actors,
    limits,
    log,
    services,
    router,
    origins,
    addressOf: (request) => clientAddressOf(request, config.VERO_TRUSTED_PROXIES),
    offlineAfterSeconds: config.VERO_OFFLINE_AFTER,
    isOnlyNode,
  });
  const stopMaintenance = await gateway.start();

  const app = await createHttp({
    log,
    corsOrigins: config.VERO_CORS_ORIGINS,
    trustedProxies: config.VERO_TRUSTED_PROXIES,
    connections: connectionLimitsOf(config),
    hsts: publicUrl.startsWith("https:"),
  });
  await mountMetrics(app, { log, config });
  await gateway.mount(app, { router, contextOf });
  mountRoutes(app, { contract: msgsrvContract, router, contextOf });
  await mountTrpc(app, { prefix: "/trpc", router, contextOf });
  await mountObjects(app, objects);
  mountHealth(app, { ready: database.ready });
  onUpgrade(app, realtime.upgrade);
  await listenAt(app, { host: config.HOST, port: config.PORT });
  const indexing = startIndexing({ database, log });
  const mediaCleanup = startMediaCleanup({ database, objects, log });

  return {
    url: app.listeningOrigin,
    lost,
    close: () =>
      shutDown(log, {
        sockets: realtime.close,
        presence: realtime.leave,
        http: () => closeHttp(app),
        maintenance: stopMaintenance,
        indexing: indexing.stop,
        mediaCleanup: mediaCleanup.stop,
        images: images.close,
        objects: () => objects.close(),
        bus: bus.close,
        database: database.close,
        embedded: stopDatabase,
      }),
  };
}
