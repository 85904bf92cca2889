import type { Subscription } from "@vero/db";
import { type Bus, type ConversationBusEvent, channelOf, type Logger, type Received } from "@vero/server";
import { forEachOf } from "../jobs/interval-jobs.js";
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
  type Listener,
  type Place,
  type Seat,
  writersOnce,
} from "./realtime.seats.js";

interface Channel {
  tenant_id: string;
  id: string;
  cursor: Cursor;
  receipts: Delivered;
  seats: Map<Listener, Seat>;
  /** Events that came before those they follow. */
  early: Map<number, WholeEvent>;
  healing: boolean;
  /** Asked to heal while healing: what is being read may be older than what was asked for. */
  again: boolean;
  timer: NodeJS.Timeout | undefined;
  unsubscribe(): void;
}

type ReadEvent = Extract<ConversationBusEvent, { type: "conversation.read" }>;

export interface ChannelSources {
  /**
   * What changed in a conversation after a change_seq, in its latest state and ascending: all up to `up_to`, and how far
   * the conversation has come. `viewers` are those who may be shown it, and `places` is where they sit by then.
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

/** Two commits may be announced in either order; what is missing mostly arrives within this many milliseconds. */
const patience = 20;
const readAtOnce = 200;

export type Channels = ReturnType<typeof createChannels>;

/**
 * The conversations that someone on this node listens to. Events leave in `change_seq` order, each once; what the bus
 * did not bring is read from the database.
 */
export function createChannels({ bus, sources, log }: { bus: Bus; sources: ChannelSources; log: Logger }) {
  const channels = new Map<string, Channel>();

  function deliver(channel: Channel, event: ConversationEvent): void {
    advance(channel.cursor, event);
    const writerOf = writersOnce();
    for (const [listener, seat] of channel.seats) {
      // What has no number is not among what a listener who is behind is to be brought.
      if (!seat.behind || event.change_seq === undefined) deliverTo(listener, seat, channel.id, event, writerOf);
    }
  }

  function deliverEarly(channel: Channel): void {
    for (const changeSeq of channel.early.keys()) {
      if (changeSeq <= channel.cursor.change_seq) channel.early.delete(changeSeq);
    }
    for (;;) {
      const next = channel.early.get(channel.cursor.change_seq + 1);
      if (next === undefined) return;
      channel.early.delete(channel.cursor.change_seq + 1);
      deliver(channel, toConversationEvent(next));
    }
  }

  /**
   * Who has come back since, or sees less than before, must not be shown the time between through the window of then:
   * whoever compares the memberships finds that they do not follow, and tells them of the conversation anew.
   */
  function endEarlierStays(channel: Channel, places: readonly Place[]): void {
    const now = new Map(places.map((place) => [place.user_id, place]));
    for (const [listener, seat] of channel.seats) {
      const place = now.get(seat.user_id);
      if (place === undefined) continue;
      const isSame =
        place.joined_change_seq === seat.joined_change_seq && place.visible_from_seq === seat.visible_from_seq;
      if (!isSame) listener.left(channel.id);
    }
  }

  /** Whether there is more to read. */
  async function deliverRead(channel: Channel): Promise<boolean> {
    const viewers = [...channel.seats.keys()].map(({ user_id }) => user_id);
    const after = channel.cursor.change_seq;
    const read = await sources.changesAfter(channel.tenant_id, channel.id, after, readAtOnce, viewers);
    endEarlierStays(channel, read.places);
    for (const change of read.changes) {
      if (change.change_seq <= channel.cursor.change_seq) continue;
      deliver(channel, toConversationEventOf(channel.id, change, channel.cursor));
    }
    // A change_seq may have gone to something later overwritten: then nothing is left of it to deliver.
    channel.cursor.change_seq = Math.max(channel.cursor.change_seq, read.up_to);
    return read.up_to < read.last_change_seq;
  }

  async function heal(channel: Channel): Promise<void> {
    channel.again = true;
    if (channel.healing) return;
    channel.healing = true;
    beginReading(channel.cursor);
    try {
      for (let more = true; more; ) {
        channel.again = false;
        const reading = deliverRead(channel);
        for (const listener of channel.seats.keys()) listener.waitFor(reading);
        more = (await reading) || channel.again;
      }
      endReading(channel.cursor);
      deliverEarly(channel);
      if (channel.early.size > 0) healSoon(channel);
    } catch (err) {
      log.warn({ err }, "changes could not be read; the next comparison tries again");
    } finally {
      channel.healing = false;
    }
  }

  function healSoon(channel: Channel): void {
    channel.timer ??= setTimeout(() => {
      channel.timer = undefined;
      if (channel.early.size > 0) void heal(channel);
    }, patience);
  }

  function receive(channel: Channel, event: Received<ConversationBusEvent>): void {
    const { change_seq, receipt_seq } = event;
    if (change_seq !== undefined && change_seq <= channel.cursor.change_seq) return;
    if (event.data === undefined) {
      // A receipt without its data is left to the next comparison.
      if (change_seq !== undefined) void heal(channel);
      return;
    }
    if (receipt_seq !== undefined && !noteDelivered(channel.receipts, receipt_seq)) return;
    if (change_seq === undefined) return deliver(channel, toConversationEvent(event));
    channel.early.set(change_seq, event);
    deliverEarly(channel);
    if (channel.early.size > 0) healSoon(channel);
  }

  /**
   * Ends in the same tick in which nothing is missing, so that no event falls between this and `deliver`. What cannot be
   * read now is left to the next comparison; until then the listener stays behind.
   */
  async function catchUp(channel: Channel, listener: Listener, seat: Seat): Promise<void> {
    if (seat.catchingUp) return;
    const reading = bringUp(channel, listener, seat);
    listener.waitFor(reading);
    await reading;
  }

  async function bringUp(channel: Channel, listener: Listener, seat: Seat): Promise<void> {
    seat.catchingUp = true;
    beginReading(seat);
    try {
      while (seat.change_seq < channel.cursor.change_seq) {
        const after = seat.change_seq;
        const viewers = [listener.user_id];
        const read = await sources.changesAfter(channel.tenant_id, channel.id, after, readAtOnce, viewers);
        endEarlierStays(channel, read.places);
        for (const change of read.changes) {
          // Gone meanwhile, or by what has just been delivered.
          if (channel.seats.get(listener) !== seat) return;
          deliverTo(listener, seat, channel.id, toConversationEventOf(channel.id, change, seat));
        }
        if (channel.seats.get(listener) !== seat) return;
        // Nothing newer is there, although it was announced: asking again at once would not change that.
        if (read.up_to <= after) return;
        seat.change_seq = Math.max(seat.change_seq, read.up_to);
      }
      endReading(seat);
      seat.behind = false;
    } catch (err) {
      log.warn({ err }, "a listener could not be brought up to date; the next comparison tries again");
    } finally {
      seat.catchingUp = false;
    }
  }

  /** Delivers the receipts of which the bus brought no event. */
  async function healReceipts(channel: Channel): Promise<void> {
    const after = channel.receipts.upTo;
    const { last_receipt_seq, receipts } = await sources.receiptsAfter(channel.tenant_id, channel.id, after);
    for (const event of receipts) {
      if (noteDelivered(channel.receipts, event.receipt_seq)) deliver(channel, toConversationEvent(event));
    }
    settleDelivered(channel.receipts, last_receipt_seq);
  }

  async function bringUpToDate(
    channel: Channel,
    last: { last_change_seq: number; last_receipt_seq: number },
  ): Promise<void> {
    if (last.last_change_seq > channel.cursor.change_seq) await heal(channel);
    if (last.last_receipt_seq > channel.receipts.upTo) await healReceipts(channel);
    for (const [listener, seat] of channel.seats) if (seat.behind) await catchUp(channel, listener, seat);
  }

  return {
    follow(listener: Listener, tenantId: string, { conversation_id: id, ...from }: Subscription): void {
      let channel = channels.get(id);
      if (channel === undefined) {
        const opened: Channel = {
          tenant_id: tenantId,
          id,
          cursor: cursorAt(from.last_change_seq, from.last_seq),
          receipts: deliveredUpTo(from.last_receipt_seq),
          seats: new Map(),
          early: new Map(),
          healing: false,
          again: false,
          timer: undefined,
          unsubscribe: bus.subscribe(channelOf.conversation(id), (event) => receive(opened, event)),
        };
        channels.set(id, opened);
        channel = opened;
      }
      if (channel.seats.has(listener)) return;
      const seat: Seat = {
        ...cursorAt(from.last_change_seq, from.last_seq),
        user_id: listener.user_id,
        visible_from_seq: from.visible_from_seq,
        visible_to_seq: from.visible_to_seq,
        joined_change_seq: from.joined_change_seq,
        behind: from.last_change_seq < channel.cursor.change_seq,
        catchingUp: false,
      };
      channel.seats.set(listener, seat);
      if (seat.behind) void catchUp(channel, listener, seat);
    },

    unfollow(listener: Listener, id: string): void {
      const channel = channels.get(id);
      channel?.seats.delete(listener);
      if (channel === undefined || channel.seats.size > 0) return;
      channel.unsubscribe();
      clearTimeout(channel.timer);
      channels.delete(id);
    },

    /** By primary key: has any of these conversations come further than what was delivered? */
    async compare(ids: Iterable<string> = channels.keys()): Promise<void> {
      const byTenant = new Map<string, string[]>();
      for (const id of ids) {
        const channel = channels.get(id);
        if (channel === undefined) continue;
        const list = byTenant.get(channel.tenant_id) ?? [];
        byTenant.set(channel.tenant_id, list);
        list.push(id);
      }
      await forEachOf([...byTenant], async ([tenantId, list]) => {
        const found = await sources.lastChangeSeqs(tenantId, list);
        await forEachOf(found, async ({ id, ...last }) => {
          const channel = channels.get(id);
          if (channel !== undefined) await bringUpToDate(channel, last);
        });
      });
    },
  };
}
