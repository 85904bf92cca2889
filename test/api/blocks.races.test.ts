import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { type Draft, insertBlock, insertMessages, lockPair, lockUsers, openDatabase } from "@vero/db";
import { lockConversation } from "@vero/db/conversation-log";
import { readConfig, serveStandalone } from "@vero/standalone";
import { beforeEach, describe, expect, it } from "vitest";
import { block, cursorOf, deleteMessage, edit, react, sync, unblock } from "../harness/actions.js";
import { call } from "../harness/client.js";
import { withoutNotifications } from "../harness/database.js";
import { conversationOf, messageOf } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { unhurried, waitFor } from "../harness/waiting.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let blocker: Person;
let blocked: Person;
let direct: Conversation;
let group: Conversation;
beforeEach(async () => {
  const { ada, stack } = workspace;
  blocker = await invite(stack, ada, "Blocker");
  blocked = await invite(stack, ada, "Blocked");
  direct = await directBetween(blocked, blocker);
  group = await groupOf(ada, [blocker, blocked]);
});

const blocksOf = async (by: Person): Promise<string[]> =>
  (await by.call<{ items: { user: { id: string } }[] }>("GET /v1/chat/blocks")).body.items.map(({ user }) => user.id);
const textsOf = async (by: Person): Promise<(string | null)[]> =>
  (await historyOf(by, direct.id)).map(({ text }) => text);
const presences = (frames: readonly Frame[]): boolean[] =>
  frames.filter(({ type }) => type === "presence.changed").map(({ data }) => data.is_online);

describe("block and unblock, many times at once", () => {
  it("leave one state, which everybody has received", async () => {
    const user_cursor = await cursorOf(blocker);
    await withSockets(workspace.stack, [blocker, blocked], async (own, theirs) => {
      const answers = await Promise.all(
        upTo(20).map((n) => (n % 2 === 0 ? block(blocker, blocked) : unblock(blocker, blocked))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
      const isBlocked = (await blocksOf(blocker)).includes(blocked.id);
      const { body } = await sync(blocker, [], { user_cursor });
      expect(body.blocked.map(({ user }) => user.id)).toEqual(isBlocked ? [blocked.id] : []);
      expect((await conversationOf(blocker, direct.id)).me.capabilities.includes("send")).toBe(!isBlocked);
      // By turns, and the last is what is.
      const { id } = await say(workspace.ada, group.id, "after it");
      for (const socket of [own, theirs]) {
        await socket.event("message.created", ({ data }) => data.message.id === id);
      }
      const blockEvents = own.events().filter(({ type }) => type.startsWith("block."));
      expect(blockEvents.map(({ type }) => type)).toEqual(
        blockEvents.map((_, index) => (index % 2 === 0 ? "block.created" : "block.removed")),
      );
      expect(blockEvents.at(-1)?.["type"] === "block.created").toBe(isBlocked);
      // Before that the other came.
      expect(presences(theirs.frames).slice(-blockEvents.length)).toEqual(
        blockEvents.map(({ type }) => type === "block.removed"),
      );
    });
  });

  it("of both sides end in everybody being notified that the other is there", async () => {
    await withSockets(workspace.stack, [blocker, blocked], async (...sockets) => {
      for (const _ of upTo(8)) {
        await Promise.all([block(blocker, blocked), block(blocked, blocker)]);
        await Promise.all([unblock(blocker, blocked), unblock(blocked, blocker)]);
      }
      const { id } = await say(workspace.ada, group.id, "after it");
      for (const socket of sockets) {
        await socket.event("message.created", ({ data }) => data.message.id === id);
        // Away and back, each once; before that the other came.
        expect(presences(socket.frames).slice(-16)).toEqual(upTo(16).map((n) => n % 2 === 0));
      }
    });
  });

  it("do not get in the way of what both do meanwhile, of which nothing happens by halves", async () => {
    const { stack } = workspace;
    const old = await say(blocker, direct.id, "from before");
    const conversationIds = [direct.id, group.id];
    const statuses: number[] = [];
    const codes = new Set<unknown>();
    const note = ({ status, body }: { status: number; body: unknown }): void => {
      statuses.push(status);
      if (status >= 400) codes.add((body as { code: string }).code);
    };
    const storm = async (by: Person): Promise<void> => {
      for (const n of upTo(8)) {
        const sent = await Promise.all(
          conversationIds.map((conversation_id) =>
            by.call<Message>("POST /v1/chat/messages/send", {
              body: { conversation_id, text: `${n} of ${by.me.display_name}` },
            }),
          ),
        );
        for (const answer of sent) note(answer);
        const { seq = 1 } = sent[0]?.body ?? {};
        await Promise.all([
          ...conversationIds.map((id) => by.call(`POST /v1/chat/conversations/${id}/mute`, { body: {} }).then(note)),
          by.call(`POST /v1/chat/conversations/${direct.id}/read`, { body: { seq } }).then(note),
          by.call(`DELETE /v1/chat/conversations/${direct.id}/mute`).then(note),
          react(by, old.id, "👍").then(note),
        ]);
      }
    };
    await withSockets(stack, [blocker], async (own) => {
      const toggling = (async () => {
        for (const n of upTo(24)) note(await (n % 2 === 1 ? block : unblock)(blocker, blocked));
      })();
      await Promise.all([storm(blocker), storm(blocked), toggling]);
      expect([...codes].filter((code) => code !== "you_blocked_user")).toEqual([]);
      expect(new Set(statuses.filter((status) => status >= 400 && status !== 403))).toEqual(new Set());
      const last = await say(workspace.ada, group.id, "after it");
      await own.event("message.created", ({ data }) => data.message.id === last.id);
      for (const id of conversationIds) {
        const mine = await historyOf(blocker, id);
        const received = own.events("message.created").filter(({ conversation_id }) => conversation_id === id);
        expect(received.map(({ data }) => [data.message.seq, data.message.from_blocked_user])).toEqual(
          mine.slice(id === direct.id ? 1 : 0).map(({ seq, from_blocked_user }) => [seq, from_blocked_user]),
        );
        const { last_read_seq, unread_count } = (await conversationOf(blocker, id)).me;
        const unread = mine.filter(
          ({ seq, sender_id, from_blocked_user }) =>
            seq > last_read_seq && sender_id !== blocker.id && !from_blocked_user,
        );
        expect(unread_count).toBe(unread.length);
        // The blocked side has every message that was acknowledged.
        const theirs = (await historyOf(blocked, id)).filter(({ sender_id }) => sender_id === blocked.id);
        expect(theirs).toHaveLength(8);
      }
    });
  });
});

describe("a conversation that is created while a block begins", () => {
  /** Begins a block, and commits it when what is done meanwhile has ended or waits for it. */
  async function whileBlocking(by: Person, other: Person, work: () => Promise<Conversation>): Promise<Conversation> {
    const database = openDatabase({ url: workspace.stack.database.url, max: 1 });
    const tenant_id = by.me.tenant.id;
    const key = { tenant_id, blocker_id: by.id, blocked_id: other.id };
    let working: Promise<Conversation> | undefined;
    await database.transaction(async (tx) => {
      await lockPair(tx, key);
      await lockUsers(tx, tenant_id, [by.id, other.id], "no key update");
      await insertBlock(tx, key);
      let hasEnded = false;
      working = work();
      const ended = () => {
        hasEnded = true;
      };
      working.then(ended, ended);
      await waitFor(async () => hasEnded || (await isWaiting()));
    });
    await database.close();
    return working as Promise<Conversation>;
  }
  const isWaiting = async (): Promise<boolean> =>
    (
      await workspace.stack.database.sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
    ).length > 0;
  const listOf = async (by: Person): Promise<string[]> =>
    (await by.call<{ items: Conversation[] }>("GET /v1/chat/conversations?filter=all")).body.items.map(({ id }) => id);

  it("is a direct one out of the blocker's sight, as if the block had been there before", async () => {
    const [one, other] = [await invite(workspace.stack, workspace.ada), await invite(workspace.stack, workspace.ada)];
    const { id } = await whileBlocking(one, other, () => directBetween(other, one));
    expect(await listOf(other)).toEqual([id]);
    expect(await listOf(one)).toEqual([]);
  });

  it("is a group without the blocker, as if the block had been there before", async () => {
    const [one, other] = [await invite(workspace.stack, workspace.ada), await invite(workspace.stack, workspace.ada)];
    const { id } = await whileBlocking(one, other, () => groupOf(other, [one, workspace.ada]));
    expect(await listOf(other)).toEqual([id]);
    expect(await listOf(one)).toEqual([]);
    expect(await listOf(workspace.ada)).toContain(id);
  });
});

describe("what is written after it was judged", () => {
  it("is kept from the blocker where the other sent it, and only there", async () => {
    const { stack } = workspace;
    const database = openDatabase({ url: stack.database.url, max: 1 });
    const conversation = { tenant_id: blocker.me.tenant.id, conversation_id: direct.id };
    const draft = ({ id: sender_id }: Person, text: string): Draft => ({
      ...{
        ...conversation,
        id: randomUUID(),
        sender_id,
        text,
        type: "text",
        client_message_id: null,
        content_hash: null,
      },
      ...{ reply_to_id: null, mentions: [], metadata: {}, system: null, forwarded_from: null },
      ...{ client_forward_id: null, search: null, replied: null, files: [] },
    });
    // Both were allowed to write when they asked; then one of them blocked the other.
    await block(blocker, blocked);
    await database.transaction(async (begun) => {
      const tx = await lockConversation(begun, conversation);
      await insertMessages(tx, [draft(blocker, "said"), draft(blocked, "withheld"), draft(blocker, "said too")]);
    });
    await database.close();
    expect(await textsOf(blocker)).toEqual(["said", "said too"]);
    expect(await textsOf(blocked)).toEqual(["said", "withheld", "said too"]);
  });
});

describe("messages that were withheld", () => {
  it("stays so whatever is done to it, during the block and after", async () => {
    const old = await say(blocker, direct.id, "from before");
    await block(blocker, blocked);
    const [changed, deleted, answered] = [
      await say(blocked, direct.id, "withheld"),
      await say(blocked, direct.id, "withheld"),
      await say(blocked, direct.id, "withheld"),
    ];
    await react(blocked, old.id, "👍");
    await withSockets(workspace.stack, [blocker], async (own) => {
      for (const text of ["during", "after"]) {
        await edit(blocked, changed.id, text);
        await react(blocked, changed.id, "🎉", "add");
        if (text === "during") await unblock(blocker, blocked);
      }
      await react(blocked, old.id, "👍", "remove");
      await deleteMessage(blocked, deleted.id, "for_everyone");
      const reply = await say(blocked, direct.id, "arrives", { reply_to_message_id: answered.id });
      await own.event("message.created", ({ data }) => data.message.id === reply.id);
      const received = own.events().filter(({ type }) => /^(message|reaction)/.test(type));
      expect(received.map(({ type, data }) => [type, data.message?.text])).toEqual([
        ["message.updated", "from before"],
        ["message.created", "arrives"],
      ]);
      expect((await messageOf(blocker, reply.id)).reply_to).toBeNull();
      expect((await messageOf(blocked, reply.id)).reply_to?.message_id).toBe(answered.id);
      // As new.
      await react(blocked, old.id, "👍");
      const { data } = await own.event("reaction.updated");
      expect(data.reactions).toMatchObject([{ emoji: "👍", count: 1 }]);
    });
    expect(await textsOf(blocker)).toEqual(["from before", "arrives"]);
  });

  it("is not found out by a node that received no event of it", async () => {
    const { database, secret, issuer } = workspace.stack;
    // On the same database; its events reach nobody else.
    const elsewhere = await serveStandalone(
      readConfig({
        DATABASE_URL: await withoutNotifications(database),
        VERO_SECRET: secret,
        VERO_PUBLIC_URL: issuer,
        VERO_LOG_LEVEL: "silent",
        VERO_RATE_LIMITS: "off",
        ...unhurried,
        PORT: "0",
      }),
    );
    try {
      const away: Person = {
        ...blocked,
        call: (operation, options = {}) => call(elsewhere.url, operation, { token: blocked.token, ...options }),
      };
      const old = await say(blocker, direct.id, "from before");
      const own = await say(blocked, direct.id, "to be deleted");
      await block(blocker, blocked);
      await withSockets(workspace.stack, [blocker], async (socket) => {
        await say(away, direct.id, "withheld");
        await react(away, old.id, "👍");
        await say(away, group.id, "marked");
        await deleteMessage(away, own.id, "for_everyone");
        const { data } = await socket.event("message.created", ({ conversation_id }) => conversation_id === group.id);
        expect(data.message).toMatchObject({ text: "marked", from_blocked_user: true });
        await socket.event("message.deleted", (frame) => frame["data"].message.id === own.id);
        const received = socket.events().filter(({ conversation_id }) => conversation_id === direct.id);
        expect(received.map(({ type, data: { message } }) => [type, message.text, message.reactions])).toEqual([
          ["message.updated", "from before", []],
          ["message.deleted", null, []],
        ]);
      });
    } finally {
      await elsewhere.close();
    }
  });
});
