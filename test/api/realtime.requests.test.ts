import { randomUUID } from "node:crypto";
import type { Conversation, Message, Problem } from "@vero/contracts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { directBetween, groupOf } from "../harness/people.js";
import { connect, type TestSocket } from "../harness/socket.js";
import { historyOf, upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
let socket: TestSocket;
beforeEach(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
  socket = await connect(workspace.stack, workspace.ada);
});
afterEach(() => socket.close());

/** It is refused with a problem, and the socket stays usable. */
async function refused(op: string, d: unknown): Promise<Problem> {
  const answer = await socket.request(op, d);
  expect(answer["ok"]).toBe(false);
  expect((await socket.request("conversations.get", { id: group.id }))["ok"]).toBe(true);
  return answer["error"];
}

describe("a request", () => {
  it("does what REST does, with the same answer and the same idempotency", async () => {
    const d = { conversation_id: group.id, text: "Hello", client_message_id: "key" };
    const answer = await socket.request("messages.send", d);
    expect(answer).toMatchObject({ ok: true, d: { seq: 1, text: "Hello", sender_id: workspace.ada.id } });
    const { body } = await workspace.ada.call<Message>("POST /v1/chat/messages/send", { body: d });
    expect(body).toEqual(answer["d"]);
    expect((await socket.request("messages.send", d))["d"]).toEqual(body);
    expect((await refused("messages.send", { ...d, text: "Other" })).code).toBe("idempotency_conflict");
    expect(await historyOf(workspace.grace, group.id)).toEqual([body]);
  });

  it("answers queries as REST does, without a body of input where there is none", async () => {
    const answer = await socket.request("conversations.list");
    const { body } = await workspace.ada.call("GET /v1/chat/conversations");
    expect(answer["d"]).toEqual(body);
  });

  it("takes ids that are text or numbers, and gives them back", async () => {
    for (const id of ["x", "💬", 0, -7]) {
      socket.send({ t: "req", id, op: "conversations.get", d: { id: group.id } });
      const answer = await socket.until((frame) => frame["t"] === "res" && frame["id"] === id);
      expect(answer["ok"]).toBe(true);
    }
  });

  it("is done in its turn: fifty sends in a row, without waiting, become fifty messages in that order", async () => {
    const texts = upTo(50).map((n) => `message ${n}`);
    for (const [id, text] of texts.entries()) {
      socket.send({ t: "req", id, op: "messages.send", d: { conversation_id: group.id, text } });
    }
    await socket.until((frame) => frame["t"] === "res" && frame["id"] === 49);
    const answers = socket.frames.filter((frame) => frame["t"] === "res");
    expect(answers.map((frame) => frame["id"])).toEqual([...texts.keys()]);
    expect(answers.map((frame) => frame["d"].seq)).toEqual(upTo(50));
    expect((await historyOf(workspace.grace, group.id)).map(({ text }) => text)).toEqual(texts);
    await socket.event("message.created", (frame) => frame["change_seq"] === 50);
    expect(socket.events().map((frame) => frame["data"].message.text)).toEqual(texts);
  });
});

describe("a request that is refused", () => {
  it.each(["messages.shout", "messages", "nothing.at.all", "constructor.name", "__proto__.toString", "Messages.send"])(
    "%s is no operation",
    async (op) => {
      expect(await refused(op, {})).toMatchObject({ code: "route_not_found", status: 404 });
    },
  );

  it.each(["auth.me", "auth.logout", "messaging.token"])("%s is not of the messaging service", async (op) => {
    expect((await refused(op, {})).code).toBe("route_not_found");
  });

  it("for its input, as REST refuses it", async () => {
    for (const d of [{ conversation_id: group.id }, { conversation_id: "x", text: " ", tenant_id: "y" }]) {
      const error = await refused("messages.send", d);
      const { body } = await workspace.ada.call<Problem>("POST /v1/chat/messages/send", { body: d });
      expect(error).toEqual({ ...body, request_id: error.request_id });
      expect(error.code).toBe("validation_failed");
    }
    expect(await historyOf(workspace.ada, group.id)).toEqual([]);
  });

  it.each([["text"], [[]], [5], [true]])("for an input that is %j", async (d) => {
    expect((await refused("conversations.list", d)).code).toBe("validation_failed");
  });

  it("for a conversation of others as for one that does not exist", async () => {
    const hidden = await directBetween(workspace.outsider, workspace.grace);
    const foreign = await groupOf(workspace.stranger, []);
    const [unknown, ...others] = await Promise.all(
      [randomUUID(), hidden.id, foreign.id].map((conversation_id) =>
        refused("messages.send", { conversation_id, text: "x" }),
      ),
    );
    expect(unknown?.code).toBe("conversation_not_found");
    for (const error of others) expect({ ...error, request_id: "" }).toEqual({ ...unknown, request_id: "" });
  });
});
