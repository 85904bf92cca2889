export { type GatewayConfig, readConfig } from "./config.js";
export type { GatewayBases, GatewayContext, GatewayServices } from "./gateway.context.js";
export { createGateway } from "./gateway.js";
export { gatewayRouters } from "./gateway.router.js";
export { serveGateway } from "./serve.js";
