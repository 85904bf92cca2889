import { afterEach, describe, expect, test, vi } from "vitest";
import { eventually } from "../../../../test/harness/waiting.js";
import { isVeroError } from "../../src/errors.js";
import { createStore, memoryStorage, type Store, type StoreOptions, type StoreStorage } from "../../src/store/index.js";
import { conversationId, FakeVero, me, refusal, unreachable } from "./vero.js";

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

function storeOf(fake: FakeVero, options: StoreOptions = {}): Store {
  const store = createStore(fake.client, options);
  stores.push(store);
  return store;
}

async function live(options: StoreOptions = {}, fake = new FakeVero()): Promise<{ fake: FakeVero; store: Store }> {
  const store = storeOf(fake, options);
  await store.start();
  fake.goLive();
  await eventually(() => expect(store.status.phase).toBe("live"));
  return { fake, store };
}

const withMessages = (count: number): FakeVero => {
  const fake = new FakeVero();
  for (let index = 0; index < count; index += 1) fake.service.send("user-a");
  return fake;
};

const unreadOf = (store: Store) => store.conversation(conversationId)?.me.unread_count;
const seqsOf = (store: Store) => store.messages(conversationId).items.map(({ seq }) => seq);

describe("selectors of a store", () => {
  test("answer the same object until something in it changes", async () => {
    const { fake, store } = await live({}, withMessages(3));
    store.open(conversationId);
    await eventually(() => expect(seqsOf(store)).toEqual([1, 2, 3]));
    const look = () => [
      store.conversations(),
      store.conversation(conversationId),
      store.messages(conversationId),
      store.messages(conversationId).items,
      store.participants(conversationId),
      store.unread(),
      store.typing(conversationId),
      store.blocks(),
    ];
    const before = look();
    const isSame = () => look().map((one, index) => one === before[index]);
    expect(isSame()).not.toContain(false);
    fake.deliver([{ t: "event", type: "media.ready", s: 1, at: "", data: { media: {} as never } }]);
    fake.emit("resync", { reason: "gap" });
    await eventually(() => expect(fake.count("messages.sync")).toBeGreaterThan(3));
    await eventually(() => expect(store.status.phase).toBe("live"));
    expect(isSame()).not.toContain(false);
    fake.deliver(fake.service.send("user-a"));
    expect(isSame()).toEqual([false, false, false, false, false, false, true, true]);
  });

  test("count what is unread, and show who is typing for six seconds", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"] });
    try {
      const { fake, store } = await live();
      fake.deliver(fake.service.send("user-a"));
      expect(store.unread()).toEqual({ total: 1, conversations: 1 });
      const data = { user_id: "user-b", is_typing: true, expires_at: "" };
      fake.emit("*", { t: "event", type: "typing", conversation_id: conversationId, at: "", data });
      expect(store.typing(conversationId)).toEqual(["user-b"]);
      // The listeners run in a microtask, and start the clock.
      await Promise.resolve();
      vi.advanceTimersByTime(6500);
      expect(store.typing(conversationId)).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("show a window without a gap, which grows at both ends and can be moved", async () => {
    const { store } = await live({ limits: { page: 10 } }, withMessages(60));
    store.open(conversationId);
    await eventually(() => expect(seqsOf(store).length).toBeGreaterThan(9));
    expect(store.messages(conversationId)).toMatchObject({
      hasOlder: true,
      hasNewer: false,
      firstUnreadSeq: undefined,
    });
    await store.jumpTo(conversationId, "first_unread");
    expect(seqsOf(store)[0]).toBe(1);
    expect(store.messages(conversationId)).toMatchObject({ hasOlder: false, hasNewer: true, firstUnreadSeq: 1 });
    await store.loadNewer(conversationId);
    expect(seqsOf(store)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    await store.jumpTo(conversationId, "latest");
    await store.loadOlder(conversationId);
    expect(seqsOf(store)).toEqual([...seqsOf(store)].sort((a, b) => a - b));
    for (let pages = 0; pages < 6; pages += 1) await store.loadOlder(conversationId);
    expect(seqsOf(store)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  test("hold no more messages of an open conversation than they may", async () => {
    const { fake, store } = await live({ limits: { page: 10, window: 30 } }, withMessages(100));
    store.open(conversationId);
    await eventually(() => expect(seqsOf(store).length).toBeGreaterThan(9));
    for (let pages = 0; pages < 10; pages += 1) await store.loadOlder(conversationId);
    expect(seqsOf(store)[0]).toBe(1);
    expect(seqsOf(store).length).toBeLessThanOrEqual(31);
    expect(store.messages(conversationId).hasNewer).toBe(true);
    expect(unreadOf(store)).toBe(fake.service.unread);
    fake.deliver(fake.service.send("user-a"));
    expect(unreadOf(store)).toBe(101);
    await store.jumpTo(conversationId, "latest");
    expect(seqsOf(store).at(-1)).toBe(101);
  });
});

describe("what a user does", () => {
  const key = { id: "message-1", conversation_id: conversationId, seq: 1 };
  const first = (store: Store) => store.messages(conversationId).items.find(({ seq }) => seq === 1);

  test.each([
    ["edit", "messages.edit", (store: Store) => store.edit(key, "changed"), (store: Store) => first(store)?.text],
    ["remove", "messages.delete", (store: Store) => store.remove(key, "for_me"), (store: Store) => first(store)?.seq],
    [
      "remove for everyone",
      "messages.delete",
      (store: Store) => store.remove(key, "for_everyone"),
      (store: Store) => first(store)?.deleted_at === null,
    ],
    [
      "react",
      "messages.react",
      (store: Store) => store.react(key, "👍"),
      (store: Store) => first(store)?.reactions.length,
    ],
    ["markRead", "conversations.mark_read", (store: Store) => store.markRead(conversationId), unreadOf],
    [
      "mute",
      "conversations.mute",
      (store: Store) => store.mute(conversationId),
      (store: Store) => store.conversation(conversationId)?.me.is_muted,
    ],
    [
      "archive",
      "conversations.archive",
      (store: Store) => store.archive(conversationId),
      (store: Store) => store.conversations("archived").items.length,
    ],
  ])("%s shows at once, and is taken back when the service refuses", async (_, operation, act, look) => {
    const { fake, store } = await live({}, withMessages(2));
    store.open(conversationId);
    await eventually(() => expect(seqsOf(store)).toEqual([1, 2]));
    const before = look(store);
    fake.before.set(operation, () => {
      throw refusal("forbidden");
    });
    const refused = act(store).catch((error: unknown) => error);
    expect(look(store)).not.toEqual(before);
    expect(isVeroError(await refused, "forbidden")).toBe(true);
    expect(look(store)).toEqual(before);
    fake.before.delete(operation);
    await act(store);
    expect(look(store)).not.toEqual(before);
  });

  test("reactions that are toggled twice at once arrive in their order", async () => {
    const { fake, store } = await live({}, withMessages(1));
    store.open(conversationId);
    await Promise.all([store.react(key, "👍"), store.react(key, "👍")]);
    expect(first(store)?.reactions).toEqual([]);
    expect(fake.count("messages.react")).toBe(2);
  });
});

describe("the outbox", () => {
  const textsOf = (fake: FakeVero) => fake.service.rows.map(({ message }) => message.text);

  test("sends in order, one after the other, and shows what is not sent yet", async () => {
    const { fake, store } = await live();
    for (const text of ["one", "two", "three"]) store.send({ conversation_id: conversationId, text });
    expect(store.messages(conversationId).unsent.map(({ text }) => text)).toEqual(["one", "two", "three"]);
    await eventually(() => expect(store.outbox(conversationId)).toEqual([]));
    expect(textsOf(fake)).toEqual(["one", "two", "three"]);
    expect(store.conversation(conversationId)?.last_message?.text).toBe("three");
  });

  test("keeps what could not be sent over a reload, and sends it under the same key once", async () => {
    const storage = memoryStorage();
    const { fake, store } = await live({ storage });
    // The service takes it, and the answer is lost.
    fake.lost.add("messages.send");
    fake.state = { status: "idle" };
    const keys = ["one", "two"].map((text) => store.send({ conversation_id: conversationId, text }));
    await eventually(() => expect(fake.count("messages.send")).toBe(1));
    await store.close();

    const next = storeOf(fake, { storage });
    await next.start();
    expect(next.outbox(conversationId).map(({ client_message_id: id }) => id)).toEqual(keys);
    fake.goLive();
    await eventually(() => expect(next.outbox(conversationId)).toEqual([]));
    expect(new Set(fake.inputs("messages.send").map((input) => input["client_message_id"]))).toEqual(new Set(keys));
    expect(textsOf(fake)).toEqual(["one", "two"]);
    await eventually(async () => expect(await storage.read(`${me}/outbox/`)).toEqual([]));
  });

  test("keeps a message that is refused with the reason, lets the next pass, and tries it again by hand", async () => {
    const storage = memoryStorage();
    const { fake, store } = await live({ storage });
    fake.before.set("messages.send", ({ text }: { text: string }) => {
      if (text === "one") throw refusal("you_blocked_user");
    });
    const [key = ""] = ["one", "two"].map((text) => store.send({ conversation_id: conversationId, text }));
    await eventually(() => expect(textsOf(fake)).toEqual(["two"]));
    expect(store.outbox(conversationId)).toMatchObject([{ status: "failed", error: { code: "you_blocked_user" } }]);
    await store.close();
    const next = storeOf(fake, { storage });
    await next.start();
    expect(next.outbox(conversationId)).toMatchObject([{ status: "failed", error: { code: "you_blocked_user" } }]);
    fake.before.clear();
    next.retry(key);
    await eventually(() => expect(textsOf(fake)).toEqual(["two", "one"]));
    expect(next.outbox(conversationId)).toEqual([]);
  });

  test("uploads files first, and does not upload again after a reload what is uploaded", async () => {
    const storage = memoryStorage();
    const { fake, store } = await live({ storage });
    fake.before.set("messages.send", () => {
      throw unreachable();
    });
    store.send({ conversation_id: conversationId, files: [new Blob(["a"]), new Blob(["bb"])] });
    await eventually(() => expect(fake.count("messages.send")).toBe(1));
    await store.close();
    fake.before.clear();
    const next = storeOf(fake, { storage });
    await next.start();
    await eventually(() => expect(next.outbox(conversationId)).toEqual([]));
    expect(fake.count("media.upload")).toBe(2);
    expect(fake.inputs("messages.send").at(-1)).toMatchObject({ media_ids: ["media-1", "media-2"] });
  });

  test("gives up a message that is discarded", async () => {
    const { fake, store } = await live();
    fake.goOffline();
    const key = store.send({ conversation_id: conversationId, text: "one" });
    await eventually(() => expect(fake.count("messages.send")).toBe(1));
    await eventually(() => expect(store.outbox(conversationId)[0]?.status).toBe("queued"));
    store.discard(key);
    expect(store.outbox(conversationId)).toEqual([]);
  });
});

describe("what a store keeps", () => {
  test("is there at once after a reload, also offline, and is caught up by sync alone", async () => {
    const storage = memoryStorage();
    const { fake, store } = await live({ storage }, withMessages(3));
    store.open(conversationId);
    await eventually(() => expect(seqsOf(store)).toEqual([1, 2, 3]));
    await store.close();
    expect(store.conversations().items).toEqual([]);

    fake.goOffline();
    fake.calls.length = 0;
    const next = storeOf(fake, { storage });
    await next.start();
    expect(seqsOf(next)).toEqual([1, 2, 3]);
    expect(next.status.phase).toBe("catching_up");
    expect(unreadOf(next)).toBe(3);
    fake.service.send("user-a");
    fake.service.edit(1);
    fake.service.read(me, 2);
    fake.goLive();
    await eventually(() => expect(next.status.phase).toBe("live"));
    expect(seqsOf(next)).toEqual([1, 2, 3, 4]);
    expect(next.messages(conversationId).items[0]?.text).toMatch(/^edited/);
    expect(unreadOf(next)).toBe(2);
    expect(fake.calls.map(({ operation }) => operation)).not.toContain("conversations.list");
    expect(fake.calls.map(({ operation }) => operation)).not.toContain("messages.list");
  });

  test("is not shown to another user, neither from the storage nor when they sign in meanwhile", async () => {
    const storage = memoryStorage();
    const { fake, store } = await live({ storage }, withMessages(1));
    expect(store.conversations().items).toHaveLength(1);
    fake.userId = "user-a";
    fake.state = { status: "idle" };
    fake.emit("state", fake.state);
    expect(store.conversations("all").items).toEqual([]);
    expect(store.status).toMatchObject({ phase: "idle", userId: undefined });
    fake.goOffline();
    await store.start();
    expect(store.status.userId).toBe("user-a");
    expect(store.conversations("all").items).toEqual([]);
    expect(store.conversation(conversationId)).toBeUndefined();
  });

  test("is forgotten by clear", async () => {
    const storage = memoryStorage();
    const { store } = await live({ storage }, withMessages(1));
    await store.close();
    expect(await storage.read("")).not.toEqual([]);
    await store.start();
    await store.clear();
    expect(await storage.read("")).toEqual([]);
  });

  test.each([
    ["that cannot be read", { read: true }],
    ["that is full", { read: false }],
  ])("does without a storage %s, and says so", async (_, { read }) => {
    const full = new Error("QuotaExceededError");
    let isBroken = true;
    const memory = memoryStorage();
    const broken: StoreStorage = {
      read: async (prefix) => (read && isBroken ? Promise.reject(full) : memory.read(prefix)),
      write: async (entries) => (isBroken ? Promise.reject(full) : memory.write(entries)),
    };
    const { fake, store } = await live({ storage: broken }, withMessages(1));
    store.send({ conversation_id: conversationId, text: "all the same" });
    await eventually(() => expect(fake.service.rows.at(-1)?.message.text).toBe("all the same"));
    await eventually(() => expect(store.status).toMatchObject({ storage: "failed", storageError: full }));
    expect(store.conversation(conversationId)?.last_message?.text).toBe("all the same");
    isBroken = false;
    fake.deliver(fake.service.send("user-a"));
    await eventually(() => expect(store.status.storage).toBe("ready"));
    expect(await memory.read(`${me}/conversations/`)).toHaveLength(1);
  });
});

describe("catching up", () => {
  test("applies the events that arrive meanwhile after the answers of sync", async () => {
    const { fake, store } = await live({}, withMessages(2));
    let answer: () => void = () => {};
    fake.before.set("messages.sync", () => new Promise<void>((resolve) => (answer = resolve)));
    // Lost, and known to be.
    fake.service.send("user-a");
    fake.emit("resync", { reason: "gap" });
    fake.deliver(fake.service.send("user-a"));
    expect(store.conversation(conversationId)?.last_seq).toBe(2);
    fake.before.delete("messages.sync");
    answer();
    await eventually(() => expect(store.status.phase).toBe("live"));
    store.open(conversationId);
    await eventually(() => expect(seqsOf(store)).toEqual([1, 2, 3, 4]));
    expect(unreadOf(store)).toBe(4);
  });

  test("is tried again after failures", async () => {
    const fake = withMessages(1);
    fake.goOffline();
    const store = storeOf(fake);
    await store.start();
    await eventually(() => expect(store.status).toMatchObject({ phase: "loading", error: { code: "network_error" } }));
    fake.goLive();
    await eventually(() => expect(store.status).toMatchObject({ phase: "live", error: undefined }));
    expect(store.conversations().items).toHaveLength(1);
  });

  test("throws when nobody is signed in", async () => {
    const fake = new FakeVero();
    fake.userId = undefined;
    await expect(storeOf(fake).start()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("fetches the newest message of a conversation when it was hidden and the one before is not held", async () => {
    const { fake, store } = await live({}, withMessages(5));
    expect(store.conversation(conversationId)?.last_message?.seq).toBe(5);
    fake.deliver(fake.service.deleteForMe(5));
    await eventually(() => expect(store.conversation(conversationId)?.last_message?.seq).toBe(4));
    expect(unreadOf(store)).toBe(4);
  });
});
