import { randomUUID } from "node:crypto";
import { channelOf, createLogger, createMemoryBus } from "@vero/server";
import { publish } from "@vero/server/publish";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Feed } from "../src/realtime/realtime.feed.js";
import { type FeedEvent, type FeedMode, feedTransitions } from "../src/realtime/realtime.feed.modes.js";
import type { Sources } from "../src/realtime/realtime.sources.js";
import {
  type SubscriberEvent,
  type SubscriberMode,
  subscriberTransitions,
} from "../src/realtime/realtime.subscriber.js";
import { changeOf, created, message, recipient, upTo, wholeEvent } from "./feeds.setup.js";
import { type Driven, theModeOf, walkTransitions } from "./modes.setup.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const log = createLogger({ level: "silent", name: "test" });
const settled = () => new Promise(setImmediate);
type Read = Awaited<ReturnType<Sources["changesAfter"]>>;

/** A feed that has delivered five messages, of a database that answers when the test says so. */
function createFixture() {
  const key = { tenant_id: randomUUID(), conversation_id: randomUUID() };
  const bus = createMemoryBus(log);
  const reads: { changeSeq: number; resolve(read: Read): void; reject(error: Error): void }[] = [];
  const onStopped = vi.fn();
  const sources = {
    changesAfter: (_key: object, { changeSeq }: { changeSeq: number }) =>
      new Promise<Read>((resolve, reject) => reads.push({ changeSeq, resolve, reject })),
    receiptsAfter: async () => ({ last_receipt_seq: 0, receipts: [] }),
  };
  const subscription = (last: number) => ({
    conversation_id: key.conversation_id,
    last_seq: last,
    last_change_seq: last,
    last_receipt_seq: 0,
    visible_from_seq: 0,
    visible_to_seq: null,
    joined_change_seq: 0,
  });
  const feed = new Feed(key, subscription(5), { bus, sources, log, onStopped });
  return {
    feed,
    reads,
    onStopped,
    subscribe: (one: ReturnType<typeof recipient>, last: number) => feed.subscribe(one, subscription(last)),
    async announce(seq: number): Promise<void> {
      publish(bus, channelOf.conversation(key.conversation_id), wholeEvent(message(seq)));
      await settled();
    },
    async answerRead(last_change_seq: number): Promise<void> {
      const read = reads.shift();
      const changes = upTo(last_change_seq).map((seq) => changeOf(message(seq)));
      read?.resolve({ last_change_seq, up_to: last_change_seq, changes: changes.slice(read.changeSeq), stays: [] });
      await settled();
    },
    async failRead(): Promise<void> {
      reads.shift()?.reject(new Error("the database is away"));
      await settled();
    },
  };
}

describe("the modes of a feed", () => {
  const paths: Record<FeedMode, FeedEvent[]> = {
    live: [],
    waiting: ["gap"],
    catchingUp: ["missing"],
    behind: ["missing", "failed"],
    stopped: ["stop"],
  };

  function begin(): Driven<FeedMode, FeedEvent> {
    const { feed, reads, onStopped, subscribe, announce, answerRead, failRead } = createFixture();
    const one = recipient();
    const subscriber = subscribe(one, 5);
    /** The newest change that was announced to the feed. */
    let known = 5;
    const delivered = (): number => 5 + one.received.length;
    const receive = (seq: number): number => {
      known = Math.max(known, seq);
      return seq;
    };
    const triggers: Record<FeedEvent, () => Promise<unknown>> = {
      complete: () => announce(receive(delivered() + 1)),
      gap: () => announce(receive(delivered() + 2)),
      waited: () => vi.advanceTimersByTimeAsync(20),
      missing: async () => {
        void feed.compare({ last_change_seq: receive(delivered() + 1), last_receipt_seq: 0 });
        await settled();
      },
      caughtUp: () => answerRead(known),
      failed: failRead,
      stop: async () => subscriber.remove(),
    };
    return {
      trigger: async (event) => void (await triggers[event]()),
      async observe() {
        const isStopped = onStopped.mock.calls.length > 0;
        const facts = { isStopped, reads: reads.length, timers: vi.getTimerCount(), isMissing: delivered() < known };
        return theModeOf<FeedMode>(facts, {
          live: { isStopped: false, reads: 0, timers: 0, isMissing: false },
          waiting: { isStopped: false, reads: 0, timers: 1, isMissing: true },
          catchingUp: { isStopped: false, reads: 1, timers: 0 },
          behind: { isStopped: false, reads: 0, timers: 0, isMissing: true },
          stopped: { isStopped: true, timers: 0 },
        });
      },
    };
  }

  walkTransitions("a feed", feedTransitions, paths, begin);

  it("a feed that has caught up waits for what is missing before changes that came during the reading", async () => {
    const { feed, reads, subscribe, announce, answerRead } = createFixture();
    const one = recipient();
    subscribe(one, 5);
    void feed.compare({ last_change_seq: 6, last_receipt_seq: 0 });
    await announce(8);
    await answerRead(6);
    expect([feed.mode, one.received]).toEqual(["waiting", ["created 6"]]);
    await vi.advanceTimersByTimeAsync(20);
    expect([feed.mode, reads.map(({ changeSeq }) => changeSeq)]).toEqual(["catchingUp", [6]]);
    await answerRead(8);
    expect([feed.mode, one.received]).toEqual(["live", ["created 6", "created 7", "created 8"]]);
  });

  it("a feed that reads nothing newer does not read again at once", async () => {
    const { feed, reads, subscribe, answerRead } = createFixture();
    subscribe(recipient(), 5);
    void feed.compare({ last_change_seq: 6, last_receipt_seq: 0 });
    await answerRead(5);
    expect([feed.mode, reads.length]).toEqual(["behind", 0]);
  });
});

describe("the modes of a subscriber", () => {
  const paths: Record<SubscriberMode, SubscriberEvent[]> = {
    live: ["caughtUp"],
    behind: ["failed"],
    catchingUp: [],
    removed: ["remove"],
  };

  /** One who joins a feed of five messages after the second. */
  function begin(): Driven<SubscriberMode, SubscriberEvent> {
    const { feed, reads, subscribe, announce, answerRead, failRead } = createFixture();
    subscribe(recipient("early"), 5);
    const late = recipient("late");
    const subscriber = subscribe(late, 2);
    const triggers: Record<SubscriberEvent, () => Promise<unknown>> = {
      read: async () => void feed.compare({ last_change_seq: 5, last_receipt_seq: 0 }),
      caughtUp: () => answerRead(5),
      failed: failRead,
      remove: async () => subscriber.remove(),
    };
    return {
      trigger: async (event) => void (await triggers[event]()),
      async observe() {
        await announce(6);
        const isInFeed = [...feed.audience].includes(subscriber);
        const facts = { isInFeed, reads: reads.length, received: late.received.join() };
        return theModeOf<SubscriberMode>(facts, {
          live: { isInFeed: true, reads: 0, received: created(3, 4, 5, 6).join() },
          behind: { isInFeed: true, reads: 0, received: "" },
          catchingUp: { isInFeed: true, reads: 1, received: "" },
          removed: { isInFeed: false },
        });
      },
    };
  }

  walkTransitions("a subscriber", subscriberTransitions, paths, begin);

  it("a subscriber who is removed while changes are read for them is shown none of them", async () => {
    const { subscribe, answerRead } = createFixture();
    subscribe(recipient("early"), 5);
    const late = recipient("late");
    subscribe(late, 2).remove();
    await answerRead(5);
    expect(late.received).toEqual([]);
  });
});
