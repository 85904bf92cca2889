import {
  bumpHideSeq,
  bumpStateSeqs,
  hideMessage,
  isMessageUnread,
  listMessageViewsById,
  type MessageView,
} from "@vero/db";
import { withheldFrom } from "../blocks/blocks.policy.js";
import type { Change } from "../conversation-log/conversation-log.js";
import { emitOwnState } from "../conversation-log/own-state.js";
import { toHiddenMessage, toMessage } from "../views/messages.view.js";

/** Hides a message from one user, from now on; only their own sessions receive an event. */
export async function hide({ message, ...view }: MessageView, user_id: string, change: Change): Promise<void> {
  const { tx, key, at, emitTo, number } = change;
  const messageKey = { tenant_id: key.tenant_id, message_id: message.id, user_id };
  const wasUnread = await isMessageUnread(tx, messageKey);
  if (!(await hideMessage(tx, messageKey))) return;
  const hidden = toHiddenMessage(toMessage(user_id, { message, ...view }), at);
  number(async (counters) => {
    if (wasUnread) await bumpStateSeqs(counters, key, [user_id], { isListed: false });
    const state_seq = await bumpHideSeq(counters, messageKey);
    const data = { message: hidden, scope: "for_me" } as const;
    emitTo(user_id, { type: "message.deleted", change_seq: message.change_seq, state_seq, data });
    if (wasUnread) await emitOwnState(change, counters, { ...key, user_id });
  });
}

/** Lists the users from whom an act of the actor in a direct conversation is withheld: nobody, or the other side. */
export async function withheldInDirect(
  { tx, actor, membership }: Change,
  what: "a change of an older direct message" | "a reaction in the direct conversation",
): Promise<string[]> {
  const { direct_key } = membership.conversation;
  if (direct_key === null) return [];
  const others = direct_key.split(":").filter((id) => id !== actor.user_id);
  return withheldFrom(tx, what, { tenant_id: actor.tenant_id, user_id: actor.user_id, among: others });
}

/**
 * Hides a message of the actor that is going to be changed from those from whom the change is withheld: nobody reaches
 * them by changing what was said before.
 */
export async function hideBeforeChange(id: string, change: Change): Promise<void> {
  for (const user_id of await withheldInDirect(change, "a change of an older direct message")) {
    const [view] = await listMessageViewsById(change.tx, { ...change.key, user_id }, [id]);
    if (view !== undefined) await hide(view, user_id, change);
  }
}
