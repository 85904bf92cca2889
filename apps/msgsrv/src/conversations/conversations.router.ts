import { bind, msgsrvContract } from "@vero/contracts";
import type { MsgsrvBases } from "../msgsrv.context.js";

export const conversationsRouter = (bases: MsgsrvBases) =>
  bind("conversations", msgsrvContract.conversations, bases, {
    list: ({ ctx, input }) => ctx.conversations.list(ctx.actor, input),
    create: ({ ctx, input }) => ctx.creating.create(ctx.actor, input),
    update: ({ ctx, input }) => ctx.details.update(ctx.actor, input),
    delete: ({ ctx, input }) => ctx.details.delete(ctx.actor, input),
    mark_read: ({ ctx, input }) => ctx.readStates.markRead(ctx.actor, input),
    set_typing: ({ ctx, input }) => ctx.typing.setTyping(ctx.actor, input),
    mute: ({ ctx, input }) => ctx.readStates.mute(ctx.actor, input),
    unmute: ({ ctx, input }) => ctx.readStates.unmute(ctx.actor, input),
    archive: ({ ctx, input }) => ctx.readStates.archive(ctx.actor, input),
    unarchive: ({ ctx, input }) => ctx.readStates.unarchive(ctx.actor, input),
    list_unread: ({ ctx }) => ctx.readStates.listUnread(ctx.actor),
    get: ({ ctx, input }) => ctx.conversations.get(ctx.actor, input.id),
  });
