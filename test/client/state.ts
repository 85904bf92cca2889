import type { Conversation, Message, Participant, User } from "@vero/contracts";
import type { AnyEvent } from "@vero/sdk";

/** A conversation as a client holds it. */
export interface Held {
  conversation: Conversation;
  participants: Map<string, Participant>;
  /** By seq: all that the user may see. */
  messages: Map<number, Message>;
  /** Every numbered event up to this one has been applied, or is contained in what was listed. */
  change_seq: number;
  /** The receipts up to this one are contained in what was listed, or in an answer of sync. */
  receipt_seq: number;
  /** `me.unread_count` counts what happened up to this change; what comes later is counted by the client. */
  unread_as_of: number;
}

/** The state that a well-behaved client stores for one user. */
export interface State {
  user_id: string;
  conversations: Map<string, Held>;
  /** Messages that the user deleted for themselves: nothing brings them back. */
  hidden: Set<string>;
  /** The users whom the user has blocked, with the times. */
  blocked: Map<string, string>;
  /** Conversations that the user was put out of: nothing is to be received of them any more. */
  ended: Set<string>;
  /** The events that were received nevertheless. */
  strays: AnyEvent[];
  user_cursor: string | undefined;
}

export const emptyState = (userId: string): State => ({
  user_id: userId,
  conversations: new Map(),
  hidden: new Set(),
  blocked: new Map(),
  ended: new Set(),
  strays: [],
  user_cursor: undefined,
});

export const heldOf = (
  conversation: Conversation,
  participants: readonly Participant[],
  messages: readonly Message[],
): Held => ({
  conversation: structuredClone(conversation),
  participants: new Map(participants.map((participant) => [participant.user.id, structuredClone(participant)])),
  messages: new Map(messages.map((message) => [message.seq, structuredClone(message)])),
  change_seq: conversation.last_change_seq,
  receipt_seq: conversation.last_receipt_seq,
  unread_as_of: conversation.last_change_seq,
});

/** The one definition of unread: the count that follows from the messages held. */
export const unreadAmong = (userId: string, { conversation, messages }: Held): number =>
  [...messages.values()].filter(
    ({ seq, sender_id, type, deleted_at, from_blocked_user }) =>
      seq > conversation.me.last_read_seq &&
      sender_id !== userId &&
      type !== "system" &&
      deleted_at === null &&
      !from_blocked_user,
  ).length;

/** Counts what is held, as clients do between two counts that they receive. */
export function countUnread(state: State, held: Held): void {
  held.conversation.me.unread_count = unreadAmong(state.user_id, held);
  held.unread_as_of = held.change_seq;
}

function newestOf({ messages }: Held): Message | null {
  let newest: Message | null = null;
  for (const message of messages.values()) if (newest === null || message.seq > newest.seq) newest = message;
  return newest;
}

/** The entity may know of a later message than has arrived; it never knows better about one that has. */
function refreshLast(held: Held): void {
  const newest = newestOf(held);
  const last = held.conversation.last_message;
  if (newest !== null && newest.seq >= (last?.seq ?? 0)) held.conversation.last_message = newest;
}

/** A reply quotes its message as it is now; of one that the user has deleted for themselves, nothing. */
function refreshReply(state: State, held: Held, reply: Message): Message {
  if (reply.reply_to === null) return reply;
  const quoted = held.messages.get(reply.reply_to.seq);
  if (quoted !== undefined) return { ...reply, reply_to: { ...reply.reply_to, text: quoted.text } };
  return state.hidden.has(reply.reply_to.message_id) ? { ...reply, reply_to: null } : reply;
}

function refreshRepliesTo(state: State, held: Held, seq: number): void {
  for (const [at, message] of held.messages) {
    if (message.reply_to?.seq === seq) held.messages.set(at, refreshReply(state, held, message));
  }
}

/** Takes over a message, unless what is held is as new. */
export function putMessage(state: State, held: Held, message: Message): void {
  if (state.hidden.has(message.id)) return;
  const before = held.messages.get(message.seq);
  if (before === undefined || before.change_seq < message.change_seq) {
    held.messages.set(message.seq, message);
    held.messages.set(message.seq, refreshReply(state, held, message));
    refreshRepliesTo(state, held, message.seq);
  }
  refreshLast(held);
}

export function dropMessage(state: State, held: Held, { id, seq }: { id: string; seq: number }): void {
  state.hidden.add(id);
  held.messages.delete(seq);
  refreshRepliesTo(state, held, seq);
  if (held.conversation.last_message?.id === id) held.conversation.last_message = newestOf(held);
  else refreshLast(held);
}

/** Read positions never move back. */
export function moveRead(state: State, held: Held, userId: string, seq: number): void {
  const participant = held.participants.get(userId);
  if (participant !== undefined) participant.last_read_seq = Math.max(participant.last_read_seq, seq);
  const { me } = held.conversation;
  if (userId === state.user_id) me.last_read_seq = Math.max(me.last_read_seq, seq);
}

/** Takes over who somebody is in the conversation; what is delivered late may know of an older position. */
export function putParticipant(held: Held, given: Participant): void {
  const before = held.participants.get(given.user.id);
  const isSame = before?.joined_at === given.joined_at;
  const last_read_seq = isSame ? Math.max(before.last_read_seq, given.last_read_seq) : given.last_read_seq;
  held.participants.set(given.user.id, { ...structuredClone(given), last_read_seq });
}

/** A user's profile is shown in many places. */
export function putUser(state: State, user: User): void {
  for (const { conversation, participants } of state.conversations.values()) {
    const participant = participants.get(user.id);
    if (participant !== undefined) participant.user = user;
    conversation.participants_preview = conversation.participants_preview.map((one) =>
      one.id === user.id ? user : one,
    );
  }
}

/** Takes over the entity; what it does not know yet is older than what is held. */
export function setConversation(state: State, held: Held, given: Conversation): void {
  const { conversation: before } = held;
  if (given.last_change_seq < before.last_change_seq) return;
  held.conversation = structuredClone(given);
  held.unread_as_of = given.last_change_seq;
  const { me } = held.conversation;
  if (me.joined_at === before.me.joined_at && me.last_read_seq < before.me.last_read_seq) {
    me.last_read_seq = before.me.last_read_seq;
    countUnread(state, held);
  }
  const own = held.participants.get(state.user_id);
  if (own !== undefined) Object.assign(own, { role: me.role, joined_at: me.joined_at });
  moveRead(state, held, state.user_id, me.last_read_seq);
  refreshLast(held);
}
