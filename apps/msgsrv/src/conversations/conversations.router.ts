import { bind, msgsrvContract } from "@vero/contracts";
import type { BasesOf } from "@vero/server";
import type { CreatingService } from "./conversations.create.js";
import type { ConversationsService } from "./conversations.list.js";
import type { ReadStatesService } from "./conversations.read-state.js";
import type { TypingService } from "./conversations.typing.js";
import type { DetailsService } from "./conversations.update.js";

export interface ConversationsContext {
  conversations: ConversationsService;
  creating: CreatingService;
  details: DetailsService;
  readStates: ReadStatesService;
  typing: TypingService;
}

export const conversationsRouter = (bases: BasesOf<ConversationsContext>) =>
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
