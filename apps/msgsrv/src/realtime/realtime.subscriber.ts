import type { ConversationKey, Subscription } from "@vero/db";
import type { ConversationEvent, ConversationViewer } from "./realtime.conversation-event.js";
import { Cursor } from "./realtime.cursor.js";
import { type EventWriter, eventWriter, type OutgoingEvent } from "./realtime.frames.js";
import { Modes, type Transitions } from "./realtime.modes.js";
import type { Stay } from "./realtime.sources.js";

/** A connected user as feeds use them. */
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

/**
 * - `live`: the subscriber gets what the feed delivers.
 * - `behind`: the feed has delivered changes that the subscriber has not got. The next comparison has them read.
 * - `catchingUp`: these changes are being read. What the feed delivers meanwhile is left to the reading.
 * - `removed`: the subscriber gets nothing more. Final.
 */
export type SubscriberMode = "live" | "behind" | "catchingUp" | "removed";
/** `failed`: the read failed, or found nothing newer. */
export type SubscriberEvent = "read" | "caughtUp" | "failed" | "remove";

export const subscriberTransitions: Transitions<SubscriberMode, SubscriberEvent> = {
  live: { read: "live", caughtUp: "live", failed: "live", remove: "removed" },
  behind: { read: "catchingUp", caughtUp: "behind", failed: "behind", remove: "removed" },
  catchingUp: { read: "catchingUp", caughtUp: "live", failed: "behind", remove: "removed" },
  removed: { read: "removed", caughtUp: "removed", failed: "removed", remove: "removed" },
};

/** The feed of a subscriber, as far as they know it. */
interface SubscribedFeed {
  readonly key: ConversationKey;
  readonly cursor: Cursor;
  drop(subscriber: Subscriber): void;
}

/** One user in one feed: with their window, and the change_seq that they have been brought to. */
export class Subscriber {
  readonly recipient: Recipient;
  readonly cursor: Cursor;
  readonly #feed: SubscribedFeed;
  readonly #viewer: ConversationViewer;
  readonly #modes: Modes<SubscriberMode, SubscriberEvent>;

  constructor(recipient: Recipient, feed: SubscribedFeed, from: Subscription) {
    const { visible_from_seq, visible_to_seq, joined_change_seq } = from;
    this.recipient = recipient;
    this.cursor = new Cursor(from);
    this.#feed = feed;
    this.#viewer = { user_id: recipient.user_id, visible_from_seq, visible_to_seq, joined_change_seq };
    this.#modes = new Modes(subscriberTransitions, this.isMissing() ? "behind" : "live", (mode) => {
      if (mode === "removed") feed.drop(this);
    });
  }

  get mode(): SubscriberMode {
    return this.#modes.current;
  }

  get key(): ConversationKey {
    return this.#feed.key;
  }

  get audience(): Iterable<Subscriber> {
    return [this];
  }

  isMissing(): boolean {
    return this.cursor.changeSeq < this.#feed.cursor.changeSeq;
  }

  isCatchingUp(): boolean {
    return this.mode === "catchingUp";
  }

  /** Answers whether the changes that the subscriber is missing have to be read from now on. */
  beginCatchUp(): boolean {
    return this.#modes.on("read");
  }

  onCaughtUp(): void {
    this.#modes.on("caughtUp");
  }

  onFailed(): void {
    this.#modes.on("failed");
  }

  remove(): void {
    this.#modes.on("remove");
  }

  /** Ends the subscription where the stay or the window is no longer the database's. */
  checkStay(stay: Stay | undefined): void {
    const { joined_change_seq, visible_from_seq } = this.#viewer;
    if (stay === undefined || this.mode === "removed") return;
    if (stay.joined_change_seq === joined_change_seq && stay.visible_from_seq === visible_from_seq) return;
    this.recipient.left(this.key.conversation_id);
  }

  /** Delivers what the feed delivers. Events without a number are in no reading, so they are not left to it. */
  onFeedEvent(event: ConversationEvent, writerOf: (event: OutgoingEvent) => EventWriter): void {
    if (this.mode === "live" || event.change_seq === undefined) this.deliver(event, writerOf);
  }

  /** Delivers an event as the subscriber is shown it, unless they have had it. */
  deliver(event: ConversationEvent, writerOf: (event: OutgoingEvent) => EventWriter = eventWriter): void {
    const { change_seq } = event;
    if (this.mode === "removed") return;
    if (change_seq !== undefined && change_seq <= this.cursor.changeSeq) return;
    this.cursor.advance(event);
    const outgoing = event.renderFor(this.#viewer);
    if (outgoing !== undefined) this.recipient.deliver(writerOf(outgoing));
    if (event.isUnknownTo?.(this.#viewer)) this.recipient.resync("conversation_changed");
    if (event.endsFor?.(this.#viewer)) this.recipient.left(this.key.conversation_id);
  }
}
