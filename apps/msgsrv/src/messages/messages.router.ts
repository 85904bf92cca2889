import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";

export const messagesRouter = (bases: MsgsrvBases) =>
  bind("messages", msgsrvContract.messages, bases, {
    send: ({ ctx, input }) => ctx.messages.send(ctx.actor, input),
    get: ({ ctx, input }) => ctx.messages.get(ctx.actor, input.id),
    list_edits: ({ ctx, input }) => ctx.edits.listEdits(ctx.actor, input),
    edit: ({ ctx, input }) => ctx.edits.edit(ctx.actor, input),
    delete: ({ ctx, input }) => ctx.deletions.delete(ctx.actor, input),
    react: ({ ctx, input }) => ctx.reactions.react(ctx.actor, input),
    forward: ({ ctx, input }) => ctx.forwarding.forward(ctx.actor, input),
    sync: ({ ctx, input }) => ctx.sync.sync(ctx.actor, input),
    list: ({ ctx, input }) => ctx.messages.list(ctx.actor, input),
    search: ({ ctx, input }) => ctx.search.search(ctx.actor, input),
  });
