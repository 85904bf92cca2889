import { Window } from "happy-dom";
import { act, createElement, type ReactNode, StrictMode, Suspense, use, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../../test/harness/waiting.js";
import {
  useConnection,
  useConversation,
  useConversations,
  useMessages,
  useParticipants,
  usePresence,
  useSearch,
  useSendMessage,
  useStoreStatus,
  useTyping,
  useUnread,
  useUpload,
  VeroProvider,
} from "../../src/react/index.js";
import { createStore, type Store } from "../../src/store/index.js";
import { conversationId, FakeVero } from "../store/vero.js";

const globals = globalThis as Record<string, unknown>;
const before = { window: globals["window"], document: globals["document"] };
let page: Window;
let root: Root | undefined;
const stores: Store[] = [];
beforeAll(() => {
  page = new Window();
  Object.assign(globals, { window: page, document: page.document, IS_REACT_ACT_ENVIRONMENT: true });
});
afterEach(async () => {
  await act(async () => root?.unmount());
  root = undefined;
  for (const store of stores.splice(0)) await store.close();
});
afterAll(async () => {
  await page.happyDOM.close();
  Object.assign(globals, { ...before, IS_REACT_ACT_ENVIRONMENT: false });
});

async function live() {
  const fake = new FakeVero();
  for (let count = 0; count < 3; count += 1) fake.service.send("user-a");
  const vero = fake.client;
  const store = createStore(vero);
  stores.push(store);
  await store.start();
  fake.goLive();
  await eventually(() => expect(store.status.phase).toBe("live"));
  return { fake, store, vero };
}

/** Shows what a hook answers, and counts the renders. */
async function show<T>(hook: () => T, { isStrict = false } = {}) {
  const { fake, store, vero } = await live();
  const seen: T[] = [];
  const Probe = (): ReactNode => {
    seen.push(hook());
    return null;
  };
  const tree = createElement(VeroProvider, { vero, store }, createElement(Probe));
  root = createRoot(page.document.createElement("div") as never);
  await act(async () => root?.render(isStrict ? createElement(StrictMode, null, tree) : tree));
  return { fake, store, seen, last: () => seen.at(-1) as T };
}

/** A promise that is resolved from outside. */
function promised<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((how) => {
    resolve = how;
  });
  return { promise, resolve };
}

const unrelated = (fake: FakeVero) =>
  act(async () => fake.deliver([{ t: "event", type: "media.ready", s: 1, at: "", data: { media: {} as never } }]));

describe("the hooks", () => {
  test.each<[string, () => unknown, (fake: FakeVero) => void]>([
    ["useConversations", () => useConversations(), (fake) => fake.deliver(fake.service.send("user-a"))],
    ["useConversation", () => useConversation(conversationId), (fake) => fake.deliver(fake.service.rename().slice(1))],
    [
      "useParticipants",
      () => useParticipants(conversationId),
      (fake) => fake.deliver(fake.service.addMember("user-c").slice(0, 1)),
    ],
    ["useUnread", () => useUnread(), (fake) => fake.deliver(fake.service.send("user-a"))],
    ["useUnread of one", () => useUnread(conversationId), (fake) => fake.deliver(fake.service.send("user-a"))],
    [
      "useTyping",
      () => useTyping(conversationId),
      (fake) =>
        fake.emit("*", {
          type: "typing",
          conversation_id: conversationId,
          data: { user_id: "user-b", is_typing: true },
        }),
    ],
    [
      "usePresence",
      () => usePresence("user-a"),
      (fake) =>
        fake.emit("*", {
          type: "presence.changed",
          data: { user_id: "user-a", is_online: true, last_seen_at: null, availability: "online" },
        }),
    ],
    ["useConnection", () => useConnection(), (fake) => fake.goOffline()],
    ["useStoreStatus", () => useStoreStatus(), (fake) => fake.goOffline()],
  ])("%s renders once for a change of its own, and not for others", async (_, hook, change) => {
    const { fake, seen } = await show(hook);
    const count = seen.length;
    await unrelated(fake);
    expect(seen).toHaveLength(count);
    await act(async () => change(fake));
    expect(seen).toHaveLength(count + 1);
    expect(seen.at(-1)).not.toEqual(seen.at(-2));
  });

  test("useMessages opens the conversation while it is shown, in StrictMode too, and renders once for a message", async () => {
    const { fake, seen, last, store } = await show(() => useMessages(conversationId), { isStrict: true });
    await act(async () => {
      await eventually(() => expect(store.messages(conversationId).items).toHaveLength(3));
    });
    expect(last().items.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(last().firstUnreadSeq).toBe(1);
    const lists = new Set(seen);
    await unrelated(fake);
    expect(new Set(seen)).toEqual(lists);
    await act(async () => fake.deliver(fake.service.send("user-a")));
    expect(last().items).toHaveLength(4);
  });

  test("useSendMessage shows what is not sent yet", async () => {
    const { fake, last } = await show(() => useSendMessage(conversationId));
    fake.isReachable = false;
    await act(async () => void last().send("hello"));
    expect(last().unsent).toMatchObject([{ text: "hello" }]);
    fake.isReachable = true;
    await act(async () => {
      fake.goLive();
      await eventually(() => expect(fake.service.rows.at(-1)?.message.text).toBe("hello"));
    });
    await eventually(() => expect(last().unsent).toEqual([]));
  });

  test("useUpload and useSearch begin with nothing, and render once", async () => {
    const { seen, last } = await show(() => ({ upload: useUpload(), search: useSearch("") }));
    expect(last().upload).toMatchObject({ status: "idle", progress: 0 });
    expect(last().search).toMatchObject({ items: [], isLoading: false, hasMore: false });
    expect(seen).toHaveLength(1);
    await act(async () => void (await last().upload.upload(new Blob(["a"]))));
    expect(last().upload).toMatchObject({ status: "done", progress: 1, media: { id: "media-1" } });
  });

  test("useSearch shows the answer to the last text, however late the one before arrives, and loads more", async () => {
    const { fake, last } = await show(() => {
      const [q, setQ] = useState("");
      return { setQ, search: useSearch(q, { delayMs: 0 }) };
    });
    const late = promised<void>();
    fake.before.set("messages.search", ({ q }: { q: string }) => (q === "late" ? late.promise : undefined));
    await act(async () => {
      last().setQ("late");
    });
    await act(() => eventually(() => expect(fake.count("messages.search")).toBe(1)));
    await act(async () => {
      last().setQ(" hello ");
    });
    await act(() => eventually(() => expect(fake.count("messages.search")).toBe(2)));
    await eventually(() =>
      expect(last().search).toMatchObject({ items: ["hello 1"], isLoading: false, hasMore: true }),
    );
    await act(async () => late.resolve());
    await act(() => last().search.loadMore());
    expect(last().search).toMatchObject({ items: ["hello 1", "hello 2"], isLoading: false, hasMore: false });
    await act(async () => {
      last().setQ("");
    });
    expect(last().search.items).toEqual([]);
    expect(fake.count("messages.search")).toBe(3);
  });

  test("a list that is shown again after it was suspended has what arrived meanwhile", async () => {
    const { fake, store, vero } = await live();
    const chunk = promised<string>();
    const Count = (): ReactNode => `${useMessages(conversationId).items.length}${use(chunk.promise)}`;
    const list = createElement(Suspense, { fallback: "loading" }, createElement(Count));
    const place = page.document.createElement("div");
    root = createRoot(place as never);
    await act(async () => root?.render(createElement(VeroProvider, { vero, store }, list)));
    expect(place.textContent).toBe("loading");
    await act(async () => fake.deliver(fake.service.send("user-a")));
    await act(async () => chunk.resolve(" messages"));
    await eventually(() => expect(place.textContent).toBe("4 messages"));
  });

  test("servers render an empty store", async () => {
    const { store, vero } = await live();
    const Count = (): ReactNode => String(useConversations().items.length);
    expect(renderToString(createElement(VeroProvider, { vero, store }, createElement(Count)))).toBe("0");
  });
});
