import { type Held, withEntry } from "./state.js";

/** Answers the seq up to which a user has read. */
export const readSeqOf = (userId: string, held: Held): number => held.reads.get(userId) ?? 0;

/** Moves a read position forward. */
export const markRead = (held: Held, userId: string, seq: number): Held =>
  readSeqOf(userId, held) >= seq ? held : { ...held, reads: withEntry(held.reads, userId, seq) };
