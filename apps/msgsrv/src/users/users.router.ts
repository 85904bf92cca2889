import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";

export const usersRouter = (bases: MsgsrvBases) =>
  bind("users", msgsrvContract.users, bases, {
    block: ({ ctx, input }) => ctx.blocks.block(ctx.actor, input),
    unblock: ({ ctx, input }) => ctx.blocks.unblock(ctx.actor, input),
    list_blocks: ({ ctx, input }) => ctx.blocks.list(ctx.actor, input),
    list: ({ ctx, input }) => ctx.users.list(ctx.actor, input),
    search: ({ ctx, input }) => ctx.users.search(ctx.actor, input),
    list_agents: ({ ctx, input }) => ctx.agents.list(ctx.actor, input),
  });
