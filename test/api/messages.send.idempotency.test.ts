import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeEach(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const send = (by: Person, body: object) =>
  by.call<Message>("POST /v1/chat/messages/send", { body: { conversation_id: group.id, ...body } });

describe("200", () => {
  it("answers a repetition with the original, without a new seq and without a second event", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, grace], async (...sockets) => {
      const first = await say(grace, group.id, "to reply to");
      const body = {
        text: "once",
        client_message_id: "key",
        reply_to_message_id: first.id,
        mentions: [grace.id],
        metadata: { a: 1, b: { c: [1, 2], d: null } },
      };
      const original = await send(ada, body);
      // The order of keys in an object says nothing (RFC 8259 section 4).
      const again = await send(ada, { ...body, metadata: { b: { d: null, c: [1, 2] }, a: 1 } });
      expect(again.status).toBe(200);
      expect(again.body).toEqual(original.body);
      const next = await say(ada, group.id, "next");
      expect(next).toMatchObject({ seq: 3, change_seq: 3 });
      for (const socket of sockets) {
        await socket.event("message.created", (frame) => frame["change_seq"] === 3);
        expect(socket.events("message.created").map((frame) => frame["change_seq"])).toEqual([1, 2, 3]);
      }
    });
  });

  it("has keys of its own for each conversation and each sender", async () => {
    const { ada, grace } = workspace;
    const other = await groupOf(ada, [grace]);
    const sent = [
      await send(ada, { text: "one", client_message_id: "key" }),
      await send(grace, { text: "two", client_message_id: "key" }),
      await send(ada, { conversation_id: other.id, text: "three", client_message_id: "key" }),
      await send(ada, { text: "four", client_message_id: "KEY" }),
    ];
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(sent.map(({ body }) => body.id)).size).toBe(4);
  });

  it("takes two messages without a key for two", async () => {
    const first = await send(workspace.ada, { text: "same" });
    const second = await send(workspace.ada, { text: "same" });
    expect([first.body.seq, second.body.seq]).toEqual([1, 2]);
  });

  it("makes one message of twenty equal sends at once", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const answers = await Promise.all(upTo(20).map(() => send(ada, { text: "once", client_message_id: "key" })));
      for (const { status, body } of answers) {
        expect(status).toBe(200);
        expect(body).toEqual(answers[0]?.body);
      }
      const next = await say(ada, group.id, "next");
      expect(next.seq).toBe(2);
      await socket?.event("message.created", (frame) => frame["change_seq"] === 2);
      expect(socket?.events("message.created").map((frame) => frame["change_seq"])).toEqual([1, 2]);
    });
  });

  it("numbers a thousand sends at once without a hole, each key once, and delivers each once and in order", async () => {
    const { ada, grace, stack } = workspace;
    const keys = upTo(50).map((n) => `key ${n}`);
    await withSockets(stack, [ada, grace], async (...sockets) => {
      const attempts = upTo(10).flatMap(() => keys.flatMap((key) => [ada, grace].map((by) => ({ by, key }))));
      const answers = await Promise.all(
        attempts.map(async ({ by, key }) => {
          const attempt = () => send(by, { text: `${key} of ${by.id}`, client_message_id: key });
          let answer = await attempt();
          // Its deadline had passed before its turn came: it is to come again.
          while (answer.status === 503) {
            await delay(1_000 * Math.random());
            answer = await attempt();
          }
          expect(answer.status).toBe(200);
          return { key: `${by.id} ${key}`, body: answer.body };
        }),
      );
      const messages = new Map(answers.map(({ key, body }) => [key, body]));
      for (const { key, body } of answers) expect(body).toEqual(messages.get(key));
      const numbers = upTo(100);
      const history = await historyOf(grace, group.id);
      expect(history.map(({ seq }) => seq)).toEqual(numbers);
      expect(history.map(({ change_seq }) => change_seq)).toEqual(numbers);
      expect(new Set(history.map(({ id }) => id))).toEqual(new Set([...messages.values()].map(({ id }) => id)));
      for (const socket of sockets) {
        await socket.event("message.created", (frame) => frame["change_seq"] === 100);
        expect(socket.events("message.created").map((frame) => frame["data"].message)).toEqual(history);
        expect(socket.events().map((frame) => frame["s"])).toEqual(numbers);
      }
    });
  });
});

describe("409", () => {
  it("idempotency_conflict for other content under the same key, whatever differs", async () => {
    const { ada, grace, stack } = workspace;
    const [one, two] = [await say(grace, group.id, "1"), await say(grace, group.id, "2")];
    const body = { text: "text", mentions: [grace.id], metadata: { a: 1 }, reply_to_message_id: one.id };
    await withSockets(stack, [grace], async (socket) => {
      const { body: original } = await send(ada, { ...body, client_message_id: "key" });
      for (const difference of [
        { text: "Text" },
        { mentions: [] },
        { mentions: [ada.id] },
        { metadata: { a: 2 } },
        { metadata: undefined },
        { reply_to_message_id: two.id },
        { reply_to_message_id: undefined },
      ]) {
        const answer = await send(ada, { ...body, client_message_id: "key", ...difference });
        expectProblem(answer, 409, "idempotency_conflict");
      }
      const next = await say(ada, group.id, "next");
      expect(next.seq).toBe(original.seq + 1);
      await socket?.event("message.created", (frame) => frame["change_seq"] === next.change_seq);
      expect(socket?.events().map((frame) => frame["change_seq"])).toEqual([original.seq, next.seq]);
      expect((await historyOf(ada, group.id)).map(({ text }) => text)).toEqual(["1", "2", "text", "next"]);
    });
  });

  it("idempotency_conflict for all but one kind of content that come at once under one key", async () => {
    const answers = await Promise.all(
      upTo(20).map((n) => send(workspace.ada, { text: `content ${n % 4}`, client_message_id: "key" })),
    );
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(5);
    expect(new Set(won.map(({ body }) => body.id)).size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expectProblem(answer, 409, "idempotency_conflict");
    }
    expect(await historyOf(workspace.ada, group.id)).toHaveLength(1);
  });

  it("does not reveal keys of conversations that are not the caller's", async () => {
    await send(workspace.ada, { text: "secret", client_message_id: "key" });
    const answer = await send(workspace.outsider, { text: randomUUID(), client_message_id: "key" });
    expectProblem(answer, 404, "conversation_not_found");
  });
});
