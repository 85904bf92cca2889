import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";

export const participantsRouter = (bases: MsgsrvBases) =>
  bind("participants", msgsrvContract.participants, bases, {
    list: ({ ctx, input }) => ctx.participants.list(ctx.actor, input),
    add: ({ ctx, input }) => ctx.membership.add(ctx.actor, input),
    remove: ({ ctx, input }) => ctx.membership.remove(ctx.actor, input),
    update: ({ ctx, input }) => ctx.membership.update(ctx.actor, input),
  });
