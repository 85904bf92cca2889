import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { block, deleteMessage, unblock } from "../harness/actions.js";
import { refuses } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, useWorkspace, withoutRequestId, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let direct: Conversation;
beforeAll(async () => {
  direct = await directBetween(workspace.ada, workspace.grace);
});

const send = <T = Message>(by: Person, body: object) => by.call<T>("POST /v1/chat/messages/send", { body });

/** Ada sends it to Grace; it is refused, nothing is written and nobody is notified of it. */
async function refuse(body: object, status: number, code: string, paths?: string[]): Promise<void> {
  const { ada, grace, stack } = workspace;
  await withSockets(stack, [ada, grace], async (...sockets) => {
    const before = await historyOf(grace, direct.id);
    const answer = await send<object>(ada, { conversation_id: direct.id, ...body });
    expectProblem(answer, status, code);
    if (paths !== undefined) expect(pathsOf(answer)).toEqual(paths);
    const next = await say(ada, direct.id, "after a refusal");
    expect(next.seq).toBe(before.length + 1);
    for (const socket of sockets) {
      await socket.event("message.created", (frame) => frame["data"].message.id === next.id);
      expect(socket.events().map((frame) => frame["data"].message.id)).toEqual([next.id]);
    }
  });
}

describe("200", () => {
  it("answers the message and shows it to both sides", async () => {
    const { ada, grace } = workspace;
    const { id: conversation_id } = await groupOf(ada, [grace]);
    const { status, body } = await send(ada, { conversation_id, text: "Hello", client_message_id: "one" });
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{14}7/),
      conversation_id,
      seq: 1,
      change_seq: 1,
      sender_id: ada.id,
      client_message_id: "one",
      type: "text",
      text: "Hello",
      attachments: [],
      reply_to: null,
      mentions: [],
      reactions: [],
      forwarded_from: null,
      system: null,
      metadata: {},
      created_at: expect.any(String),
      edited_at: null,
      deleted_at: null,
      from_blocked_user: false,
    });
    expect(await historyOf(grace, conversation_id)).toEqual([body]);
    expect(await historyOf(ada, conversation_id)).toEqual([body]);
  });

  it("delivers message.created to every session of every participant, and to nobody else", async () => {
    const { ada, grace, outsider, stranger, stack } = workspace;
    const group = await groupOf(ada, [grace]);
    const own = await groupOf(outsider, []);
    await withSockets(stack, [ada, grace, grace, outsider, stranger], async (...sockets) => {
      const message = await say(ada, group.id, "to all");
      for (const socket of sockets.slice(0, 3)) {
        const frame = await socket.event("message.created", (event) => event["conversation_id"] === group.id);
        expect(frame["data"]).toEqual({ message });
        expect(frame["change_seq"]).toBe(message.change_seq);
      }
      await say(outsider, own.id, "to myself");
      await sockets[3]?.event("message.created", (event) => event["conversation_id"] === own.id);
      expect(sockets[3]?.events()).toHaveLength(1);
      expect(sockets[4]?.events()).toEqual([]);
    });
  });

  it("keeps what the application adds, as it was", async () => {
    const { ada, grace } = workspace;
    const metadata = { "": "", nested: { list: [1, -0.5, null, true, { ü: "💬" }] }, constructed: "yes" };
    const message = await say(ada, direct.id, "with metadata", { metadata });
    expect(message.metadata).toEqual(metadata);
    expect((await historyOf(grace, direct.id)).at(-1)).toEqual(message);
  });

  it("takes metadata as deep as the contract says, whichever way it comes, and no deeper", async () => {
    const { ada, stack } = workspace;
    const nested = (depth: number): object => (depth === 1 ? {} : { a: nested(depth - 1) });
    const input = (depth: number) => ({ conversation_id: direct.id, text: "deep", metadata: nested(depth) });
    expect((await say(ada, direct.id, "deep", input(32))).metadata).toEqual(nested(32));
    await refuse(input(33), 400, "validation_failed", ["metadata"]);
    const trpc = (depth: number) => ada.call("POST /trpc/messages.send?batch=1", { body: { 0: input(depth) } });
    expect((await trpc(32)).status).toBe(200);
    expect(JSON.stringify((await trpc(33)).body)).toContain('"validation_failed"');
    await withSockets(stack, [ada], async (socket) => {
      expect((await socket?.request("messages.send", input(32)))?.["ok"]).toBe(true);
      expect((await socket?.request("messages.send", input(33)))?.["error"].code).toBe("validation_failed");
    });
  });

  it("carries what it replies to, shortened", async () => {
    const { ada, grace } = workspace;
    const long = await say(ada, direct.id, "💬".repeat(300));
    const reply = await say(grace, direct.id, "Yes", { reply_to_message_id: long.id.toUpperCase() });
    expect(reply.reply_to).toEqual({
      message_id: long.id,
      seq: long.seq,
      sender_id: ada.id,
      text: `${"💬".repeat(199)}…`,
    });
    expect((await historyOf(ada, direct.id)).at(-1)).toEqual(reply);
  });

  it("names each of those mentioned once", async () => {
    const { ada, grace } = workspace;
    const message = await say(ada, direct.id, "@Grace", { mentions: [grace.id, grace.id.toUpperCase(), ada.id] });
    expect(message.mentions).toEqual([grace.id, ada.id]);
  });

  it.each([
    ["one character", "x"],
    ["ten thousand code points", "💬".repeat(10_000)],
    ["white space around it", " \n hello \t "],
    ["what looks like SQL, HTML and an escape", `'; drop table messages; --<script>\\u0000{}$1`],
    ["right-to-left marks and joined emoji", "\u202eabc\u202c 👩‍👩‍👧 e\u0301"],
  ])("takes %s as it is", async (_name, text) => {
    const message = await say(workspace.ada, direct.id, text);
    expect(message.text).toBe(text);
    expect((await historyOf(workspace.grace, direct.id)).at(-1)?.text).toBe(text);
  });

  it("moves the sender's own read position", async () => {
    const { ada, grace } = workspace;
    const message = await say(ada, direct.id, "read by me");
    const { body } = await ada.call<Conversation>(`GET /v1/chat/conversations/${direct.id}`);
    expect(body.me).toMatchObject({ last_read_seq: message.seq, unread_count: 0 });
    const { body: theirs } = await grace.call<Conversation>(`GET /v1/chat/conversations/${direct.id}`);
    expect(theirs.me.unread_count).toBeGreaterThan(0);
  });
});

describe("400", () => {
  it.each([
    ["no text", {}, ["text"]],
    ["no text but an empty list of files", { media_ids: [] }, ["text"]],
    ["empty text", { text: "" }, ["text"]],
    ["blank text", { text: " \n\t\u200b\u00a0" }, ["text"]],
    ["one code point too many", { text: "💬".repeat(10_001) }, ["text"]],
    ["NUL", { text: "a\u0000b" }, ["text"]],
    ["half a surrogate pair", { text: "a\ud83d" }, ["text"]],
    ["the other half", { text: "\udcac" }, ["text"]],
    ["text that is none", { text: 5 }, ["text"]],
    ["null", { text: null }, ["text"]],
    ["an empty key", { text: "x", client_message_id: "" }, ["client_message_id"]],
    ["a long key", { text: "x", client_message_id: "k".repeat(65) }, ["client_message_id"]],
    ["a key with NUL", { text: "x", client_message_id: "k\u0000" }, ["client_message_id"]],
    ["metadata that is a list", { text: "x", metadata: [] }, ["metadata"]],
    ["large metadata", { text: "x", metadata: { a: "b".repeat(16_384) } }, ["metadata"]],
    ["metadata with NUL", { text: "x", metadata: { a: { b: ["\u0000"] } } }, ["metadata"]],
    ["metadata with NUL in a key", { text: "x", metadata: { "\u0000": 1 } }, ["metadata"]],
    ["a mention that is no id", { text: "x", mentions: ["grace"] }, ["mentions.0"]],
    ["101 mentions", { text: "x", mentions: Array.from({ length: 101 }, () => randomUUID()) }, ["mentions"]],
    ["31 files", { media_ids: Array.from({ length: 31 }, () => randomUUID()) }, ["media_ids"]],
    ["an unknown field", { text: "x", sender_id: randomUUID() }, ["sender_id"]],
    ["two unknown fields", { text: "x", seq: 7, tenant_id: randomUUID() }, ["seq", "tenant_id"]],
    ["a conversation that is no id", { conversation_id: "general", text: "x" }, ["conversation_id"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    await refuse(body, 400, "validation_failed", paths);
  });

  it("invalid_reply for a message elsewhere, unknown, or of another workspace", async () => {
    const { ada, grace, outsider, stranger } = workspace;
    const elsewhere = await say(ada, (await groupOf(ada, [grace])).id, "elsewhere");
    const hidden = await say(outsider, (await groupOf(outsider, [])).id, "hidden");
    const foreign = await say(stranger, (await groupOf(stranger, [])).id, "foreign");
    for (const id of [elsewhere.id, hidden.id, foreign.id, randomUUID()]) {
      await refuse({ text: "x", reply_to_message_id: id }, 400, "invalid_reply");
    }
  });

  it("replied_message_deleted for a tombstone that the sender sees, and invalid_reply for one that they do not", async () => {
    const { ada, grace } = workspace;
    const group = await groupOf(ada, [grace]);
    const [seen, hidden] = [await say(ada, group.id, "seen"), await say(ada, group.id, "hidden")];
    const kept = { conversation_id: group.id, text: "kept", reply_to_message_id: seen.id, client_message_id: "kept" };
    const first = await grace.call<Message>("POST /v1/chat/messages/send", { body: kept });
    expect(first.status).toBe(200);
    expect((await deleteMessage(grace, hidden.id, "for_me")).status).toBe(204);
    for (const { id } of [seen, hidden]) expect((await deleteMessage(ada, id, "for_everyone")).status).toBe(204);
    const reply = (id: string) => ({ conversation_id: group.id, text: "x", reply_to_message_id: id });
    expectProblem(
      await grace.call("POST /v1/chat/messages/send", { body: reply(seen.id) }),
      409,
      "replied_message_deleted",
    );
    expectProblem(await grace.call("POST /v1/chat/messages/send", { body: reply(hidden.id) }), 400, "invalid_reply");
    // A retry of what was sent before is answered all the same.
    const again = await grace.call<Message>("POST /v1/chat/messages/send", { body: kept });
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
  });

  it("invalid_mention names those who are not here", async () => {
    const { grace, outsider, stranger } = workspace;
    const mentions = [grace.id, outsider.id, stranger.id, randomUUID()];
    await refuse({ text: "x", mentions }, 400, "invalid_mention", ["mentions.1", "mentions.2", "mentions.3"]);
  });
});

describe("403", () => {
  it("you_blocked_user for a direct message to somebody blocked, and a repetition is answered all the same", async () => {
    const { ada, stack } = workspace;
    const [blocker, other] = [await invite(stack, ada, "Blocker"), await invite(stack, ada, "Other")];
    const { id } = await directBetween(blocker, other);
    const earlier = await say(blocker, id, "earlier", { client_message_id: "key" });
    await block(blocker, other);
    const send = () =>
      blocker.call<object>("POST /v1/chat/messages/send", { body: { conversation_id: id, text: "no" } });
    await refuses(stack, other, id, [], send, "you_blocked_user");
    expect((await say(blocker, id, "earlier", { client_message_id: "key" })).id).toBe(earlier.id);
    await unblock(blocker, other);
    expect((await send()).status).toBe(200);
  });
});

describe("404", () => {
  it("conversation_not_found, the same for one of others and one that does not exist", async () => {
    const { ada, outsider, stranger, grace } = workspace;
    const before = await historyOf(grace, direct.id);
    const unknown = await send<object>(ada, { conversation_id: randomUUID(), text: "x" });
    expectProblem(unknown, 404, "conversation_not_found");
    for (const person of [outsider, stranger]) {
      const answer = await send<object>(person, { conversation_id: direct.id, text: "x" });
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
    }
    expect(await historyOf(grace, direct.id)).toEqual(before);
  });

  it("conversation_not_found even where the key or the reply would be known", async () => {
    const newcomer = await invite(workspace.stack, workspace.ada, "Newcomer");
    const message = await say(workspace.ada, direct.id, "x", { client_message_id: "known" });
    const body = { conversation_id: direct.id, text: "x", client_message_id: "known", reply_to_message_id: message.id };
    expectProblem(await send<object>(newcomer, body), 404, "conversation_not_found");
  });

  it("media_not_found", async () => {
    await refuse({ text: "x", media_ids: [randomUUID()] }, 404, "media_not_found");
    await refuse({ media_ids: [randomUUID()] }, 404, "media_not_found");
  });
});
