import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";
import { pendingIn } from "../pending.js";

export const messagesRouter = (bases: MsgsrvBases) =>
  bind("messages", msgsrvContract.messages, bases, {
    ...pendingIn("messages"),
    send: ({ ctx, input }) => ctx.messages.send(ctx.actor, input),
    get: ({ ctx, input }) => ctx.messages.get(ctx.actor, input.id),
    list: ({ ctx, input }) => ctx.messages.list(ctx.actor, input),
  });
