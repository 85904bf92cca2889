import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";
import { pendingIn } from "../pending.js";

export const conversationsRouter = (bases: MsgsrvBases) =>
  bind("conversations", msgsrvContract.conversations, bases, {
    ...pendingIn("conversations"),
    list: ({ ctx, input }) => ctx.conversations.list(ctx.actor, input),
    create: ({ ctx, input }) => ctx.conversations.create(ctx.actor, input),
    get: ({ ctx, input }) => ctx.conversations.get(ctx.actor, input.id),
  });
