import { msgsrvContract } from "@vero/contracts";
import { migrate, openDatabase } from "@vero/db";
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
import type { MsgsrvConfig } from "./config.js";
import { createImages } from "./media/images.js";
import { startMediaCleanup } from "./media/media.cleanup.js";
import type { MsgsrvContext } from "./msgsrv.context.js";
import { createMsgsrvServices, createRealtime } from "./msgsrv.js";
import { msgsrvRouters } from "./msgsrv.router.js";
import { startIndexing } from "./search/search.index.js";

/** The messaging service as a process of its own, behind a gateway. */
export async function serveMsgsrv(
  config: MsgsrvConfig,
  log: Logger = createLogger({ level: config.VERO_LOG_LEVEL, name: "msgsrv" }),
): Promise<Service> {
  const secrets = secretsOf(config);
  await dependingOn("DATABASE_URL", () => migrate(config.DATABASE_URL));
  const database = openDatabase({ url: config.DATABASE_URL });
  const keyring = createKeyring({ database, ...secrets });
  const tokens = createTokens({ keyring, issuer: config.VERO_PUBLIC_URL });
  const actors = createActors({ database, tokens });
  const limits = config.VERO_RATE_LIMITS === "on" ? createLimits() : noLimits;
  const bus = await createPostgresBus(database, log);
  const objects = await createObjectStore({
    config,
    publicUrl: config.VERO_PUBLIC_URL,
    log,
    ...secrets,
  });
  const images = await createImages();
  const services = createMsgsrvServices({ database, bus, limits, objects, images, quota: quotaOf(config), log });

  const { router: routerOf, bases } = createBases<MsgsrvContext>({ deadlineFactor: config.VERO_DEADLINE_FACTOR });
  const router = routerOf(msgsrvRouters(bases));
  const contextOf = (request: FastifyRequest): MsgsrvContext => ({
    ...httpContext(request, { actors, limits }),
    ...services,
  });
  const origins = [...config.VERO_CORS_ORIGINS, new URL(config.VERO_PUBLIC_URL).origin];
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
  });

  const app = await createHttp({
    log,
    // The gateway answers browsers; what it passes on has been allowed there.
    corsOrigins: [],
    trustedProxies: config.VERO_TRUSTED_PROXIES,
    connections: connectionLimitsOf(config),
    hsts: false,
  });
  await mountMetrics(app, { log, config });
  mountRoutes(app, { contract: msgsrvContract, router, contextOf });
  await mountTrpc(app, { prefix: "/trpc", router, contextOf });
  await mountObjects(app, objects);
  mountHealth(app, { ready: database.ready });
  onUpgrade(app, realtime.upgrade);
  await listenAt(app, { host: config.HOST, port: config.PORT });
  log.info({ address: app.listeningOrigin }, "msgsrv is listening");
  const indexing = startIndexing({ database, log });
  const mediaCleanup = startMediaCleanup({ database, objects, log });

  return {
    url: app.listeningOrigin,
    close: () =>
      shutDown(log, {
        sockets: realtime.close,
        presence: realtime.leave,
        http: () => closeHttp(app),
        indexing: indexing.stop,
        mediaCleanup: mediaCleanup.stop,
        images: images.close,
        objects: () => objects.close(),
        bus: bus.close,
        database: database.close,
      }),
  };
}
