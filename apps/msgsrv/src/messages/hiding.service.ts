import {
  countStates,
  countsAsUnread,
  hideMessage,
  listBlockers,
  listConversationViewsById,
  listMessageViewsById,
  type MessageView,
} from "@vero/db";
import type { Changing } from "../conversations/changes.service.js";
import { toOwnState } from "../conversations/conversations.view.js";
import { toHiddenMessage, toMessage } from "./messages.view.js";

/** From now on one user does not see the message any more; their sessions are told, and nobody else. */
export async function hide({ message, ...view }: MessageView, user_id: string, changing: Changing): Promise<void> {
  const { tx, place, at, emitTo } = changing;
  const { tenant_id } = place;
  const key = { tenant_id, message_id: message.id };
  const wasUnread = await countsAsUnread(tx, key, user_id);
  // Before the message is hidden: whoever numbers states takes the seat first and then the counter.
  if (wasUnread) await countStates(tx, place, [user_id], false);
  const hidden_state_seq = await hideMessage(tx, key, user_id);
  if (hidden_state_seq === undefined) return;
  const hidden = toHiddenMessage(toMessage(user_id, { message, ...view }), at);
  emitTo(user_id, {
    type: "message.deleted",
    change_seq: message.change_seq,
    state_seq: hidden_state_seq,
    data: { message: hidden, scope: "for_me" },
  });
  if (!wasUnread) return;
  const [own] = await listConversationViewsById(tx, tenant_id, user_id, [place.conversation_id]);
  if (own === undefined) return;
  const { state_seq } = own.participant;
  emitTo(user_id, { type: "conversation.state_updated", state_seq, data: toOwnState(own) });
}

/** Who of the other participants of a direct conversation has blocked the actor: nobody, or the other side. */
export async function blockersOf({ tx, actor, seat }: Changing): Promise<string[]> {
  const { direct_key } = seat.conversation;
  if (direct_key === null) return [];
  const others = direct_key.split(":").filter((id) => id !== actor.user_id);
  return (await listBlockers(tx, actor.tenant_id, actor.user_id, others)).map(({ user_id }) => user_id);
}

/** Nobody reaches those who have blocked them by changing what they said before. Before it is changed. */
export async function hideFromBlockers(id: string, changing: Changing): Promise<void> {
  for (const user_id of await blockersOf(changing)) {
    const [view] = await listMessageViewsById(changing.tx, changing.place.tenant_id, user_id, [id]);
    if (view !== undefined) await hide(view, user_id, changing);
  }
}
