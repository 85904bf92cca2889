import type { Conversation } from "../generated/client.js";
import { kept } from "./kept.js";
import { putMessage } from "./messages.js";
import { open, withRange } from "./ranges.js";
import { markRead } from "./reads.js";
import { type Held, type OwnState, type State, type UnreadBase, withHeld, withoutEntry } from "./state.js";
import { withBase } from "./unread.js";
import { putUsers } from "./users.js";

/** As many conversations that have left the list are remembered, the latest. */
const maxGone = 1000;

const ownOf = ({ me: { last_read_seq, unread_count, ...own } }: Conversation): OwnState => own;

function sharedOf(conversation: Conversation): Held["shared"]["value"] {
  const {
    last_seq,
    last_change_seq: as_of,
    last_receipt_seq,
    last_message,
    participants_preview,
    me,
    ...rest
  } = conversation;
  return { ...rest, as_of, preview_ids: participants_preview.map(({ id }) => id) };
}

/** Takes over the user's own state, or some of it. */
export const putOwn = (held: Held, own: Partial<OwnState>, stamp: number): Held =>
  stamp > held.own.stamp
    ? { ...held, own: { value: kept(held.own.value, { ...held.own.value, ...own }), stamp } }
    : held;

const baseOf = (conversation: Conversation, stamp: number): UnreadBase => ({
  count: conversation.me.unread_count,
  last_read_seq: conversation.me.last_read_seq,
  as_of: conversation.last_change_seq,
  last_seq: conversation.last_seq,
  stamp,
});

/** The conversation says which is the newest visible message: between that one and its `last_seq` there is none. */
function withLastMessage(held: Held, { last_message: last, last_seq }: Conversation): Held {
  const next = last === null ? held : putMessage(held, last);
  return { ...next, ranges: withRange(next.ranges, { from: last?.seq ?? 0, to: last_seq }) };
}

function newHeld(userId: string, conversation: Conversation, stamp: number): Held {
  const held: Held = {
    shared: { value: sharedOf(conversation), stamp },
    own: { value: ownOf(conversation), stamp },
    unread: baseOf(conversation, stamp),
    last_seq: conversation.last_seq,
    change_seq: conversation.last_change_seq,
    receipt_seq: conversation.last_receipt_seq,
    messages: [],
    // Of what comes after it, everything will be known.
    ranges: [{ from: conversation.last_seq + 1, to: open }],
    reactions: new Map(),
    hidden: new Map(),
    dropped_seq: 0,
    participants: new Map(),
    participants_as_of: -1,
    reads: new Map([[userId, conversation.me.last_read_seq]]),
    stamp,
  };
  return withLastMessage(held, conversation);
}

/** Takes over what a conversation says, each part of it where it is newer than what is held. */
function merged(userId: string, before: Held, conversation: Conversation, stamp: number): Held {
  let held = withLastMessage(markRead(before, userId, conversation.me.last_read_seq), conversation);
  const { as_of } = held.shared.value;
  const { last_change_seq: change, last_seq } = conversation;
  if (change > as_of || (change === as_of && stamp > held.shared.stamp)) {
    held = { ...held, shared: { value: kept(held.shared.value, sharedOf(conversation)), stamp } };
  }
  held = putOwn(held, ownOf(conversation), stamp);
  if (last_seq > held.last_seq) held = { ...held, last_seq };
  return withBase(held, baseOf(conversation, stamp));
}

/** Takes over a conversation. One that has left the list since it was asked for stays away. */
export function putConversation(before: State, conversation: Conversation, stamp: number): State {
  const { id } = conversation;
  if ((before.gone.get(id) ?? -1) >= stamp) return before;
  const users = [...conversation.participants_preview];
  const state = { ...putUsers(before, users, stamp), gone: withoutEntry(before.gone, id) };
  const held = state.conversations.get(id);
  const { user_id: userId } = state;
  return withHeld(
    state,
    id,
    held === undefined ? newHeld(userId, conversation, stamp) : merged(userId, held, conversation, stamp),
  );
}

/** Takes over a conversation that has appeared in the list, or again: nothing that was held of it counts any more. */
export function addConversation(state: State, conversation: Conversation, stamp: number): State {
  const held = state.conversations.get(conversation.id);
  if (held !== undefined && held.stamp >= stamp) return putConversation(state, conversation, stamp);
  return putConversation(withoutHeld(state, conversation.id), conversation, stamp);
}

const withoutHeld = (state: State, id: string): State =>
  state.conversations.has(id) ? { ...state, conversations: withoutEntry(state.conversations, id) } : state;

/** Takes a conversation out of the list, unless it has appeared again since. */
export function removeConversation(before: State, id: string, stamp: number): State {
  if ((before.conversations.get(id)?.stamp ?? -1) > stamp || (before.gone.get(id) ?? -1) >= stamp) return before;
  const gone = new Map(before.gone).set(id, stamp);
  const [oldest] = gone.keys();
  if (gone.size > maxGone && oldest !== undefined) gone.delete(oldest);
  const typing = withoutEntry(before.typing, id);
  return { ...withoutHeld(before, id), gone, typing };
}
