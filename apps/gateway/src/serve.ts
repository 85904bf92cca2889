import { migrate, openDatabase } from "@vero/db";
import {
  closeHttp,
  connectionLimitsOf,
  createActors,
  createBases,
  createHttp,
  createKeyring,
  createLimits,
  createLogger,
  createPostgresBus,
  createTokens,
  dependingOn,
  httpContext,
  type Logger,
  listenAt,
  mountHealth,
  mountMetrics,
  mountTrpc,
  noLimits,
  type Service,
  secretsOf,
  shutDown,
} from "@vero/server";
import type { FastifyRequest } from "fastify";
import type { GatewayConfig } from "./config.js";
import type { GatewayContext } from "./gateway.context.js";
import { createGateway } from "./gateway.js";
import { gatewayRouters } from "./gateway.router.js";
import { socketPath } from "./messaging/messaging.service.js";
import { mountChatProxy, mountObjectsProxy } from "./proxy/proxy.js";
import { mountTrpcProxy } from "./proxy/trpc.js";
import { mountTunnel } from "./proxy/tunnel.js";

/** Starts the gateway as a process of its own, in front of a messaging service. */
export async function serveGateway(
  config: GatewayConfig,
  log: Logger = createLogger({ level: config.VERO_LOG_LEVEL, name: "gateway" }),
): Promise<Service> {
  const { VERO_PUBLIC_URL: publicUrl, MSGSRV_URL: upstream, VERO_DEADLINE_FACTOR: deadlineFactor } = config;
  const secrets = secretsOf(config);
  await dependingOn("DATABASE_URL", () => migrate(config.DATABASE_URL));
  const database = openDatabase({ url: config.DATABASE_URL });
  const keyring = createKeyring({ database, ...secrets });
  const tokens = createTokens({ keyring, issuer: publicUrl });
  const actors = createActors({ database, tokens });
  const limits = config.VERO_RATE_LIMITS === "on" ? createLimits() : noLimits;
  const bus = await createPostgresBus(database, log);
  const gateway = createGateway({ database, keyring, tokens, actors, limits, bus, log, publicUrl, secrets });
  const stopMaintenance = await gateway.start();

  const { router: routerOf, bases } = createBases<GatewayContext>({ deadlineFactor });
  const router = routerOf(gatewayRouters(bases));
  const contextOf = (request: FastifyRequest): GatewayContext => ({
    ...httpContext(request, { actors, limits }),
    ...gateway.services,
  });

  const app = await createHttp({
    log,
    corsOrigins: config.VERO_CORS_ORIGINS,
    trustedProxies: config.VERO_TRUSTED_PROXIES,
    connections: connectionLimitsOf(config),
    hsts: publicUrl.startsWith("https:"),
  });
  await mountMetrics(app, { log, config });
  await gateway.mount(app, { router, contextOf });
  const to = { upstream, deadlineFactor };
  await mountChatProxy(app, to);
  await mountObjectsProxy(app, to);
  await mountTrpcProxy(app, { ...to, local: (scope) => mountTrpc(scope, { prefix: "/trpc", router, contextOf }) });
  mountTunnel(app, { path: socketPath, upstream, limits });
  mountHealth(app, { ready: database.ready });
  await listenAt(app, { host: config.HOST, port: config.PORT });
  log.info({ address: app.listeningOrigin }, "gateway is listening");

  return {
    url: app.listeningOrigin,
    close: () =>
      shutDown(log, {
        http: () => closeHttp(app),
        maintenance: stopMaintenance,
        bus: bus.close,
        database: database.close,
      }),
  };
}
