import type { ConversationKey, Subscription } from "@vero/db";
import { type Bus, type ConversationBusEvent, channelOf, type Received } from "@vero/server";
import { type CatchUpDeps, type ChangeReader, catchUp } from "./realtime.catch-up.js";
import type { ConversationEvent } from "./realtime.conversation-event.js";
import { Cursor } from "./realtime.cursor.js";
import { type FeedMode, feedTransitions } from "./realtime.feed.modes.js";
import { FeedReceipts } from "./realtime.feed.receipts.js";
import { writersOnce } from "./realtime.frames.js";
import { Modes } from "./realtime.modes.js";
import { toConversationEvent, type WholeEvent } from "./realtime.render.js";
import { ReorderBuffer } from "./realtime.reorder-buffer.js";
import type { Sources } from "./realtime.sources.js";
import { type Recipient, Subscriber } from "./realtime.subscriber.js";

/**
 * Milliseconds that a change waits for those before it: two commits may be published in either order, and the earlier
 * one mostly follows soon.
 */
const reorderWaitMs = 20;

export interface FeedDeps extends CatchUpDeps {
  bus: Pick<Bus, "subscribe">;
  sources: Pick<Sources, "changesAfter" | "receiptsAfter">;
  onStopped(): void;
}

/**
 * One conversation on this node: delivers its changes to each subscriber in the order of `change_seq`, each once.
 * Changes of which the bus brought no event are read from the database.
 */
export class Feed implements ChangeReader {
  readonly key: ConversationKey;
  readonly cursor: Cursor;
  readonly #deps: FeedDeps;
  readonly #modes = new Modes(feedTransitions, "live", (mode) => this.#onEnter(mode));
  readonly #receipts: FeedReceipts;
  readonly #subscribers = new Set<Subscriber>();
  readonly #reorderBuffer = new ReorderBuffer<WholeEvent>();
  readonly #unsubscribe: () => void;
  /** The newest change that the feed has to come to. */
  #newest = 0;
  #waitTimer: NodeJS.Timeout | undefined;

  /** Begins with the numbers of the first subscription. */
  constructor(key: ConversationKey, from: Subscription, deps: FeedDeps) {
    this.key = key;
    this.cursor = new Cursor(from);
    this.#receipts = new FeedReceipts(key, from, deps.sources);
    this.#deps = deps;
    const channel = channelOf.conversation(key.conversation_id);
    this.#unsubscribe = deps.bus.subscribe(channel, (event) => this.#receive(event));
  }

  get mode(): FeedMode {
    return this.#modes.current;
  }

  get audience(): Iterable<Subscriber> {
    return this.#subscribers;
  }

  /** Adds a subscriber. One who knows less than the feed has delivered gets the difference first. */
  subscribe(recipient: Recipient, from: Subscription): Subscriber {
    const subscriber = new Subscriber(recipient, this, from);
    this.#subscribers.add(subscriber);
    void this.#catchUpSubscriber(subscriber);
    return subscriber;
  }

  /** Called by a subscriber who was removed. */
  drop(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size === 0) this.#modes.on("stop");
  }

  /** Delivers what is missing, given the newest numbers of the database. */
  async compare(last: { last_change_seq: number; last_receipt_seq: number }): Promise<void> {
    if (last.last_change_seq > this.cursor.changeSeq) await this.#catchUpTo(last.last_change_seq);
    await this.#receipts.compare(last.last_receipt_seq, (event) => this.deliver(toConversationEvent(event)));
    for (const subscriber of this.#subscribers) {
      if (subscriber.mode === "behind") await this.#catchUpSubscriber(subscriber);
    }
  }

  deliver(event: ConversationEvent): void {
    this.cursor.advance(event);
    const writerOf = writersOnce();
    for (const subscriber of this.#subscribers) subscriber.onFeedEvent(event, writerOf);
  }

  isMissing(lastChangeSeq: number): boolean {
    this.#newest = Math.max(this.#newest, lastChangeSeq);
    return this.cursor.changeSeq < this.#newest;
  }

  isCatchingUp(): boolean {
    return this.mode === "catchingUp";
  }

  onCaughtUp(): void {
    this.#modes.on("caughtUp");
    this.#deliverBuffered();
  }

  onFailed(): void {
    this.#modes.on("failed");
  }

  #onEnter(mode: FeedMode): void {
    clearTimeout(this.#waitTimer);
    if (mode === "waiting") this.#waitTimer = setTimeout(() => void this.#catchUpOn("waited"), reorderWaitMs);
    if (mode !== "stopped") return;
    this.#unsubscribe();
    this.#deps.onStopped();
  }

  #receive(event: Received<ConversationBusEvent>): void {
    const { change_seq, receipt_seq } = event;
    if (change_seq !== undefined && change_seq <= this.cursor.changeSeq) return;
    if (event.data === undefined) {
      // A receipt without its data is left to the next comparison.
      if (change_seq !== undefined) void this.#catchUpTo(change_seq);
      return;
    }
    if (receipt_seq !== undefined && !this.#receipts.note(receipt_seq)) return;
    if (change_seq === undefined) return this.deliver(toConversationEvent(event));
    this.#reorderBuffer.add(change_seq, event);
    this.#deliverBuffered();
  }

  #deliverBuffered(): void {
    for (;;) {
      const next = this.#reorderBuffer.takeAfter(this.cursor.changeSeq);
      if (next === undefined) break;
      this.deliver(toConversationEvent(next));
    }
    if (!this.#reorderBuffer.isEmpty) this.#modes.on("gap");
    else if (!this.isMissing(0)) this.#modes.on("complete");
  }

  async #catchUpTo(changeSeq: number): Promise<void> {
    this.#newest = Math.max(this.#newest, changeSeq);
    await this.#catchUpOn("missing");
  }

  /** Reads what is missing. Resolves at once where that is under way. */
  async #catchUpOn(event: "missing" | "waited"): Promise<void> {
    if (!this.#modes.on(event)) return;
    this.#newest = Math.max(this.#newest, this.#reorderBuffer.newest);
    await catchUp(this, this.#deps);
  }

  async #catchUpSubscriber(subscriber: Subscriber): Promise<void> {
    if (!subscriber.beginCatchUp()) return;
    const reading = catchUp(subscriber, this.#deps);
    // The whole of it: what comes to the user alone would fall between its portions otherwise.
    subscriber.recipient.waitFor(reading);
    await reading;
  }
}
