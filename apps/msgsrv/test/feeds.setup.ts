import { randomUUID } from "node:crypto";
import type { Message } from "@vero/contracts";
import { channelOf, createLogger, createMemoryBus, type SharedMessage } from "@vero/server";
import { publish } from "@vero/server/publish";
import { expect } from "vitest";
import { eventually } from "../../../test/harness/waiting.js";
import { createFeeds } from "../src/realtime/realtime.feeds.js";
import type { Change, Stay } from "../src/realtime/realtime.sources.js";
import type { Recipient, Subscriber } from "../src/realtime/realtime.subscriber.js";

const log = createLogger({ level: "silent", name: "test" });
export const id = randomUUID();
const tenant_id = randomUUID();
const at = "2026-03-01T12:00:00.000Z";
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);

export const message = (seq: number, change_seq = seq): Message => ({
  id: `message ${seq}`,
  conversation_id: id,
  seq,
  change_seq,
  sender_id: randomUUID(),
  client_message_id: null,
  type: "text",
  text: `${seq}`,
  attachments: [],
  reply_to: null,
  mentions: [],
  reactions: [],
  forwarded_from: null,
  system: null,
  metadata: {},
  created_at: at,
  edited_at: seq === change_seq ? null : at,
  deleted_at: null,
  from_blocked_user: false,
});

const shared = (one: Message): SharedMessage => ({
  message: one,
  redactions: {
    hidden_from: [],
    reply_hidden_from: [],
    blocked_by: [],
    reactions_shown: [],
    origin_visible_to: [],
    reacted_by: [],
  },
});

export const changeOf = (one: Message): Change => ({
  kind: "message",
  change_seq: one.change_seq,
  at,
  shared: shared(one),
});

/** The event of a new message as the bus brings it. */
export const wholeEvent = (one: Message) => {
  const { message, redactions } = shared(one);
  const envelope = { tenant_id, conversation_id: id, change_seq: one.change_seq, at };
  return { type: "message.created", ...envelope, data: { message }, redactions } as const;
};

/** A recipient that lists the kind and the change_seq of each event that it receives. */
export function recipient(user_id = "somebody"): Recipient & { received: string[] } {
  const received: string[] = [];
  return {
    received,
    user_id,
    left: () => {},
    waitFor: () => {},
    resync: (reason) => received.push(`resync ${reason}`),
    deliver: (write) => {
      const { type, change_seq } = JSON.parse(Buffer.concat(write(() => 1)).toString());
      received.push(`${type.replace("message.", "")} ${change_seq}`);
    },
  };
}
export const created = (...seqs: number[]): string[] => seqs.map((seq) => `created ${seq}`);

/** Feeds over a conversation that is an array; a read can be held up until the test lets it go. */
export function setUp() {
  const stored: Message[] = [];
  const departures: Change[] = [];
  const stays: Stay[] = [];
  const reads: number[] = [];
  let gate: Promise<void> = Promise.resolve();
  let reachable = true;
  const bus = createMemoryBus(log);
  const last = (): number => Math.max(0, ...stored.map(({ change_seq }) => change_seq));
  const feeds = createFeeds({
    bus,
    log,
    sources: {
      async changesAfter(_key, { changeSeq, limit }) {
        if (!reachable) throw new Error("the database is away");
        reads.push(changeSeq);
        const newer = stored.filter(({ change_seq }) => change_seq > changeSeq);
        const messages = newer.sort((a, b) => a.change_seq - b.change_seq).slice(0, limit);
        const departed = departures.filter(({ change_seq }) => change_seq > changeSeq);
        const changes = [...messages.map(changeOf), ...departed].sort((a, b) => a.change_seq - b.change_seq);
        const up_to = messages.length < limit ? last() : (messages.at(-1)?.change_seq ?? changeSeq);
        const answer = { last_change_seq: last(), up_to, changes, stays: [...stays] };
        await gate;
        return answer;
      },
      lastChangeSeqs: async (_tenant, ids) =>
        ids.map((one) => ({ id: one, last_change_seq: last(), last_receipt_seq: 0 })),
      receiptsAfter: async () => ({ last_receipt_seq: 0, receipts: [] }),
    },
  });
  return {
    stored,
    reads,
    stays,
    depart(user_id: string, change_seq: number): void {
      departures.push({ kind: "participant_removed", change_seq, at, user_id, reason: "left" });
    },
    feeds,
    setReachable: (value: boolean) => {
      reachable = value;
    },
    /** Reads that begin from now on wait for the returned function to be called. */
    hold(): () => void {
      let release = (): void => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    write: (...messages: Message[]) => stored.push(...messages),
    announce(one: Message, { whole = true } = {}): void {
      const { data: _, redactions: __, ...hint } = wholeEvent(one);
      publish(bus, channelOf.conversation(id), whole ? wholeEvent(one) : hint);
    },
    follow(one: ReturnType<typeof recipient>, change_seq = last(), window: object = {}): Subscriber {
      one.left = () => {
        one.received.push("left");
        subscriber.remove();
      };
      const subscription = { conversation_id: id, last_seq: change_seq, last_change_seq: change_seq };
      const subscriber = feeds.follow(one, tenant_id, {
        ...subscription,
        last_receipt_seq: 0,
        visible_from_seq: 0,
        visible_to_seq: null,
        joined_change_seq: 0,
        ...window,
      });
      return subscriber;
    },
  };
}

export const receives = (one: { received: string[] }, expected: string[]) =>
  eventually(() => expect(one.received).toEqual(expected));
