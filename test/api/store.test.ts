import { createVero, type Message, type Vero } from "@vero/sdk";
import { createStore, memoryStorage, type Store } from "@vero/sdk/store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Stack, startStack } from "../harness/stack.js";
import { eventually } from "../harness/waiting.js";

let stack: Stack;
const open: { vero: Vero; store: Store }[] = [];
beforeAll(async () => {
  stack = await startStack();
});
afterAll(async () => {
  for (const { vero, store } of open) {
    await store.close();
    vero.close();
  }
  await stack.close();
});

interface Client {
  vero: Vero;
  store: Store;
  id: string;
}

const password = "a passphrase for tests";
const emailOf = (name: string): string => `${name}.${Math.random().toString(36).slice(2)}@example.com`;

async function client(display_name: string, how: { tenant_name: string } | { invite_token: string }): Promise<Client> {
  const vero = createVero({ baseUrl: stack.url });
  const { user } = await vero.auth.signup({ email: emailOf(display_name), password, display_name, ...how });
  const store = createStore(vero, { storage: memoryStorage() });
  open.push({ vero, store });
  return { vero, store, id: user.id };
}

async function workspace() {
  const ada = await client("Ada", { tenant_name: "Engines" });
  const join = async (name: string) => {
    const { token: invite_token } = await ada.vero.auth.createInvite({ role: "member" });
    return client(name, { invite_token });
  };
  const [grace, linus] = [await join("Grace"), await join("Linus")];
  await Promise.all([ada, grace].map(({ store }) => store.start()));
  return { ada, grace, linus };
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of list) items.push(item);
  return items;
}

/** Presence is ephemeral, numbers of receipts come with sync alone, and URLs are signed anew from time to time. */
const transient = new Set(["is_online", "last_seen_at", "last_receipt_seq", "last_change_seq", "urls_expire_at"]);
const urls = new Set(["cdn_url", "thumbnail_url"]);

const canonical = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, one) => {
      if (transient.has(key) || urls.has(key)) return undefined;
      if (typeof one !== "object" || one === null || Array.isArray(one)) return one;
      return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));
    }),
  );

const byId = <T>(items: readonly T[], idOf: (one: T) => string): Record<string, T> =>
  Object.fromEntries(items.map((one) => [idOf(one), one]));

/** What the service answers to a client that knows nothing. */
async function fresh({ vero }: Client): Promise<unknown> {
  const conversations = await all(vero.paginate(vero.conversations.list, { filter: "all" }));
  const details = await Promise.all(
    conversations.map(async (conversation) => ({
      conversation,
      messages: await all(vero.paginate(vero.messages.list, { id: conversation.id, after_seq: 0 })),
      participants: byId(
        await all(vero.paginate(vero.participants.list, { id: conversation.id })),
        (one) => one.user.id,
      ),
    })),
  );
  const blocks = await all(vero.paginate(vero.users.listBlocks, {}));
  return canonical({
    order: conversations.map(({ id }) => id),
    details: byId(details, (one) => one.conversation.id),
    blocks: byId(blocks, (one) => one.user.id),
    unread: (await vero.conversations.listUnread()).total_unread,
  });
}

/** What the store shows. */
function held({ store }: Client): unknown {
  const { items } = store.conversations("all");
  const details = items.map((conversation) => ({
    conversation,
    messages: store.messages(conversation.id).items,
    participants: byId(store.participants(conversation.id).items, (one) => one.user.id),
  }));
  return canonical({
    order: items.map(({ id }) => id),
    details: byId(details, (one) => one.conversation.id),
    blocks: byId(store.blocks(), (one) => one.user.id),
    unread: store.unread().total,
  });
}

const isAsItIs = (who: Client) =>
  eventually(async () => expect(held(who)).toEqual(await fresh(who)), "the store to be as it is");

async function sent({ store }: Client, conversation_id: string, text: string, more = {}): Promise<Message> {
  const key = store.send({ conversation_id, text, ...more });
  await eventually(() =>
    expect(store.outbox(conversation_id).some((one) => one.client_message_id === key)).toBe(false),
  );
  return store.messages(conversation_id).items.find((one) => one.client_message_id === key) as Message;
}

const message = ({ store }: Client, id: string, text: string): Message =>
  store.messages(id).items.find((one) => one.text === text) as Message;

describe("two stores against the real service", () => {
  it("show each other's doings at once, and in the end what a fresh fetch shows", async () => {
    const { ada, grace, linus } = await workspace();
    const group = await ada.vero.conversations.create({
      type: "group",
      name: "Compilers",
      participant_ids: [grace.id],
    });
    const direct = await ada.vero.conversations.create({ type: "direct", participant_ids: [grace.id] });
    for (const { store } of [ada, grace]) for (const { id } of [group, direct]) store.open(id);

    await sent(ada, group.id, "one");
    await eventually(() => expect(grace.store.conversation(group.id)?.me.unread_count).toBe(1));
    const one = message(grace, group.id, "one");
    await sent(grace, group.id, "two", { reply_to: one });
    await sent(ada, direct.id, "hello");
    await grace.store.react(one, "👍");
    await eventually(() => expect(message(ada, group.id, "one").reactions).toMatchObject([{ emoji: "👍", count: 1 }]));

    await ada.store.edit(message(ada, group.id, "one"), "one, edited");
    await eventually(() => expect(grace.store.messages(group.id).items.at(-1)?.reply_to?.text).toBe("one, edited"));
    await ada.vero.participants.add({ id: group.id, user_ids: [linus.id], history: "all" });
    await linus.vero.messages.send({ conversation_id: group.id, text: "three" });
    await linus.vero.messages.send({ conversation_id: group.id, text: "four" });
    await eventually(() => expect(ada.store.conversation(group.id)?.me.unread_count).toBe(3));
    await eventually(() => expect(ada.store.unread()).toEqual({ total: 3, conversations: 1 }));
    await ada.store.remove(message(ada, group.id, "three"), "for_me");
    await ada.store.remove(message(ada, group.id, "four"), "for_everyone");
    await eventually(() => expect(ada.store.conversation(group.id)?.me.unread_count).toBe(1));

    await grace.store.markRead(direct.id);
    await grace.store.mute(direct.id);
    await ada.store.archive(direct.id);
    await ada.store.block(linus.id);
    await linus.vero.messages.send({ conversation_id: group.id, text: "five" });
    await linus.vero.auth.updateProfile({ display_name: "Linus the second" });
    await Promise.all([isAsItIs(ada), isAsItIs(grace)]);
    await ada.store.unblock(linus.id);
    await ada.vero.participants.remove({ id: group.id, userId: linus.id });
    await Promise.all([isAsItIs(ada), isAsItIs(grace)]);
    await ada.vero.participants.remove({ id: group.id, userId: grace.id });
    await eventually(() => expect(grace.store.conversation(group.id)).toBeUndefined());
    await ada.vero.participants.add({ id: group.id, user_ids: [grace.id] });
    await ada.vero.conversations.delete({ id: direct.id });
    await sent(grace, direct.id, "again");
    await Promise.all([isAsItIs(ada), isAsItIs(grace)]);
  });
});
