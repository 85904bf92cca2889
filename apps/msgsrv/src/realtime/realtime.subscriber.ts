import { type EventWriter, eventWriter, type OutgoingEvent } from "./realtime.frames.js";

/** How far a conversation's changes have been delivered. */
export interface Cursor {
  change_seq: number;
  /** Every message up to this seq has been delivered. */
  seq: number;
  /**
   * While changes are read, they come in the order of the latest change: a later message may come before an earlier one
   * that was changed since. So those delivered beyond `seq` are kept one by one until everything has been read.
   */
  deliveredAhead: Set<number> | undefined;
}

/** A connected user as a feed sees them. */
export interface Recipient {
  user_id: string;
  deliver(write: EventWriter): void;
  /**
   * Has the recipient's own events wait for a reading: they may be newer than what it delivers, and have to come after
   * it.
   */
  waitFor(reading: Promise<unknown>): void;
  /** Ends the recipient's subscription to a conversation. */
  left(conversationId: string): void;
  /** Asks the recipient's clients to synchronise, because something could not be delivered. */
  resync(reason: string): void;
}

export interface Subscriber extends Cursor {
  user_id: string;
  visible_from_seq: number;
  visible_to_seq: number | null;
  /** The change with which the user joined: a departure before it belongs to an earlier stay. */
  joined_change_seq: number;
  /** Set while the feed is ahead of what the subscriber was delivered: they get the difference first. */
  isBehind: boolean;
  catchingUp: boolean;
}

/** A participant's stay and window according to the database. */
export type Place = Pick<Subscriber, "user_id" | "visible_from_seq" | "joined_change_seq">;

/** An event of a conversation that is rendered for each subscriber. */
export interface ConversationEvent {
  /** Absent where it is no change in the log. */
  change_seq?: number | undefined;
  /** The seq of the message that it is about. */
  seq?: number | undefined;
  /**
   * Makes the event that a subscriber is shown, undefined where they are shown none; the same object for all to whom it
   * looks the same, so that it is written once.
   */
  renderFor(subscriber: Subscriber): OutgoingEvent | undefined;
  /** Whether the subscriber gets nothing of the conversation after it. */
  endsFor?(subscriber: Subscriber): boolean;
  /** Whether the event could not be read for the subscriber, whose clients then have to synchronise. */
  isUnknownTo?(subscriber: Subscriber): boolean;
}

export const cursorAt = (change_seq: number, seq: number): Cursor => ({ change_seq, seq, deliveredAhead: undefined });

export const hasDelivered = (cursor: Cursor, seq: number): boolean =>
  seq <= cursor.seq || (cursor.deliveredAhead?.has(seq) ?? false);

/** Notes that an event is delivered; one without a change_seq moves nothing. */
export function advance(cursor: Cursor, { change_seq, seq }: ConversationEvent): void {
  if (change_seq === undefined) return;
  cursor.change_seq = change_seq;
  if (seq === undefined || seq <= cursor.seq) return;
  if (cursor.deliveredAhead === undefined) cursor.seq = seq;
  else cursor.deliveredAhead.add(seq);
}

/** Begins a reading, or continues one that failed: the messages that it delivered stay noted. */
export function beginReading(cursor: Cursor): void {
  cursor.deliveredAhead ??= new Set();
}

export function endReading(cursor: Cursor): void {
  for (const seq of cursor.deliveredAhead ?? []) cursor.seq = Math.max(cursor.seq, seq);
  cursor.deliveredAhead = undefined;
}

/** Keeps one writer for each form that an event is rendered to: most recipients are shown the same. */
export function writersOnce(): (event: OutgoingEvent) => EventWriter {
  const writers = new Map<OutgoingEvent, EventWriter>();
  return (event) => {
    const writer = writers.get(event) ?? eventWriter(event);
    writers.set(event, writer);
    return writer;
  };
}

export function deliverTo(
  recipient: Recipient,
  subscriber: Subscriber,
  conversationId: string,
  event: ConversationEvent,
  writerOf: (event: OutgoingEvent) => EventWriter = eventWriter,
): void {
  const { change_seq } = event;
  if (change_seq !== undefined && change_seq <= subscriber.change_seq) return;
  advance(subscriber, event);
  const outgoing = event.renderFor(subscriber);
  if (outgoing !== undefined) recipient.deliver(writerOf(outgoing));
  if (event.isUnknownTo?.(subscriber)) recipient.resync("conversation_changed");
  if (event.endsFor?.(subscriber)) recipient.left(conversationId);
}
