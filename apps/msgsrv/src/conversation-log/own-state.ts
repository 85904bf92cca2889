import {
  bumpStateSeqs,
  type ConversationView,
  type CounterTx,
  listConversationViewsById,
  type MembershipKey,
} from "@vero/db";
import type { PendingEvent } from "../events/events.pending.js";
import { toOwnState } from "../views/conversations.view.js";
import type { Work } from "./conversation-log.js";

/** Makes the event of a user's own state in a conversation, as the view has it. */
export const ownStateUpdated = (view: ConversationView, at: string): PendingEvent => {
  const { tenant_id, conversation_id, user_id, state_seq } = view.participant;
  return {
    to: "user",
    user_id,
    event: { type: "conversation.state_updated", tenant_id, conversation_id, state_seq, at, data: toOwnState(view) },
  };
};

/** Reads a user's own state, once it has been numbered, and emits it; nothing where they do not take part. */
export async function emitOwnState({ emitAll, at }: Work, tx: CounterTx, key: MembershipKey): Promise<void> {
  const [view] = await listConversationViewsById(tx, key, [key.conversation_id]);
  if (view !== undefined) emitAll([ownStateUpdated(view, at)]);
}

/** Numbers a change of a user's own state in a conversation, and emits the state. */
export const numberOwnState = (work: Work, key: MembershipKey): void =>
  work.number(async (tx) => {
    await bumpStateSeqs(tx, key, [key.user_id], { isListed: false });
    await emitOwnState(work, tx, key);
  });
