import type { EventType, Message } from "@vero/contracts";
import type { Subscription } from "@vero/db";
import { type Announcement, type Bus, channelOf, type Logger } from "@vero/server";
import { type EventWriter, eventWriter, type OutgoingEvent } from "./realtime.frames.js";

/** How far a conversation's changes have been delivered. */
interface Cursor {
  change_seq: number;
  seq: number;
}

/** A user of this node as a channel sees them. */
export interface Listener {
  user_id: string;
  deliver(write: EventWriter): void;
}

interface Seat extends Cursor {
  visible_from_seq: number;
  visible_to_seq: number | null;
  /** Joined while the channel was ahead of what the listener knows; gets the difference first. */
  behind: boolean;
}

interface Channel {
  tenant_id: string;
  id: string;
  cursor: Cursor;
  seats: Map<Listener, Seat>;
  /** Announcements that came before those they follow. */
  early: Map<number, Announcement>;
  healing: boolean;
  /** Asked to heal while healing: what is being read may be older than what was asked for. */
  again: boolean;
  timer: NodeJS.Timeout | undefined;
  unsubscribe(): void;
}

export interface ChannelSources {
  /** Messages changed after a change_seq in their latest state, ascending, and how far the conversation has come. */
  changesAfter(
    tenantId: string,
    conversationId: string,
    changeSeq: number,
    limit: number,
  ): Promise<{ last_change_seq: number; messages: Message[] }>;
  lastChangeSeqs(tenantId: string, ids: readonly string[]): Promise<{ id: string; last_change_seq: number }[]>;
}

/** Two commits may be announced in either order; what is missing mostly arrives within this many milliseconds. */
const patience = 20;
const readAtOnce = 200;

const messageOf = (data: unknown): Message | undefined =>
  typeof data === "object" && data !== null && "message" in data ? (data.message as Message) : undefined;

export type Channels = ReturnType<typeof createChannels>;

/**
 * The conversations that someone on this node listens to. Events leave in `change_seq` order, each once; what the bus
 * did not bring is read from the database.
 */
export function createChannels({ bus, sources, log }: { bus: Bus; sources: ChannelSources; log: Logger }) {
  const channels = new Map<string, Channel>();

  /** Nobody is told of their own typing. */
  const isOwn = ({ user_id }: Listener, { type, data }: OutgoingEvent): boolean =>
    type === "typing" && (data as { user_id: string }).user_id === user_id;

  function deliverTo(listener: Listener, seat: Seat, event: OutgoingEvent, write: EventWriter): void {
    const message = messageOf(event.data);
    if (event.change_seq !== undefined) {
      if (event.change_seq <= seat.change_seq) return;
      seat.change_seq = event.change_seq;
      seat.seq = Math.max(seat.seq, message?.seq ?? 0);
    }
    if (message !== undefined) {
      const { visible_from_seq: from, visible_to_seq: to } = seat;
      if (message.seq <= from || (to !== null && message.seq > to)) return;
    }
    if (!isOwn(listener, event)) listener.deliver(write);
  }

  function deliver(channel: Channel, event: OutgoingEvent): void {
    if (event.change_seq !== undefined) {
      channel.cursor.change_seq = event.change_seq;
      channel.cursor.seq = Math.max(channel.cursor.seq, messageOf(event.data)?.seq ?? 0);
    }
    const write = eventWriter(event);
    for (const [listener, seat] of channel.seats) if (!seat.behind) deliverTo(listener, seat, event, write);
  }

  const eventOf = ({ type, conversation_id = "", change_seq, at, data }: Announcement): OutgoingEvent => ({
    type: type as EventType,
    conversation_id,
    ...(change_seq === undefined ? {} : { change_seq }),
    at,
    data,
  });

  /** State, not history: a message that was written and then changed comes once, as it is now. */
  const changeOf = (message: Message, since: Cursor): OutgoingEvent => ({
    type: message.seq > since.seq ? "message.created" : "message.updated",
    conversation_id: message.conversation_id,
    change_seq: message.change_seq,
    at: message.edited_at ?? message.created_at,
    data: { message },
  });

  function deliverEarly(channel: Channel): void {
    for (const changeSeq of channel.early.keys()) {
      if (changeSeq <= channel.cursor.change_seq) channel.early.delete(changeSeq);
    }
    for (;;) {
      const next = channel.early.get(channel.cursor.change_seq + 1);
      if (next === undefined) return;
      channel.early.delete(channel.cursor.change_seq + 1);
      deliver(channel, eventOf(next));
    }
  }

  async function heal(channel: Channel): Promise<void> {
    channel.again = true;
    if (channel.healing) return;
    channel.healing = true;
    try {
      for (let more = true; more; ) {
        channel.again = false;
        const after = channel.cursor.change_seq;
        const changes = await sources.changesAfter(channel.tenant_id, channel.id, after, readAtOnce);
        for (const message of changes.messages) {
          if (message.change_seq > channel.cursor.change_seq) deliver(channel, changeOf(message, channel.cursor));
        }
        const isAll = changes.messages.length < readAtOnce;
        more = channel.again || !isAll;
        // A change_seq may have gone to something later overwritten: then nothing is left of it to deliver.
        if (isAll) channel.cursor.change_seq = Math.max(channel.cursor.change_seq, changes.last_change_seq);
      }
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

  function receive(channel: Channel, announcement: Announcement): void {
    const { change_seq, data } = announcement;
    if (change_seq === undefined) return deliver(channel, eventOf(announcement));
    if (change_seq <= channel.cursor.change_seq) return;
    if (data === undefined) return void heal(channel);
    channel.early.set(change_seq, announcement);
    deliverEarly(channel);
    if (channel.early.size > 0) healSoon(channel);
  }

  /** Ends in the same tick in which nothing is missing, so that no event falls between this and `deliver`. */
  async function catchUp(channel: Channel, listener: Listener, seat: Seat): Promise<void> {
    try {
      while (seat.change_seq < channel.cursor.change_seq && channel.seats.get(listener) === seat) {
        const changes = await sources.changesAfter(channel.tenant_id, channel.id, seat.change_seq, readAtOnce);
        for (const message of changes.messages) {
          const event = changeOf(message, seat);
          deliverTo(listener, seat, event, eventWriter(event));
        }
        if (changes.messages.length < readAtOnce) seat.change_seq = Math.max(seat.change_seq, changes.last_change_seq);
      }
    } catch (err) {
      log.warn({ err }, "a listener could not be brought up to date");
    }
    seat.behind = false;
  }

  return {
    follow(listener: Listener, tenantId: string, { conversation_id: id, ...from }: Subscription): void {
      let channel = channels.get(id);
      if (channel === undefined) {
        const cursor = { change_seq: from.last_change_seq, seq: from.last_seq };
        const opened: Channel = {
          tenant_id: tenantId,
          id,
          cursor,
          seats: new Map(),
          early: new Map(),
          healing: false,
          again: false,
          timer: undefined,
          unsubscribe: bus.subscribe(channelOf.conversation(id), (announcement) => receive(opened, announcement)),
        };
        channels.set(id, opened);
        channel = opened;
      }
      if (channel.seats.has(listener)) return;
      const seat: Seat = {
        change_seq: from.last_change_seq,
        seq: from.last_seq,
        visible_from_seq: from.visible_from_seq,
        visible_to_seq: from.visible_to_seq,
        behind: from.last_change_seq < channel.cursor.change_seq,
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
      for (const [tenantId, list] of byTenant) {
        for (const { id, last_change_seq } of await sources.lastChangeSeqs(tenantId, list)) {
          const channel = channels.get(id);
          if (channel !== undefined && last_change_seq > channel.cursor.change_seq) await heal(channel);
        }
      }
    },
  };
}
