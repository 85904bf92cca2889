import { type EventWriter, eventWriter, type OutgoingEvent } from "./realtime.frames.js";

/** How far a conversation's changes have been delivered. */
export interface Cursor {
  change_seq: number;
  /** Of the messages up to this one, all have been told of. */
  seq: number;
  /**
   * While changes are read, they come in the order of the latest change: a later message may come before an earlier one
   * that was changed since. So those delivered beyond `seq` are kept one by one until everything has been read.
   */
  deliveredAhead: Set<number> | undefined;
}

/** A user of this node as a feed sees them. */
export interface Recipient {
  user_id: string;
  deliver(write: EventWriter): void;
  /**
   * What the recipient is shown of a reading may be older than what is announced to them meanwhile of what is their own:
   * that has to come after it.
   */
  waitFor(reading: Promise<unknown>): void;
  /** The last that the recipient hears of a conversation has been delivered. */
  left(conversationId: string): void;
  /** The recipient's clients have to ask for what could not be delivered. */
  resync(reason: string): void;
}

export interface Subscriber extends Cursor {
  user_id: string;
  visible_from_seq: number;
  visible_to_seq: number | null;
  /** The change with which the user came in: an earlier one that sends them away is about an earlier time. */
  joined_change_seq: number;
  /** Joined while the feed was ahead of what the recipient knows; gets the difference first. */
  isBehind: boolean;
  catchingUp: boolean;
}

/** Where somebody sits according to the database. */
export type Place = Pick<Subscriber, "user_id" | "visible_from_seq" | "joined_change_seq">;

/** An event of a conversation, before it is rendered for those who hear it. */
export interface ConversationEvent {
  /** Absent where it is no change in the log. */
  change_seq?: number | undefined;
  /** Of the message that it is about. */
  seq?: number | undefined;
  /** Undefined where it is not for them; the same object for all to whom it is the same, which is then written once. */
  renderFor(subscriber: Subscriber): OutgoingEvent | undefined;
  /** Whether the recipient hears nothing of the conversation after it. */
  endsFor?(subscriber: Subscriber): boolean;
  /** Whether it could not be found out what the recipient is to be shown. */
  isUnknownTo?(subscriber: Subscriber): boolean;
}

export const cursorAt = (change_seq: number, seq: number): Cursor => ({ change_seq, seq, deliveredAhead: undefined });

export const hasDelivered = (cursor: Cursor, seq: number): boolean =>
  seq <= cursor.seq || (cursor.deliveredAhead?.has(seq) ?? false);

/** Notes that it has been delivered; what has no number moves nothing. */
export function advance(cursor: Cursor, { change_seq, seq }: ConversationEvent): void {
  if (change_seq === undefined) return;
  cursor.change_seq = change_seq;
  if (seq === undefined || seq <= cursor.seq) return;
  if (cursor.deliveredAhead === undefined) cursor.seq = seq;
  else cursor.deliveredAhead.add(seq);
}

/** A reading that failed is continued by the next: what it told of stays noted. */
export function beginReading(cursor: Cursor): void {
  cursor.deliveredAhead ??= new Set();
}

export function endReading(cursor: Cursor): void {
  for (const seq of cursor.deliveredAhead ?? []) cursor.seq = Math.max(cursor.seq, seq);
  cursor.deliveredAhead = undefined;
}

/** Keeps the writers of what one event is rendered to: most recipients are shown the same. */
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
