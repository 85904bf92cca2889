import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";
import { pendingIn } from "../pending.js";

export const participantsRouter = (bases: MsgsrvBases) =>
  bind("participants", msgsrvContract.participants, bases, {
    ...pendingIn("participants"),
    list: ({ ctx, input }) => ctx.participants.list(ctx.actor, input),
  });
