import type { Bound, gatewayContract } from "@vero/contracts";
import { authRouter } from "./auth/auth.router.js";
import type { GatewayBases } from "./gateway.context.js";
import { messagingRouter } from "./messaging/messaging.router.js";

/** Binds all operations of the gateway to their handlers, room by room. */
export const gatewayRouters = (bases: GatewayBases) =>
  ({ auth: authRouter(bases), messaging: messagingRouter(bases) }) satisfies {
    [D in keyof typeof gatewayContract]: Bound<(typeof gatewayContract)[D]>;
  };
