import { bind, msgsrvContract } from "@vero/contracts";
import type { BasesOf } from "@vero/server";
import type { BlocksService } from "./users.block.js";
import type { UsersService } from "./users.list.js";
import type { AgentsService } from "./users.list-agents.js";

export interface UsersContext {
  users: UsersService;
  agents: AgentsService;
  blocks: BlocksService;
}

export const usersRouter = (bases: BasesOf<UsersContext>) =>
  bind("users", msgsrvContract.users, bases, {
    block: ({ ctx, input }) => ctx.blocks.block(ctx.actor, input),
    unblock: ({ ctx, input }) => ctx.blocks.unblock(ctx.actor, input),
    list_blocks: ({ ctx, input }) => ctx.blocks.list(ctx.actor, input),
    list: ({ ctx, input }) => ctx.users.list(ctx.actor, input),
    search: ({ ctx, input }) => ctx.users.search(ctx.actor, input),
    list_agents: ({ ctx, input }) => ctx.agents.list(ctx.actor, input),
  });
