import type { ConversationKey, MessageView, StoredFile } from "@vero/db";
import type { ConversationBusEvent, TenantBusEvent, UserBusEvent } from "@vero/server";
import { toSharedMessage } from "../views/messages.view.js";

/** An event that is to be published once its change has been committed. Its files have no URLs yet. */
export type PendingEvent =
  | { to: "conversation"; event: ConversationBusEvent<StoredFile> }
  | { to: "user"; user_id: string; event: UserBusEvent<StoredFile> }
  | { to: "tenant"; event: TenantBusEvent };

/** Makes the event of a message that was created, updated or deleted. */
export function messageEvent(
  type: "message.created" | "message.updated" | "message.deleted",
  view: MessageView,
  at: string,
): PendingEvent {
  const { message, redactions } = toSharedMessage(view);
  const { tenant_id, conversation_id, change_seq } = view.message;
  const envelope = { tenant_id, conversation_id, change_seq, at, redactions };
  const event =
    type === "message.deleted"
      ? { type, ...envelope, data: { message, scope: "for_everyone" as const } }
      : { type, ...envelope, data: { message } };
  return { to: "conversation", event };
}

/** Makes the event of a reaction that came or went; `withheldFrom` are those who do not learn of it. */
export function reactionEvent(
  view: MessageView,
  at: string,
  { user_id, withheldFrom }: { user_id: string; withheldFrom: readonly string[] },
): PendingEvent {
  const shared = toSharedMessage(view);
  const { id: message_id, seq, reactions } = shared.message;
  const { hidden_from, reacted_by, reactions_shown } = shared.redactions;
  const { tenant_id, conversation_id, change_seq } = view.message;
  return {
    to: "conversation",
    event: {
      type: "reaction.updated",
      tenant_id,
      conversation_id,
      change_seq,
      at,
      data: { message_id, seq, user_id, reactions },
      redactions: {
        hidden_from,
        reacted_by,
        reactions_shown,
        withheld_from: withheldFrom,
        ...(withheldFrom.length > 0 && { instead: shared }),
      },
    },
  };
}

/**
 * Makes the event of a conversation that came into a user's list, for the first time or again; changes after the given
 * numbers are delivered after it.
 */
export const conversationListed = (
  { tenant_id, conversation_id }: ConversationKey,
  user_id: string,
  { change_seq, last_seq }: { change_seq: number; last_seq: number },
  at: string,
): PendingEvent => ({
  to: "user",
  user_id,
  event: { type: "conversation.created", tenant_id, conversation_id, change_seq, last_seq, at },
});
