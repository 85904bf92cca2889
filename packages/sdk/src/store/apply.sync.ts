import type { Message, SyncedConversation, SyncResult } from "../generated/client.js";
import { addConversation, putConversation, removeConversation } from "./conversations.js";
import { hideMessage, putMessage } from "./messages.js";
import { putAllParticipants } from "./participants.js";
import { newestRange } from "./ranges.js";
import { markRead } from "./reads.js";
import { changeHeld, type Held, type State, withHeld } from "./state.js";
import { addBlocks, putBlock, putUsers, putUsersOf } from "./users.js";

/** Forgets what is held of a conversation but for itself: it has to be fetched afresh. */
const reset = (held: Held, { last_seq, last_change_seq }: SyncedConversation): Held => ({
  ...held,
  messages: [],
  reactions: new Map(),
  ranges: [{ ...newestRange(held.ranges), from: last_seq + 1 }],
  participants: new Map(),
  participants_as_of: -1,
  last_seq,
  change_seq: last_change_seq,
});

function applySynced(before: Held, synced: SyncedConversation): Held {
  let held = before;
  if (synced.participants !== undefined) held = putAllParticipants(held, synced.participants, synced.last_change_seq);
  // In the order of their seq, so that each is inserted at the end.
  const bySeq = (a: Message, b: Message) => a.seq - b.seq;
  for (const message of [...synced.messages].sort(bySeq)) held = putMessage(held, message);
  for (const { user_id, last_read_seq } of synced.receipts) held = markRead(held, user_id, last_read_seq);
  return {
    ...held,
    last_seq: Math.max(held.last_seq, synced.last_seq),
    change_seq: Math.max(held.change_seq, synced.next_change_seq),
    receipt_seq: Math.max(held.receipt_seq, synced.next_receipt_seq ?? 0),
  };
}

function applyConversation(before: State, synced: SyncedConversation, stamp: number): State {
  const { conversation_id: id, conversation } = synced;
  const earlier = before.conversations.get(id);
  if (earlier === undefined || earlier.stamp > stamp) return before;
  let state = before;
  if (synced.reset) {
    state = withHeld(state, id, reset(earlier, synced));
    return conversation === undefined ? state : putConversation(state, conversation, stamp);
  }
  if (conversation !== undefined) state = putConversation(state, conversation, stamp);
  state = putUsersOf(state, synced.participants ?? [], stamp);
  return changeHeld(state, id, (held) => applySynced(held, synced));
}

/** Answers the state after an answer of `messages.sync`; see `apply`. */
export function applySync(before: State, answer: SyncResult, stamp: number): State {
  let state = before;
  for (const { conversation_id: id } of answer.removed) state = removeConversation(state, id, stamp);
  for (const conversation of answer.added) state = addConversation(state, conversation, stamp);
  for (const synced of answer.conversations) state = applyConversation(state, synced, stamp);
  for (const conversation of answer.updated) state = putConversation(state, conversation, stamp);
  for (const { conversation_id: id, message_id, seq, sender_id } of answer.hidden) {
    state = changeHeld(state, id, (held) => {
      const read = sender_id === null ? held : markRead(held, sender_id, seq);
      return hideMessage(read, { id: message_id, seq });
    });
  }
  state = putUsers(state, answer.users, stamp);
  state = addBlocks(state, answer.blocked, stamp);
  for (const id of answer.unblocked) state = putBlock(state, id, null, stamp);
  if (stamp <= state.cursor.stamp) return state;
  return { ...state, cursor: { value: answer.user_cursor, stamp } };
}
