import type { Message } from "../generated/client.js";
import { rangeAt } from "./ranges.js";
import type { Held, StoredMessage, UnreadBase } from "./state.js";

/** Answers whether a message counts while it is after the read position. The service's definition, but for deletion. */
const isCountable = (userId: string, { sender_id, type, from_blocked_user }: Message): boolean =>
  sender_id !== userId && type !== "system" && !from_blocked_user;

/** Takes over a count of the service: the one from a later read position, then of a later change, then the later answer. */
export function withBase(held: Held, given: UnreadBase): Held {
  const { unread: base } = held;
  const isNewer = given.last_read_seq - base.last_read_seq || given.as_of - base.as_of || given.stamp - base.stamp;
  return isNewer > 0 ? { ...held, unread: given } : held;
}

/** Whether the count that was given has counted the message. */
const wasCounted = ({ as_of }: UnreadBase, { created_seq }: StoredMessage): boolean =>
  created_seq === undefined || created_seq <= as_of;

/**
 * Counts what is unread for a user who has read up to `readSeq`: among the messages, where all that are unread are held;
 * else from the count that the service gave, with what events have said since.
 */
export function countUnread(userId: string, held: Held, readSeq: number): number {
  const { unread: base, messages, ranges, last_seq } = held;
  if (readSeq >= last_seq) return 0;
  const range = rangeAt(ranges, readSeq + 1);
  const isAllHeld = range !== undefined && range.to >= last_seq;
  // A position between those that are known: no more than there are messages after it.
  const known = base.last_read_seq >= readSeq ? base.count : Math.min(base.count, Math.max(0, base.last_seq - readSeq));
  let count = isAllHeld ? 0 : known;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const stored = messages[index] as StoredMessage;
    const { message } = stored;
    if (message.seq <= readSeq) break;
    if (!isCountable(userId, message)) continue;
    const isDeleted = message.deleted_at !== null;
    if (isAllHeld) count += isDeleted ? 0 : 1;
    else if (!wasCounted(base, stored)) count += isDeleted ? 0 : 1;
    else if (isDeleted && message.change_seq > base.as_of) count -= 1;
  }
  return Math.max(0, count);
}
