import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import type { Subscription, UserKey } from "@vero/db";
import { channelOf, createLogger, createMemoryBus, type UserBusEvent } from "@vero/server";
import { publish } from "@vero/server/publish";
import { describe, expect, it } from "vitest";
import { eventually } from "../../../test/harness/waiting.js";
import type { EventWriter } from "../src/realtime/realtime.frames.js";
import { createRealtimeNode } from "../src/realtime/realtime.node.js";

const log = createLogger({ level: "silent", name: "test" });
const at = "2026-03-01T12:00:00.000Z";
const [tenant_id, user_id] = [randomUUID(), randomUUID()];

/** A hub over a list of conversations; what has been read can be held up until the test lets it go. */
async function setUp() {
  const stored: Subscription[] = [];
  const own: { subject_id: string; state_seq: number }[] = [];
  const bus = createMemoryBus(log);
  let gate: Promise<void> = Promise.resolve();
  let digests = 0;
  const read = async <T>(answer: T): Promise<T> => {
    await gate;
    return answer;
  };
  const sources = {
    subscriptions: (_user: UserKey, id?: string) =>
      read(stored.filter(({ conversation_id }) => id === undefined || conversation_id === id)),
    conversation: (_user: UserKey, id: string) => read({ id, created_at: at } as Conversation),
    // Never that of anything: each round looks closer.
    membershipDigests: () => read([{ user_id, digest: `${++digests}` }]),
    lastStateSeqs: () => read([{ user_id, last_state_seq: Math.max(0, ...own.map((one) => one.state_seq)) }]),
    ownChangesAfter: (_user: UserKey, stateSeq: number) => read(own.filter(({ state_seq }) => state_seq > stateSeq)),
    user: () => read(undefined),
    presenceWithheldFrom: () => read([]),
    presence: () => read(undefined),
    sharing: () => read([]),
    endedSessions: () => read([]),
    departures: (_user: UserKey, ids: readonly string[]) =>
      read(ids.map((conversation_id) => ({ conversation_id, left_reason: "left" as const, is_deleted: false }))),
    changesAfter: () => read({ last_change_seq: 0, up_to: 0, changes: [], stays: [] }),
    lastChangeSeqs: () => read([]),
    receiptsAfter: () => read({ last_receipt_seq: 0, receipts: [] }),
    lastProfileSeqs: () => read([]),
    profilesAfter: () => read([]),
  };
  const { hub, reconciler } = createRealtimeNode({ bus, sources, log });
  const received: string[] = [];
  const socket = {
    tenant_id,
    user_id,
    session_id: "session",
    sendEvent: (write: EventWriter) => {
      const { type, conversation_id } = JSON.parse(Buffer.concat(write(() => 1)).toString());
      received.push(`${type} ${conversation_id}`);
    },
    resync: (reason: string) => received.push(`resync ${reason}`),
    end: () => {},
  };
  await hub.join(socket, () => {});
  return {
    hub,
    reconciler,
    bus,
    own,
    received,
    add(conversation_id: string, window: object = {}): void {
      const visible = { visible_from_seq: 0, visible_to_seq: null, joined_change_seq: 0, ...window };
      stored.push({ conversation_id, last_seq: 0, last_change_seq: 0, last_receipt_seq: 0, ...visible });
    },
    remove: () => stored.splice(0),
    announce(conversation_id: string): void {
      const listed = {
        type: "conversation.created",
        tenant_id,
        conversation_id,
        change_seq: 0,
        last_seq: 0,
        at,
      } as const;
      publish(bus, channelOf.user(user_id), listed);
    },
    hold(): () => void {
      let release = (): void => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  };
}

describe("a conversation", () => {
  it("whose event comes while a comparison finds it is delivered once", async () => {
    const { reconciler, received, add, announce, hold } = await setUp();
    const release = hold();
    add("a");
    const comparison = reconciler.compare();
    announce("a");
    release();
    await comparison;
    await eventually(() => expect(received).toEqual(["conversation.created a"]));
    await reconciler.compare();
    expect(received).toEqual(["conversation.created a"]);
  });

  it("is not taken for gone because it came after what the comparison has read", async () => {
    const { reconciler, received, add, announce, hold } = await setUp();
    const comparison = reconciler.compare();
    // The announcement is through before the comparison goes on with its older answer.
    add("a");
    announce("a");
    await eventually(() => expect(received).toEqual(["conversation.created a"]));
    await comparison;
    const release = hold();
    const next = reconciler.compare();
    release();
    await next;
    expect(received).toEqual(["conversation.created a"]);
  });

  it("that is gone is followed no longer, and the client receives the reason", async () => {
    const { reconciler, received, add, remove } = await setUp();
    add("a");
    await reconciler.compare();
    remove();
    await reconciler.compare();
    await reconciler.compare();
    expect(received).toEqual(["conversation.created a", "conversation.removed a"]);
  });

  it("whose window has moved is delivered again", async () => {
    const { reconciler, received, add, remove } = await setUp();
    add("a");
    await reconciler.compare();
    remove();
    add("a", { visible_from_seq: 7 });
    await reconciler.compare();
    expect(received).toEqual(["conversation.created a", "conversation.created a"]);
  });
});

describe("user state", () => {
  const own = (conversation_id: string, state_seq: number): UserBusEvent => ({
    type: "conversation.state_updated",
    tenant_id,
    conversation_id,
    state_seq,
    at,
    data: {
      last_change_seq: 1,
      last_read_seq: 1,
      unread_count: 0,
      is_muted: true,
      muted_until: null,
      archived_at: null,
      capabilities: [],
    },
  });

  it("comes after the conversation, which has to be read first and may be older", async () => {
    const { bus, received, add, announce, hold } = await setUp();
    const release = hold();
    add("a");
    announce("a");
    publish(bus, channelOf.user(user_id), own("a", 1));
    await new Promise(setImmediate);
    expect(received).toEqual([]);
    release();
    await eventually(() => expect(received).toEqual(["conversation.created a", "conversation.state_updated a"]));
  });

  it("with an event is not missed; without one the client synchronises, once", async () => {
    const { reconciler, bus, received, add, own: changes } = await setUp();
    add("a");
    await reconciler.compare();
    changes.push({ subject_id: "a", state_seq: 1 });
    publish(bus, channelOf.user(user_id), own("a", 1));
    await reconciler.compare();
    expect(received.slice(1)).toEqual(["conversation.state_updated a"]);
    changes.push({ subject_id: "a message", state_seq: 2 });
    await reconciler.compare();
    await reconciler.compare();
    expect(received.slice(1)).toEqual(["conversation.state_updated a", "resync own_changes"]);
  });

  it("of a conversation that has ended for the user is not delivered", async () => {
    const { reconciler, bus, received, add, remove } = await setUp();
    add("a");
    await reconciler.compare();
    remove();
    await reconciler.compare();
    publish(bus, channelOf.user(user_id), own("a", 1));
    await reconciler.compare();
    expect(received).toEqual(["conversation.created a", "conversation.removed a"]);
  });

  it("is not undone by an earlier change whose event comes later", async () => {
    const { reconciler, bus, received, add } = await setUp();
    add("a");
    add("b");
    await reconciler.compare();
    received.splice(0);
    for (const [id, n] of [
      ["a", 2],
      ["a", 1],
      ["a", 2],
      ["b", 1],
      ["a", 3],
    ] as const) {
      publish(bus, channelOf.user(user_id), own(id, n));
    }
    const expected = ["a", "b", "a"].map((id) => `conversation.state_updated ${id}`);
    await eventually(() => expect(received).toEqual(expected));
  });
});

describe("a gap", () => {
  it("is reported to every socket", async () => {
    const { hub, received } = await setUp();
    hub.resync("bus_gap");
    expect(received).toEqual(["resync bus_gap"]);
  });
});
