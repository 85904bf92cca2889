import {
  bumpHideSeq,
  bumpStateSeqs,
  countsAsUnread,
  hideMessage,
  listBlockers,
  listMessageViewsById,
  type MessageView,
} from "@vero/db";
import type { Change } from "../conversation-log/conversation-log.js";
import { emitOwnState } from "../conversation-log/own-state.js";
import { toHiddenMessage, toMessage } from "../views/messages.view.js";

/** Hides a message from one user, from now on; their sessions are told, and nobody else. */
export async function hide({ message, ...view }: MessageView, user_id: string, change: Change): Promise<void> {
  const { tx, key, at, emitTo, number } = change;
  const messageKey = { tenant_id: key.tenant_id, message_id: message.id };
  const wasUnread = await countsAsUnread(tx, messageKey, user_id);
  if (!(await hideMessage(tx, messageKey, user_id))) return;
  const hidden = toHiddenMessage(toMessage(user_id, { message, ...view }), at);
  number(async (counters) => {
    if (wasUnread) await bumpStateSeqs(counters, key, [user_id], { isListed: false });
    const state_seq = await bumpHideSeq(counters, messageKey, user_id);
    const data = { message: hidden, scope: "for_me" } as const;
    emitTo(user_id, { type: "message.deleted", change_seq: message.change_seq, state_seq, data });
    if (wasUnread) await emitOwnState(change, counters, { ...key, user_id });
  });
}

/** Lists who of the other participants of a direct conversation has blocked the actor: nobody, or the other side. */
export async function blockersOf({ tx, actor, membership }: Change): Promise<string[]> {
  const { direct_key } = membership.conversation;
  if (direct_key === null) return [];
  const others = direct_key.split(":").filter((id) => id !== actor.user_id);
  return (await listBlockers(tx, actor.tenant_id, actor.user_id, others)).map(({ user_id }) => user_id);
}

/**
 * Hides a message that is going to be changed from those who have blocked its sender: nobody reaches them by changing
 * what they said before.
 */
export async function hideFromBlockers(id: string, change: Change): Promise<void> {
  for (const user_id of await blockersOf(change)) {
    const [view] = await listMessageViewsById(change.tx, change.key.tenant_id, user_id, [id]);
    if (view !== undefined) await hide(view, user_id, change);
  }
}
