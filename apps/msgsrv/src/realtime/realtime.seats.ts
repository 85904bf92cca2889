import type { EventType, Message } from "@vero/contracts";
import type { Announcement } from "@vero/server";
import { type EventWriter, eventWriter, type OutgoingEvent } from "./realtime.frames.js";

/** How far a conversation's changes have been delivered. */
export interface Cursor {
  change_seq: number;
  /** Of the messages up to this one, all have been told of. */
  seq: number;
  /**
   * While changes are read, they come in the order of the latest change: a later message may come before an earlier one
   * that was changed since. So those told of beyond `seq` are kept one by one until everything has been read.
   */
  beyond: Set<number> | undefined;
}

/** A user of this node as a channel sees them. */
export interface Listener {
  user_id: string;
  deliver(write: EventWriter): void;
}

export interface Seat extends Cursor {
  visible_from_seq: number;
  visible_to_seq: number | null;
  /** Joined while the channel was ahead of what the listener knows; gets the difference first. */
  behind: boolean;
  catchingUp: boolean;
}

export const cursorAt = (change_seq: number, seq: number): Cursor => ({ change_seq, seq, beyond: undefined });

const messageOf = (data: unknown): Message | undefined =>
  typeof data === "object" && data !== null && "message" in data ? (data.message as Message) : undefined;

/** Notes that the event has been delivered; one without a number moves nothing. */
export function advance(cursor: Cursor, { change_seq, data }: OutgoingEvent): void {
  if (change_seq === undefined) return;
  cursor.change_seq = change_seq;
  const message = messageOf(data);
  if (message === undefined || message.seq <= cursor.seq) return;
  if (cursor.beyond === undefined) cursor.seq = message.seq;
  else cursor.beyond.add(message.seq);
}

/** A reading that failed is continued by the next: what it told of stays noted. */
export function beginReading(cursor: Cursor): void {
  cursor.beyond ??= new Set();
}

export function endReading(cursor: Cursor): void {
  for (const seq of cursor.beyond ?? []) cursor.seq = Math.max(cursor.seq, seq);
  cursor.beyond = undefined;
}

/** State, not history: a message that was written and then changed comes once, as it is now. */
export const changeOf = (message: Message, told: Cursor): OutgoingEvent => ({
  type: message.seq > told.seq && !told.beyond?.has(message.seq) ? "message.created" : "message.updated",
  conversation_id: message.conversation_id,
  change_seq: message.change_seq,
  at: message.edited_at ?? message.created_at,
  data: { message },
});

export const eventOf = ({ type, conversation_id = "", change_seq, at, data }: Announcement): OutgoingEvent => ({
  type: type as EventType,
  conversation_id,
  ...(change_seq === undefined ? {} : { change_seq }),
  at,
  data,
});

/** Nobody is told of their own typing. */
const isOwn = ({ user_id }: Listener, { type, data }: OutgoingEvent): boolean =>
  type === "typing" && (data as { user_id: string }).user_id === user_id;

export function deliverTo(listener: Listener, seat: Seat, event: OutgoingEvent, write = eventWriter(event)): void {
  if (event.change_seq !== undefined && event.change_seq <= seat.change_seq) return;
  advance(seat, event);
  const message = messageOf(event.data);
  if (message !== undefined) {
    const { visible_from_seq: from, visible_to_seq: to } = seat;
    if (message.seq <= from || (to !== null && message.seq > to)) return;
  }
  if (!isOwn(listener, event)) listener.deliver(write);
}
