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
  const { VERO_PUBLIC_URL: publicUrl, DATABASE_URL: databaseUrl, VERO_DEADLINE_FACTOR: deadlineFactor } = config;
  await requireFreePorts(config);
  const platform = await openPlatform({ config, log, publicUrl, databaseUrl });
  const gateway = createGateway(platform, config);
  const maintenance = await gateway.start();

  const { router: routerOf, bases } = createBases<GatewayContext>({ deadlineFactor });
  const router = routerOf(gatewayRouters(bases));
  const contextOf = contextOfRequests(platform, gateway.services);

  const app = await createApp(platform);
  await gateway.mount(app, { router, contextOf });
  const to = { upstream: config.MSGSRV_URL, deadlineFactor };
  await mountChatProxy(app, to);
  await mountObjectsProxy(app, to);
  await mountTrpcProxy(app, { ...to, local: (scope) => mountTrpc(scope, { prefix: "/trpc", router, contextOf }) });
  mountTunnel(app, { path: socketPath, upstream: config.MSGSRV_URL, limits: platform.limits });
  await listen(platform, app);
  return serviceOf(platform, app, { maintenance });
}
