import type { Conversation, Message, Participant, User } from "../generated/client.js";
import { lastMessageOf, placeOf } from "./messages.js";
import { type Range, rangeAt } from "./ranges.js";
import { readSeqOf } from "./reads.js";
import type { Held, State, StoredMessage } from "./state.js";
import { countUnread } from "./unread.js";

const usersOf = (state: State, ids: readonly string[]): User[] => ids.flatMap((id) => state.users.get(id)?.value ?? []);

/** The newest message; where it was deleted and the one before is not held, the newest that is. */
const newestOf = (held: Held): Message | null => {
  const last = lastMessageOf(held);
  return last === undefined ? (held.messages.at(-1)?.message ?? null) : last;
};

/** The conversation as the service would answer it. */
export function conversationOf(state: State, held: Held): Conversation {
  const { as_of, preview_ids, ...shared } = held.shared.value;
  const { user_id: userId } = state;
  const last_read_seq = readSeqOf(userId, held);
  return {
    ...shared,
    last_seq: held.last_seq,
    last_change_seq: Math.max(as_of, held.change_seq),
    last_receipt_seq: held.receipt_seq,
    last_message: newestOf(held),
    participants_preview: usersOf(state, preview_ids),
    me: { ...held.own.value, last_read_seq, unread_count: countUnread(userId, held, last_read_seq) },
  };
}

/** Those who take part, in the order in which they joined. */
export function participantsOf(state: State, held: Held): Participant[] {
  const found = [...held.participants].flatMap(([id, { role, joined_at, is_removed }]) => {
    const user = state.users.get(id)?.value;
    return is_removed || user === undefined ? [] : [{ user, role, joined_at, last_read_seq: readSeqOf(id, held) }];
  });
  return found.sort((a, b) => (a.joined_at + a.user.id < b.joined_at + b.user.id ? -1 : 1));
}

/** The messages of a range. */
export const messagesIn = ({ messages }: Held, { from, to }: Range): Message[] =>
  messages.slice(placeOf(messages, from), placeOf(messages, to + 1)).map(({ message }) => message);

/** The first message after a read position that counts as unread; undefined where it is not held. */
export function firstUnreadAfter(userId: string, held: Held, readSeq: number): number | undefined {
  if (rangeAt(held.ranges, readSeq + 1) === undefined) return undefined;
  for (let index = placeOf(held.messages, readSeq + 1); index < held.messages.length; index += 1) {
    const { message } = held.messages[index] as StoredMessage;
    const isCounted = message.type !== "system" && !message.from_blocked_user && message.deleted_at === null;
    if (isCounted && message.sender_id !== userId) return message.seq;
  }
  return undefined;
}

/** The time by which conversations are listed. */
export const activityOf = ({ last_message: last, created_at }: Conversation): string =>
  last === null || last.created_at < created_at ? created_at : last.created_at;
