import type { Subscription } from "@vero/db";
import { type Bus, type ConversationBusEvent, channelOf, type Logger, type Received } from "@vero/server";
import { forEachLimited } from "../jobs/for-each-limited.js";
import { type Delivered, deliveredUpTo, noteDelivered, settleDelivered } from "./realtime.numbers.js";
import { type Change, toConversationEvent, toConversationEventOf, type WholeEvent } from "./realtime.render.js";
import {
  advance,
  beginReading,
  type ConversationEvent,
  type Cursor,
  cursorAt,
  deliverTo,
  endReading,
  type Place,
  type Recipient,
  type Subscriber,
  writersOnce,
} from "./realtime.subscriber.js";

interface Feed {
  tenant_id: string;
  id: string;
  cursor: Cursor;
  receipts: Delivered;
  subscribers: Map<Recipient, Subscriber>;
  /** Changes that arrived before those they follow, by change_seq. */
  reorderBuffer: Map<number, WholeEvent>;
  isCatchingUp: boolean;
  /**
   * Set when the feed is asked to catch up while it does so: what is being read may be older than what it is asked for.
   */
  again: boolean;
  timer: NodeJS.Timeout | undefined;
  unsubscribe(): void;
}

type ReadEvent = Extract<ConversationBusEvent, { type: "conversation.read" }>;

export interface FeedSources {
  /**
   * Reads the changes of a conversation after a change_seq, in their latest state and ascending: all up to `up_to`, and
   * how far the conversation has come. `viewers` are those who may be shown them; `places` has their stays and windows
   * as of the same snapshot.
   */
  changesAfter(
    tenantId: string,
    conversationId: string,
    changeSeq: number,
    limit: number,
    viewers: readonly string[],
  ): Promise<{ last_change_seq: number; up_to: number; changes: Change[]; places: Place[] }>;
  lastChangeSeqs(
    tenantId: string,
    ids: readonly string[],
  ): Promise<{ id: string; last_change_seq: number; last_receipt_seq: number }[]>;
  /** Lists the read receipts after a number, and the number of the newest. */
  receiptsAfter(
    tenantId: string,
    conversationId: string,
    receiptSeq: number,
  ): Promise<{ last_receipt_seq: number; receipts: ReadEvent[] }>;
}

/**
 * Milliseconds that a change waits for those before it: two commits may be published in either order, and the earlier
 * one mostly follows soon.
 */
const reorderWaitMs = 20;
const readAtOnce = 200;

export type Feeds = ReturnType<typeof createFeeds>;

/**
 * Delivers the changes of the conversations that users of this node take part in: to each subscriber in the order of
 * `change_seq`, each once. Changes of which the bus brought no event are read from the database.
 */
export function createFeeds({ bus, sources, log }: { bus: Bus; sources: FeedSources; log: Logger }) {
  const feeds = new Map<string, Feed>();

  function deliver(feed: Feed, event: ConversationEvent): void {
    advance(feed.cursor, event);
    const writerOf = writersOnce();
    for (const [recipient, subscriber] of feed.subscribers) {
      // A subscriber who is behind gets the changes from a reading of their own; events without a number are in no
      // reading.
      if (!subscriber.isBehind || event.change_seq === undefined)
        deliverTo(recipient, subscriber, feed.id, event, writerOf);
    }
  }

  function deliverBuffered(feed: Feed): void {
    for (const changeSeq of feed.reorderBuffer.keys()) {
      if (changeSeq <= feed.cursor.change_seq) feed.reorderBuffer.delete(changeSeq);
    }
    for (;;) {
      const next = feed.reorderBuffer.get(feed.cursor.change_seq + 1);
      if (next === undefined) return;
      feed.reorderBuffer.delete(feed.cursor.change_seq + 1);
      deliver(feed, toConversationEvent(next));
    }
  }

  /**
   * Ends the subscriptions whose stay or window is no longer the database's: a user who was away in between, or sees
   * less by now, must not be shown that time through the earlier window. The comparison of memberships finds that they
   * do not follow the conversation, and delivers it to them anew.
   */
  function endEarlierStays(feed: Feed, places: readonly Place[]): void {
    const now = new Map(places.map((place) => [place.user_id, place]));
    for (const [recipient, subscriber] of feed.subscribers) {
      const place = now.get(subscriber.user_id);
      if (place === undefined) continue;
      const isSame =
        place.joined_change_seq === subscriber.joined_change_seq &&
        place.visible_from_seq === subscriber.visible_from_seq;
      if (!isSame) recipient.left(feed.id);
    }
  }

  /** Reads the next changes and delivers them; answers whether there are more. */
  async function deliverRead(feed: Feed): Promise<boolean> {
    const viewers = [...feed.subscribers.keys()].map(({ user_id }) => user_id);
    const after = feed.cursor.change_seq;
    const read = await sources.changesAfter(feed.tenant_id, feed.id, after, readAtOnce, viewers);
    endEarlierStays(feed, read.places);
    for (const change of read.changes) {
      if (change.change_seq <= feed.cursor.change_seq) continue;
      deliver(feed, toConversationEventOf(feed.id, change, feed.cursor));
    }
    // A change whose row has been changed again has left its number: nothing of it remains to be delivered.
    feed.cursor.change_seq = Math.max(feed.cursor.change_seq, read.up_to);
    return read.up_to < read.last_change_seq;
  }

  async function catchUpFeed(feed: Feed): Promise<void> {
    feed.again = true;
    if (feed.isCatchingUp) return;
    feed.isCatchingUp = true;
    beginReading(feed.cursor);
    try {
      for (let more = true; more; ) {
        feed.again = false;
        const reading = deliverRead(feed);
        for (const recipient of feed.subscribers.keys()) recipient.waitFor(reading);
        more = (await reading) || feed.again;
      }
      endReading(feed.cursor);
      deliverBuffered(feed);
      if (feed.reorderBuffer.size > 0) catchUpSoon(feed);
    } catch (err) {
      log.warn({ err }, "changes could not be read; the next comparison tries again");
    } finally {
      feed.isCatchingUp = false;
    }
  }

  function catchUpSoon(feed: Feed): void {
    feed.timer ??= setTimeout(() => {
      feed.timer = undefined;
      if (feed.reorderBuffer.size > 0) void catchUpFeed(feed);
    }, reorderWaitMs);
  }

  function receive(feed: Feed, event: Received<ConversationBusEvent>): void {
    const { change_seq, receipt_seq } = event;
    if (change_seq !== undefined && change_seq <= feed.cursor.change_seq) return;
    if (event.data === undefined) {
      // A receipt without its data is left to the next comparison.
      if (change_seq !== undefined) void catchUpFeed(feed);
      return;
    }
    if (receipt_seq !== undefined && !noteDelivered(feed.receipts, receipt_seq)) return;
    if (change_seq === undefined) return deliver(feed, toConversationEvent(event));
    feed.reorderBuffer.set(change_seq, event);
    deliverBuffered(feed);
    if (feed.reorderBuffer.size > 0) catchUpSoon(feed);
  }

  /**
   * Brings a subscriber who is behind up to where the feed is. They stop being behind in the tick in which nothing is
   * missing, so that no event falls between this and `deliver`. Where a read fails, they stay behind until the next
   * comparison.
   */
  async function catchUpSubscriber(feed: Feed, recipient: Recipient, subscriber: Subscriber): Promise<void> {
    if (subscriber.catchingUp) return;
    const reading = readFor(feed, recipient, subscriber);
    recipient.waitFor(reading);
    await reading;
  }

  async function readFor(feed: Feed, recipient: Recipient, subscriber: Subscriber): Promise<void> {
    subscriber.catchingUp = true;
    beginReading(subscriber);
    try {
      while (subscriber.change_seq < feed.cursor.change_seq) {
        const after = subscriber.change_seq;
        const viewers = [recipient.user_id];
        const read = await sources.changesAfter(feed.tenant_id, feed.id, after, readAtOnce, viewers);
        endEarlierStays(feed, read.places);
        for (const change of read.changes) {
          // The subscription may have ended meanwhile, or by what has just been delivered.
          if (feed.subscribers.get(recipient) !== subscriber) return;
          deliverTo(recipient, subscriber, feed.id, toConversationEventOf(feed.id, change, subscriber));
        }
        if (feed.subscribers.get(recipient) !== subscriber) return;
        // Nothing newer can be read, although the feed has delivered it: reading again at once would not change that.
        if (read.up_to <= after) return;
        subscriber.change_seq = Math.max(subscriber.change_seq, read.up_to);
      }
      endReading(subscriber);
      subscriber.isBehind = false;
    } catch (err) {
      log.warn({ err }, "a recipient could not be brought up to date; the next comparison tries again");
    } finally {
      subscriber.catchingUp = false;
    }
  }

  /** Delivers the receipts of which the bus brought no event. */
  async function catchUpReceipts(feed: Feed): Promise<void> {
    const after = feed.receipts.upTo;
    const { last_receipt_seq, receipts } = await sources.receiptsAfter(feed.tenant_id, feed.id, after);
    for (const event of receipts) {
      if (noteDelivered(feed.receipts, event.receipt_seq)) deliver(feed, toConversationEvent(event));
    }
    settleDelivered(feed.receipts, last_receipt_seq);
  }

  async function compareFeed(feed: Feed, last: { last_change_seq: number; last_receipt_seq: number }): Promise<void> {
    if (last.last_change_seq > feed.cursor.change_seq) await catchUpFeed(feed);
    if (last.last_receipt_seq > feed.receipts.upTo) await catchUpReceipts(feed);
    for (const [recipient, subscriber] of feed.subscribers)
      if (subscriber.isBehind) await catchUpSubscriber(feed, recipient, subscriber);
  }

  return {
    follow(recipient: Recipient, tenantId: string, { conversation_id: id, ...from }: Subscription): void {
      let feed = feeds.get(id);
      if (feed === undefined) {
        const opened: Feed = {
          tenant_id: tenantId,
          id,
          cursor: cursorAt(from.last_change_seq, from.last_seq),
          receipts: deliveredUpTo(from.last_receipt_seq),
          subscribers: new Map(),
          reorderBuffer: new Map(),
          isCatchingUp: false,
          again: false,
          timer: undefined,
          unsubscribe: bus.subscribe(channelOf.conversation(id), (event) => receive(opened, event)),
        };
        feeds.set(id, opened);
        feed = opened;
      }
      if (feed.subscribers.has(recipient)) return;
      const subscriber: Subscriber = {
        ...cursorAt(from.last_change_seq, from.last_seq),
        user_id: recipient.user_id,
        visible_from_seq: from.visible_from_seq,
        visible_to_seq: from.visible_to_seq,
        joined_change_seq: from.joined_change_seq,
        isBehind: from.last_change_seq < feed.cursor.change_seq,
        catchingUp: false,
      };
      feed.subscribers.set(recipient, subscriber);
      if (subscriber.isBehind) void catchUpSubscriber(feed, recipient, subscriber);
    },

    unfollow(recipient: Recipient, id: string): void {
      const feed = feeds.get(id);
      feed?.subscribers.delete(recipient);
      if (feed === undefined || feed.subscribers.size > 0) return;
      feed.unsubscribe();
      clearTimeout(feed.timer);
      feeds.delete(id);
    },

    /**
     * Compares by primary key how far these conversations have come with what was delivered, and catches up where
     * something is missing.
     */
    async compare(ids: Iterable<string> = feeds.keys()): Promise<void> {
      const byTenant = new Map<string, string[]>();
      for (const id of ids) {
        const feed = feeds.get(id);
        if (feed === undefined) continue;
        const list = byTenant.get(feed.tenant_id) ?? [];
        byTenant.set(feed.tenant_id, list);
        list.push(id);
      }
      await forEachLimited([...byTenant], async ([tenantId, list]) => {
        const found = await sources.lastChangeSeqs(tenantId, list);
        await forEachLimited(found, async ({ id, ...last }) => {
          const feed = feeds.get(id);
          if (feed !== undefined) await compareFeed(feed, last);
        });
      });
    },
  };
}
