import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesInvisibleMessages } from "../harness/access.js";
import { pathsOf } from "../harness/accounts.js";
import { deleteMessage, edit, forward, react, setRole } from "../harness/actions.js";
import { changesNothing, conversationOf, messageOf, outlineOf, receivedUntilNow, refuses } from "../harness/observe.js";
import { groupOf, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

interface Edits {
  items: { text: string; replaced_at: string }[];
}

const workspace = useWorkspace();
let group: Conversation;
let message: Message;
beforeEach(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  message = await say(grace, group.id, "Helo", { client_message_id: "one", metadata: { a: 1 }, mentions: [ada.id] });
});

const textsBefore = async (id: string): Promise<string[]> =>
  (await workspace.ada.call<Edits>(`GET /v1/chat/messages/${id}/edits`)).body.items.map(({ text }) => text);

describe("200", () => {
  it("puts the new text in the place of the old one, and keeps all else", async () => {
    const { ada, grace } = workspace;
    const { status, body } = await edit(grace, message.id, "Hello");
    expect(status).toBe(200);
    expect(body).toEqual({ ...message, text: "Hello", change_seq: 2, edited_at: expect.any(String) });
    for (const person of [ada, grace]) {
      expect(await messageOf(person, message.id)).toEqual(body);
      expect(await historyOf(person, group.id)).toEqual([body]);
    }
    expect(await conversationOf(ada, group.id)).toMatchObject({
      last_message: body,
      last_seq: 1,
      last_change_seq: 2,
      me: { unread_count: 1, last_read_seq: 0 },
    });
  });

  it("keeps the earlier texts, the latest first", async () => {
    const { grace } = workspace;
    for (const text of ["Hell", "Hello", "Helo"]) await edit(grace, message.id, text);
    expect(await textsBefore(message.id)).toEqual(["Hello", "Hell", "Helo"]);
  });

  it("sends an event to all sessions of all participants, and nobody else", async () => {
    const { ada, grace, outsider, stack } = workspace;
    const other = await groupOf(outsider, []);
    await withSockets(stack, [grace, grace, ada, outsider], async (...sockets) => {
      const { body } = await edit(grace, message.id, "Hello");
      for (const received of await receivedUntilNow(ada, group.id, sockets.slice(0, 3))) {
        expect(outlineOf(received)).toEqual([["message.updated", 2]]);
        expect(received[0]).toMatchObject({ conversation_id: group.id, data: { message: body } });
      }
      expect(await receivedUntilNow(outsider, other.id, sockets.slice(3))).toEqual([[]]);
    });
  });

  it("shows in the replies, which do not change themselves", async () => {
    const { ada, grace, stack } = workspace;
    const reply = await say(ada, group.id, "Hi", { reply_to_message_id: message.id });
    await withSockets(stack, [ada], async (socket) => {
      const text = "💬".repeat(300);
      await edit(grace, message.id, text);
      const expected = { ...reply, reply_to: { ...reply.reply_to, text: `${"💬".repeat(199)}…` } };
      expect(await messageOf(grace, reply.id)).toEqual(expected);
      expect((await historyOf(ada, group.id)).at(-1)).toEqual(expected);
      expect((await receivedUntilNow(ada, group.id, [socket])).flatMap(outlineOf)).toEqual([["message.updated", 3]]);
    });
  });

  it("goes by the number that was seen, where one is given", async () => {
    const { grace } = workspace;
    const { body } = await edit(grace, message.id, "Hello", { expected_change_seq: 1 });
    expect((await edit(grace, message.id, "Hello!", { expected_change_seq: body.change_seq })).body.text).toBe(
      "Hello!",
    );
  });

  it("changes nothing, and notifies nobody, when the text is the same", async () => {
    const { ada, grace, stack } = workspace;
    const { body } = await edit(grace, message.id, "Hello");
    await changesNothing(stack, ada, group.id, [ada, grace], async () => {
      for (const more of [{}, { expected_change_seq: 2 }]) {
        expect(await edit(grace, message.id, "Hello", more)).toMatchObject({ status: 200, body });
      }
    });
    expect(await textsBefore(message.id)).toEqual(["Helo"]);
  });

  it("loses none of twenty at once", async () => {
    const { ada, grace } = workspace;
    const texts = upTo(20).map((n) => `text ${n}`);
    const answers = await Promise.all(texts.map((text) => edit(grace, message.id, text)));
    expect(answers.map(({ body }) => body.change_seq).sort((a, b) => a - b)).toEqual(upTo(20).map((n) => n + 1));
    const now = await messageOf(ada, message.id);
    expect([now.text, ...(await textsBefore(message.id))].sort()).toEqual(["Helo", ...texts].sort());
    const inOrder = answers.map(({ body }) => body).sort((a, b) => b.change_seq - a.change_seq);
    expect([now.text, ...(await textsBefore(message.id))]).toEqual([...inOrder.map(({ text }) => text), "Helo"]);
  });

  it("lets one of twenty through that all saw the same", async () => {
    const { grace } = workspace;
    const answers = await Promise.all(
      upTo(20).map((n) => edit(grace, message.id, `text ${n}`, { expected_change_seq: 1 })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await textsBefore(message.id)).toEqual(["Helo"]);
  });

  it("is there on the socket", async () => {
    const { grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const answer = await socket.request("messages.edit", { id: message.id, text: "Hello" });
      expect(answer["d"]).toEqual(await messageOf(grace, message.id));
      expect(answer["d"].text).toBe("Hello");
    });
  });
});

describe("400", () => {
  it.each([
    ["no text", {}, ["text"]],
    ["null", { text: null }, ["text"]],
    ["empty text", { text: "" }, ["text"]],
    ["blank text", { text: " \n\u200b" }, ["text"]],
    ["a character too many", { text: "💬".repeat(10_001) }, ["text"]],
    ["NUL", { text: "a\u0000" }, ["text"]],
    ["a number below zero", { text: "x", expected_change_seq: -1 }, ["expected_change_seq"]],
    ["unknown fields", { text: "x", metadata: {}, seq: 5 }, ["metadata", "seq"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const { ada, grace, stack } = workspace;
    const call = async () => {
      const answer = await grace.call<object>(`PATCH /v1/chat/messages/${message.id}`, { body });
      expect(pathsOf(answer)).toEqual(paths);
      return answer;
    };
    await refuses(stack, ada, group.id, [ada, grace], call, "validation_failed");
  });
});

describe("403", () => {
  it("forbidden for anybody but the sender, be it the owner or an admin of the group", async () => {
    const { ada, grace, stack } = workspace;
    await refuses(stack, ada, group.id, [ada, grace], () => edit(ada, message.id, "Changed"), "forbidden");
    await setRole(ada, group.id, grace.id, "admin");
    const theirs = await say(ada, group.id, "mine");
    await refuses(stack, ada, group.id, [ada, grace], () => edit(grace, theirs.id, "Changed"), "forbidden");
  });

  it("forbidden for a system message, also to who caused it", async () => {
    const { ada, grace, stack } = workspace;
    await ada.call(`PATCH /v1/chat/conversations/${group.id}`, { body: { name: "Renamed" } });
    const system = (await historyOf(ada, group.id)).at(-1) as Message;
    await refuses(stack, ada, group.id, [ada, grace], () => edit(ada, system.id, "I said"), "forbidden");
  });

  it("forbidden for what was forwarded", async () => {
    const { ada, grace, stack } = workspace;
    const { body } = await forward(grace, [message.id], [group.id]);
    const copy = body.results[0]?.messages?.[0] as Message;
    await refuses(stack, ada, group.id, [ada, grace], () => edit(grace, copy.id, "They said"), "forbidden");
  });
});

describe("404", () => {
  refusesInvisibleMessages(workspace, (id) => `PATCH /v1/chat/messages/${id}`, { body: { text: "x" } });
});

describe("409", () => {
  it("version_conflict when it was changed since, in whatever way", async () => {
    const { ada, grace, stack } = workspace;
    await react(ada, message.id, "👍");
    for (const expected_change_seq of [0, 1, 3]) {
      const call = () => edit(grace, message.id, "Hello", { expected_change_seq });
      await refuses(stack, ada, group.id, [ada, grace], call, "version_conflict");
    }
  });

  it("version_conflict also for the text that is there", async () => {
    const { ada, grace, stack } = workspace;
    const call = () => edit(grace, message.id, "Helo", { expected_change_seq: 5 });
    await refuses(stack, ada, group.id, [ada, grace], call, "version_conflict");
  });
});

describe("410", () => {
  it("message_deleted", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(grace, message.id, "for_everyone");
    await refuses(stack, ada, group.id, [ada, grace], () => edit(grace, message.id, "Back"), "message_deleted");
  });
});
