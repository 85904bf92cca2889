import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";
import { pendingIn } from "../pending.js";

export const usersRouter = (bases: MsgsrvBases) =>
  bind("users", msgsrvContract.users, bases, {
    ...pendingIn("users"),
    list: ({ ctx, input }) => ctx.users.list(ctx.actor, input),
    search: ({ ctx, input }) => ctx.users.search(ctx.actor, input),
    list_agents: ({ ctx, input }) => ctx.agents.list(ctx.actor, input),
  });
