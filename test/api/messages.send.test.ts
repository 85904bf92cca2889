import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directBetween, found, groupOf, invite, type Person, say } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";

let stack: Stack;
let ada: Person;
let grace: Person;
let direct: Conversation;
beforeAll(async () => {
  stack = await startStack();
  ada = await found(stack, "Ada");
  grace = await invite(stack, ada, "Grace");
  direct = await directBetween(ada, grace);
});
afterAll(() => stack.close());

const send = <T = Message>(by: Person, body: object) => by.call<T>("POST /v1/chat/messages/send", { body });
const count = async (conversationId: string): Promise<number> => {
  const [row] = await stack.database
    .sql`select count(*)::int as n from messages where conversation_id = ${conversationId}`;
  return row?.["n"];
};

describe("200", () => {
  it("answers the message and shows it to both sides", async () => {
    const { status, body } = await send(ada, { conversation_id: direct.id, text: "Hello", client_message_id: "one" });
    expect(status).toBe(200);
    expect(body).toMatchObject({ seq: 1, change_seq: 1, text: "Hello", sender_id: ada.id, client_message_id: "one" });
    const list = await grace.call<{ items: Message[] }>(`GET /v1/chat/conversations/${direct.id}/messages`);
    expect(list.body.items).toEqual([body]);
  });

  it("delivers message.created to every session of every participant", async () => {
    const group = await groupOf(ada, [grace]);
    const sockets = await Promise.all([connect(stack, ada), connect(stack, grace), connect(stack, grace)]);
    const message = await say(ada, group.id, "to all");
    for (const socket of sockets) {
      const frame = await socket.event("message.created", (event) => event["conversation_id"] === group.id);
      expect(frame["data"]).toEqual({ message });
      expect(frame["change_seq"]).toBe(message.change_seq);
    }
    await Promise.all(sockets.map((socket) => socket.close()));
  });
});

describe("404", () => {
  it("does not tell a conversation of others from one that does not exist", async () => {
    const outsider = await invite(stack, ada, "Outsider");
    const stranger = await found(stack, "Stranger");
    const unknown = await send(outsider, { conversation_id: randomUUID(), text: "x" });
    for (const person of [outsider, stranger]) {
      const answer = await send<object>(person, { conversation_id: direct.id, text: "x" });
      expect(answer.status).toBe(404);
      expect({ ...answer.body, request_id: "" }).toEqual({ ...unknown.body, request_id: "" });
    }
  });
});

describe("400", () => {
  it("refuses unknown fields by name and writes nothing", async () => {
    const before = await count(direct.id);
    const { status, body } = await send<object>(ada, { conversation_id: direct.id, text: "x", sender_id: grace.id });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: "validation_failed",
      errors: [{ path: "sender_id", code: "unrecognized_key" }],
    });
    expect(await count(direct.id)).toBe(before);
  });
});
