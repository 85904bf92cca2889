import { type Bound, bind, gatewayContract } from "@vero/contracts";
import type { GatewayBases } from "../gateway.context.js";

const { messaging } = gatewayContract;

export const messagingRouter = (bases: GatewayBases): Bound<typeof messaging> =>
  bind("messaging", messaging, bases, {
    token: ({ ctx }) => ctx.messaging.createToken(ctx.actor),
  });
