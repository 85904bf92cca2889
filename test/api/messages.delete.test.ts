import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesInvisibleMessages } from "../harness/access.js";
import { deleteMessage, edit, react, setRole, update } from "../harness/actions.js";
import { changesNothing, conversationOf, messageOf, outlineOf, receivedUntilNow, refuses } from "../harness/observe.js";
import { directBetween, groupOf, say } from "../harness/people.js";
import { historyOf, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
let first: Message;
let message: Message;
/** The message is the 2nd, and its latest change the 4th. */
beforeEach(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  first = await say(ada, group.id, "first");
  await say(grace, group.id, "secret", {
    client_message_id: "one",
    metadata: { key: "secret" },
    mentions: [ada.id],
    reply_to_message_id: first.id,
  });
  message = (await historyOf(ada, group.id))[1] as Message;
  await edit(grace, message.id, "more secret");
  await react(ada, message.id, "👍");
  message = await messageOf(grace, message.id);
});

const tombstone = (): Message => ({
  ...message,
  text: null,
  reply_to: null,
  mentions: [],
  reactions: [],
  metadata: {},
  change_seq: 5,
  deleted_at: expect.any(String),
});

describe("204 for_everyone", () => {
  it("leaves a tombstone in its place", async () => {
    const { ada, grace } = workspace;
    expect(await deleteMessage(grace, message.id, "for_everyone")).toMatchObject({ status: 204, body: undefined });
    for (const person of [ada, grace]) {
      expect(await messageOf(person, message.id)).toEqual(tombstone());
      expect(await historyOf(person, group.id)).toEqual([first, tombstone()]);
    }
    expect(await conversationOf(ada, group.id)).toMatchObject({ last_message: tombstone(), last_seq: 2 });
  });

  it("leaves nothing of it in the database", async () => {
    const { grace, stack } = workspace;
    const { sql } = stack.database;
    await sql`update messages set search = to_tsvector('simple', text) where id = ${message.id}`;
    const left = async () => {
      const [row] = await sql`
        select (select count(*) from message_edits where message_id = ${message.id})::int as edits,
               (select count(*) from reactions where message_id = ${message.id})::int as reactions,
               (select count(*) from messages where id = ${message.id} and (text is not null or search is not null
                 or metadata <> '{}' or mentions <> '{}' or reply_to_id is not null or forwarded_from is not null))::int
                 as messages`;
      return { ...row };
    };
    expect(await left()).toEqual({ edits: 1, reactions: 1, messages: 1 });
    await deleteMessage(grace, message.id, "for_everyone");
    expect(await left()).toEqual({ edits: 0, reactions: 0, messages: 0 });
    const [row] = await sql`select to_jsonb(messages)::text as all from messages where id = ${message.id}`;
    expect(row?.["all"]).not.toContain("secret");
  });

  it("sends an event to all sessions of all participants, and nobody else", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const other = await groupOf(outsider, []);
    await withSockets(stack, [grace, grace, ada, outsider], async (...sockets) => {
      await deleteMessage(grace, message.id, "for_everyone");
      const now = await messageOf(ada, message.id);
      for (const received of await receivedUntilNow(ada, group.id, sockets.slice(0, 3))) {
        expect(outlineOf(received)).toEqual([["message.deleted", 5]]);
        expect(received[0]?.["data"]).toEqual({ message: now, scope: "for_everyone" });
      }
      expect(await receivedUntilNow(outsider, other.id, sockets.slice(3))).toEqual([[]]);
    });
  });

  it("counts no longer, and is no longer quoted", async () => {
    const { ada, grace } = workspace;
    const reply = await say(grace, group.id, "As I said", { reply_to_message_id: message.id });
    expect((await conversationOf(ada, group.id)).me.unread_count).toBe(2);
    await deleteMessage(grace, message.id, "for_everyone");
    expect((await conversationOf(ada, group.id)).me.unread_count).toBe(1);
    const expected = { ...reply, reply_to: { message_id: message.id, seq: 2, sender_id: grace.id, text: null } };
    expect(await messageOf(ada, reply.id)).toEqual(expected);
    expect((await conversationOf(ada, group.id)).last_message).toEqual(expected);
  });

  it("is done by the owner and the admins of a group, too", async () => {
    const { ada, grace } = workspace;
    expect((await deleteMessage(ada, message.id, "for_everyone")).status).toBe(204);
    await setRole(ada, group.id, grace.id, "admin");
    expect((await deleteMessage(grace, first.id, "for_everyone")).status).toBe(204);
    expect((await historyOf(ada, group.id)).map(({ deleted_at }) => typeof deleted_at)).toEqual(["string", "string"]);
  });

  it("is the same when repeated, without a second event", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(grace, message.id, "for_everyone");
    await changesNothing(stack, ada, group.id, [ada, grace], async () => {
      for (const by of [grace, ada]) expect((await deleteMessage(by, message.id, "for_everyone")).status).toBe(204);
    });
  });

  it("leaves the key of the message in use", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(grace, message.id, "for_everyone");
    await changesNothing(stack, ada, group.id, [ada, grace], async () => {
      const again = { client_message_id: "one", metadata: { key: "secret" }, mentions: [ada.id] };
      const sent = await say(grace, group.id, "secret", { ...again, reply_to_message_id: first.id });
      expect(sent).toEqual(await messageOf(grace, message.id));
    });
  });

  it("is there on the socket", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const answer = await socket.request("messages.delete", { id: message.id, scope: "for_everyone" });
      expect(answer["ok"]).toBe(true);
      expect(await messageOf(ada, message.id)).toEqual(tombstone());
    });
  });
});

describe("400", () => {
  it.each(["?scope=", "?scope=all", "?scope=for_me&scope=for_me", "?hard=true"])(
    "validation_failed for %s",
    async (query) => {
      const { ada, grace, stack } = workspace;
      const call = () => grace.call(`DELETE /v1/chat/messages/${message.id}${query}`);
      await refuses(stack, ada, group.id, [ada, grace], call, "validation_failed");
    },
  );
});

describe("403", () => {
  it("forbidden for_everyone for plain members who did not write it, and in a direct conversation for the other", async () => {
    const { ada, grace, stack } = workspace;
    const call = () => deleteMessage(grace, first.id, "for_everyone");
    await refuses(stack, ada, group.id, [ada, grace], call, "forbidden");
    const direct = await directBetween(ada, grace);
    const theirs = await say(grace, direct.id, "mine");
    const other = () => deleteMessage(ada, theirs.id, "for_everyone");
    await refuses(stack, ada, direct.id, [ada, grace], other, "forbidden");
  });

  it("forbidden for_everyone for a system message", async () => {
    const { ada, grace, stack } = workspace;
    await update(ada, group.id, { name: "Renamed" });
    const system = (await historyOf(ada, group.id)).at(-1) as Message;
    const call = () => deleteMessage(ada, system.id, "for_everyone");
    await refuses(stack, ada, group.id, [ada, grace], call, "forbidden");
  });
});

describe("404", () => {
  for (const scope of ["for_me", "for_everyone"]) {
    refusesInvisibleMessages(workspace, (id) => `DELETE /v1/chat/messages/${id}?scope=${scope}`);
  }
});
