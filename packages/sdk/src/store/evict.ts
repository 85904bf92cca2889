import { placeOf } from "./messages.js";
import { newestRange, open, type Range, withRange } from "./ranges.js";
import { readSeqOf } from "./reads.js";
import { type Held, type State, withHeld } from "./state.js";
import { countUnread } from "./unread.js";

/** Counts anew what is unread, so that the messages that were counted may be dropped. */
function recount(userId: string, held: Held): Held {
  const last_read_seq = readSeqOf(userId, held);
  const count = countUnread(userId, held, last_read_seq);
  const { stamp } = held.unread;
  return { ...held, unread: { count, last_read_seq, as_of: held.change_seq, last_seq: held.last_seq, stamp } };
}

/**
 * Drops the messages of a conversation but the newest, and what is held of no range. What changes in those that were dropped
 * is not kept, so that a page which was read before now does not count.
 */
export function keepNewest(userId: string, before: Held, count: number): Held {
  const { from } = newestRange(before.ranges);
  const inRange = before.messages.filter(({ message }) => message.seq >= from);
  const newest = inRange.slice(-count);
  if (newest.length === before.messages.length) return before;
  const held = recount(userId, before);
  const start = newest.length === inRange.length ? from : (newest[0]?.message.seq ?? held.last_seq + 1);
  return {
    ...held,
    messages: newest,
    ranges: [{ from: start, to: open }],
    reactions: new Map(),
    dropped_seq: held.change_seq,
  };
}

/** Drops the messages of a conversation that are farthest from a seq, but for the newest, beyond a number. */
export function trim(userId: string, before: Held, { count, at }: { count: number; at: number }): Held {
  const { messages } = before;
  const newest = messages.at(-1);
  if (messages.length <= count || newest === undefined) return before;
  const end = Math.min(messages.length, placeOf(messages, at) + Math.ceil(count / 2));
  const start = Math.max(0, end - count);
  const kept = messages.slice(start, end);
  const from = start === 0 ? 0 : (kept[0] ?? newest).message.seq;
  const to = end === messages.length ? open : (kept.at(-1) ?? newest).message.seq;
  const cut = before.ranges.map((one) => ({ from: Math.max(one.from, from), to: Math.min(one.to, to) }));
  const ranges = cut.reduce<readonly Range[]>(withRange, []);
  return {
    ...recount(userId, before),
    messages: to === open ? kept : [...kept, newest],
    ranges: to === open ? ranges : withRange(ranges, { from: newest.message.seq, to: open }),
    reactions: new Map(),
    dropped_seq: before.change_seq,
  };
}

/** Drops the messages of the conversations that are not looked at, but their newest, once there are too many in all. */
export function evict(
  state: State,
  { messages: limit, newest, isOpen }: { messages: number; newest: number; isOpen: (id: string) => boolean },
): State {
  let count = 0;
  for (const held of state.conversations.values()) count += held.messages.length;
  if (count <= limit) return state;
  let next = state;
  for (const [id, held] of state.conversations) {
    if (isOpen(id)) continue;
    const kept = keepNewest(state.user_id, held, newest);
    count -= held.messages.length - kept.messages.length;
    next = withHeld(next, id, kept);
    if (count <= limit / 2) break;
  }
  return next;
}

const activityOf = (held: Held): string => held.messages.at(-1)?.message.created_at ?? held.shared.value.created_at;

/** The conversations with the latest activity. */
export function latest(conversations: ReadonlyMap<string, Held>, count: number): Map<string, Held> {
  if (conversations.size <= count) return new Map(conversations);
  const sorted = [...conversations].sort(([, a], [, b]) => (activityOf(a) < activityOf(b) ? 1 : -1));
  return new Map(sorted.slice(0, count));
}
