import { randomUUID } from "node:crypto";
import type { Media, Message } from "@vero/contracts";
import type { StoredFile } from "@vero/db";
import { type BusEvent, channelOf, createMemoryBus, type MessageWith, type Received } from "@vero/server";
import { describe, expect, it } from "vitest";
import { eventually } from "../../../test/harness/waiting.js";
import type { PendingEvent } from "../src/events/events.pending.js";
import { createPublisher } from "../src/events/events.publisher.js";
import { log } from "./database.setup.js";
import { message } from "./feeds.setup.js";

const [tenant_id, conversation_id, user_id] = [randomUUID(), randomUUID(), randomUUID()];
const at = "2026-03-01T12:00:00.000Z";
const file = { id: "file" } as StoredFile;
const redactions = {
  hidden_from: [],
  reply_hidden_from: [],
  blocked_by: [],
  origin_visible_to: [],
  reacted_by: [],
  reactions_shown: [],
};

const sent = (change_seq: number, attachments: StoredFile[] = []): PendingEvent => {
  const stored = { ...message(change_seq), attachments };
  const envelope = { tenant_id, conversation_id, change_seq, at };
  return {
    to: "conversation",
    event: { type: "message.created", ...envelope, data: { message: stored }, redactions },
  };
};
const uploaded: PendingEvent = {
  to: "user",
  user_id,
  event: { type: "media.ready", tenant_id, at, data: { media: file } },
};

/** A publisher over files whose URLs take a while to make, or cannot be made; with what listeners receive. */
function setUp({ isStoreAway = false } = {}) {
  const bus = createMemoryBus(log);
  const received: Received<BusEvent>[] = [];
  bus.subscribe(channelOf.conversation(conversation_id), (event) => received.push(event));
  bus.subscribe(channelOf.user(user_id), (event) => received.push(event));
  const media = async ({ id }: StoredFile): Promise<Media> => {
    await new Promise(setImmediate);
    if (isStoreAway) throw new Error("the store is away");
    return { id, cdn_url: "https://files.example/file" } as Media;
  };
  const urls = {
    media,
    message: async (stored: MessageWith<StoredFile>): Promise<Message> => ({
      ...stored,
      attachments: await Promise.all(stored.attachments.map(media)),
    }),
  };
  return { publish: createPublisher({ bus, urls, log }), received };
}

describe("the publisher", () => {
  it("keeps the order of the events, also where some of them have to wait for the URLs of their files", async () => {
    const { publish, received } = setUp();
    await publish([sent(1), sent(2, [file]), sent(3), uploaded, sent(4)]);
    await eventually(() => expect(received).toHaveLength(5));
    expect(received.map((event) => ("change_seq" in event ? event.change_seq : event.type))).toEqual([
      1,
      2,
      3,
      "media.ready",
      4,
    ]);
  });

  it("attaches the URLs of files, of messages and of uploads", async () => {
    const { publish, received } = setUp();
    await publish([sent(1, [file]), uploaded]);
    const url = { cdn_url: "https://files.example/file" };
    await eventually(() => expect(received).toHaveLength(2));
    expect(received[0]).toMatchObject({ data: { message: { attachments: [url] } }, redactions });
    expect(received[1]).toMatchObject({ data: { media: url } });
  });

  it("publishes messages without their data where URLs cannot be made, leaves files out, and does not fail", async () => {
    const { publish, received } = setUp({ isStoreAway: true });
    await publish([sent(1, [file]), uploaded, sent(2)]);
    await eventually(() => expect(received).toHaveLength(2));
    expect(received.map(({ data }) => data === undefined)).toEqual([true, false]);
    expect(received[0]).toMatchObject({ type: "message.created", conversation_id, change_seq: 1 });
  });

  it("publishes in the same tick what has no files, so that no later change overtakes it", async () => {
    const { publish, received } = setUp();
    const [first, second] = [publish([sent(1), sent(2)]), publish([sent(3)])];
    await Promise.all([first, second]);
    await eventually(() =>
      expect(received.map((event) => "change_seq" in event && event.change_seq)).toEqual([1, 2, 3]),
    );
  });
});
