import { type Database, openDatabase } from "@vero/db";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createDatabase, type TestDatabase } from "../../../test/harness/database.js";
import { eventually } from "../../../test/harness/waiting.js";
import { TestProxy } from "../../db/test/proxy.js";
import { publish } from "../src/bus/publish.js";
import {
  type Bus,
  type ConversationBusEvent,
  channelOf,
  createLogger,
  createMemoryBus,
  createPostgresBus,
  type Hint,
  type Received,
} from "../src/index.js";

const log = createLogger({ level: "silent", name: "test" });
const envelope = { tenant_id: "t", conversation_id: "c", change_seq: 1, at: "2026-03-01T12:00:00.000Z" };
const hint: Hint<ConversationBusEvent> = { type: "participant.removed", ...envelope };
const event = (user_id: string, change_seq = 1): ConversationBusEvent => ({
  type: "participant.removed",
  ...envelope,
  change_seq,
  data: { user_id, reason: "left" },
});
const [a, b] = [channelOf.conversation("a"), channelOf.conversation("b")];

let database: TestDatabase;
const opened: Database[] = [];
const buses: Bus[] = [];

/** A node of its own, on the shared database. */
async function node(): Promise<Bus> {
  const one = openDatabase({ url: database.url, max: 2 });
  const bus = await createPostgresBus(one, log);
  opened.push(one);
  buses.push(bus);
  return bus;
}

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  for (const bus of buses) await bus.close();
  for (const one of opened) await one.close();
  await database.drop();
});

function collect(bus: Bus, channel: typeof a) {
  const received: Received<ConversationBusEvent>[] = [];
  return { received, stop: bus.subscribe(channel, (one) => received.push(one)) };
}

describe.each<[string, () => Promise<[Bus, Bus]>]>([
  [
    "the bus within a process",
    async () => {
      const bus = createMemoryBus(log);
      return [bus, bus];
    },
  ],
  ["the bus over PostgreSQL", async () => [await node(), await node()]],
])("%s", (_name, make) => {
  it("keeps the order of what one process publishes", async () => {
    const [here, there] = await make();
    const { received } = collect(there, channelOf.conversation("order"));
    const all = Array.from({ length: 1_000 }, (_, seq) => event(`${seq}`));
    for (const [index, one] of all.entries()) {
      publish(here, channelOf.conversation("order"), one);
      if (index % 100 === 0) await new Promise(setImmediate);
    }
    await eventually(() => expect(received).toHaveLength(1_000));
    expect(received).toEqual(all);
  });

  it("brings what is published once to those who subscribed to the channel, and to nobody else", async () => {
    const [here, there] = await make();
    const [one, two, other] = [collect(here, a), collect(there, a), collect(there, b)];
    for (const seq of [1, 2, 3]) publish(here, a, event(`${seq}`));
    publish(here, b, event("last"));
    await eventually(() => expect(other.received).toEqual([event("last")]));
    for (const { received } of [one, two]) {
      await eventually(() => expect(received).toHaveLength(3));
      expect(received).toEqual(expect.arrayContaining([1, 2, 3].map((seq) => event(`${seq}`))));
    }
  });

  it("does not deliver before publish has returned, nor after the subscription's end", async () => {
    const [bus] = await make();
    const [one, other] = [collect(bus, a), collect(bus, a)];
    other.stop();
    publish(bus, a, event(""));
    expect(one.received).toEqual([]);
    await eventually(() => expect(one.received).toHaveLength(1));
    expect(other.received).toEqual([]);
  });

  it("goes on after a listener that throws", async () => {
    const [bus] = await make();
    bus.subscribe(a, () => {
      throw new Error("a listener's own trouble");
    });
    const { received } = collect(bus, a);
    publish(bus, a, event("1"));
    publish(bus, a, event("2"));
    await eventually(() => expect(received).toEqual(expect.arrayContaining([event("1"), event("2")])));
  });
});

describe("the bus over PostgreSQL", () => {
  it("brings a hint without data where the whole would not fit into a notification", async () => {
    const bus = await node();
    const { received } = collect(bus, a);
    const room = 7_900 - Buffer.byteLength(JSON.stringify([a, event("")]));
    const fits = event("x".repeat(room));
    publish(bus, a, fits);
    publish(bus, a, event("x".repeat(room + 1)));
    // Counted in bytes.
    publish(bus, a, event("ü".repeat(Math.ceil((room + 1) / 2)), 2));
    await eventually(() => expect(received).toHaveLength(3));
    expect(received.filter(({ data }) => data !== undefined)).toEqual([fits]);
    expect(received.filter(({ data }) => data === undefined)).toEqual([hint, { ...hint, change_seq: 2 }]);
  });

  it("leaves out the redactions with the data, which are for nobody without them", async () => {
    const bus = await node();
    const { received } = collect(bus, a);
    const { change_seq: _, ...rest } = envelope;
    const data = { user_id: "u", is_typing: true, expires_at: rest.at };
    const redactions = { withheld_from: Array.from({ length: 300 }, (_, index) => `viewer ${index} across a block`) };
    publish(bus, a, { type: "typing", ...rest, data, redactions });
    await eventually(() => expect(received).toEqual([{ type: "typing", ...rest }]));
  });

  it("says that something may have been missed when the connection was lost and is back, and receives again", async () => {
    const bus = await node();
    const { received } = collect(bus, a);
    const onGap = vi.fn();
    bus.onGap(onGap);
    publish(bus, a, event("1"));
    await eventually(() => expect(received).toHaveLength(1));
    expect(onGap).not.toHaveBeenCalled();
    await database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`;
    await eventually(() => expect(onGap).toHaveBeenCalledOnce());
    publish(bus, a, event("2"));
    await eventually(() => expect(received).toEqual([event("1"), event("2")]));
  });

  it("notices that its connection is dead although nobody closed it, says so, and receives again", async () => {
    const proxy = new TestProxy(database.url);
    await proxy.open();
    const one = openDatabase({ url: proxy.url, max: 2 });
    const bus = await createPostgresBus(one, log, { heartbeatMs: 200 });
    try {
      const { received } = collect(bus, a);
      const onGap = vi.fn();
      bus.onGap(onGap);
      const other = await node();
      publish(other, a, event("1"));
      await eventually(() => expect(received).toHaveLength(1));
      proxy.cut();
      publish(other, a, event("lost"));
      await eventually(() => expect(onGap).toHaveBeenCalledOnce());
      publish(other, a, event("2"));
      await eventually(() => expect(received).toEqual([event("1"), event("2")]));
    } finally {
      await bus.close();
      await one.close();
      await proxy.close();
    }
  });

  it("receives again when a server that hung for a while does not any more", async () => {
    const proxy = new TestProxy(database.url);
    await proxy.open();
    const one = openDatabase({ url: proxy.url, max: 2 });
    const bus = await createPostgresBus(one, log, { heartbeatMs: 200 });
    try {
      const { received } = collect(bus, a);
      proxy.freeze();
      await expect(one.ping()).rejects.toThrow();
      proxy.thaw();
      const other = await node();
      await eventually(() => {
        publish(other, a, event("again"));
        expect(received.length).toBeGreaterThan(0);
      });
    } finally {
      await bus.close();
      await one.close();
      await proxy.close();
    }
  });

  it("is not taken for dead while nothing is said", async () => {
    const one = openDatabase({ url: database.url, max: 2 });
    const bus = await createPostgresBus(one, log, { heartbeatMs: 20 });
    const onGap = vi.fn();
    bus.onGap(onGap);
    const beats = vi.spyOn(one, "notify");
    await eventually(() => expect(beats.mock.calls.length).toBeGreaterThan(20));
    expect(onGap).not.toHaveBeenCalled();
    await bus.close();
    await one.close();
  });

  it("does not fail the one who publishes when the database is away", async () => {
    const one = openDatabase({ url: database.url, max: 1 });
    const bus = await createPostgresBus(one, log);
    await one.close();
    expect(() => publish(bus, a, event(""))).not.toThrow();
    const after = await node();
    const received = collect(after, a);
    publish(after, a, event("after"));
    await eventually(() => expect(received.received).toEqual([event("after")]));
  });
});
