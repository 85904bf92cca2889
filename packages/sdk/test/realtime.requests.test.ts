import { describe, expect, test } from "vitest";
import { eachTestAlone, next, service, until, vero } from "./realtime.setup.js";
import { ids, problem } from "./service.js";

eachTestAlone();

describe("requests", () => {
  test("are answered with the output of the operation", async () => {
    service.on("req messages.edit", ({ body }) => ({ body: { ...(body as object), edited: true } }));
    service.on("req users.block", () => ({ body: null }));
    await vero.realtime.connect();
    const edited = await vero.realtime.request("messages.edit", { id: ids.message, text: "Hello" });
    expect(edited).toEqual({ id: ids.message, text: "Hello", edited: true });
    expect(await vero.realtime.request("users.block", { id: ids.user })).toBeUndefined();
  });

  test("throw the problem as a VeroError", async () => {
    service.on("req messages.send", () => problem(403, "you_blocked_user"));
    await vero.realtime.connect();
    const sending = vero.realtime.request("messages.send", { conversation_id: ids.conversation, text: "Hello" });
    await expect(sending).rejects.toMatchObject({
      code: "you_blocked_user",
      operation: "messages.send",
      status: 403,
      request_id: "r-1",
    });
  });

  test("end with timeout and aborted", async () => {
    await vero.realtime.connect();
    const late = vero.realtime.request("users.list", {}, { timeoutMs: 20 });
    await expect(late).rejects.toMatchObject({ code: "timeout" });
    const controller = new AbortController();
    const left = vero.realtime.request("users.list", {}, { signal: controller.signal });
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: "aborted" });
  });

  test("made while the connection is being restored wait for it", async () => {
    service.on("req users.list", () => ({ body: { items: [], next_cursor: null } }));
    await vero.realtime.connect();
    const disconnected = next("disconnected");
    service.drop(4000);
    await disconnected;
    expect(await vero.realtime.request("users.list")).toEqual({ items: [], next_cursor: null });
  });

  test("under way when the connection breaks: a message is sent again with its key, a change is not", async () => {
    await vero.realtime.connect();
    const sending = vero.realtime.request("messages.send", { conversation_id: ids.conversation, text: "Hello" });
    const creating = vero.realtime.request("conversations.create", { type: "group", participant_ids: [] });
    const requests = () => service.frames.filter(({ t }) => t === "req");
    await until(() => expect(requests()).toHaveLength(2));
    service.on("req messages.send", ({ body }) => ({ body }));
    service.drop(4000);
    await expect(creating).rejects.toMatchObject({ code: "network_error" });
    expect(await sending).toMatchObject({ text: "Hello" });
    const [first, , second] = requests();
    expect(first).toMatchObject({ d: { client_message_id: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(second).toEqual(first);
  });

  const { conversation, message, user } = ids;
  test.each([
    ["conversations.mark_read", { id: conversation, seq: 1 }],
    ["conversations.mute", { id: conversation }],
    ["conversations.create", { type: "direct", participant_ids: [user] }],
    ["messages.react", { id: message, emoji: "👍", action: "add" }],
    ["messages.forward", { message_ids: [message], conversation_ids: [conversation] }],
    ["users.block", { id: user }],
  ] as const)(
    "under way when the connection breaks: %s is sent again, because the contract calls it idempotent",
    async (op, d) => {
      await vero.realtime.connect();
      const requests = () => service.frames.filter(({ t }) => t === "req");
      const asking = vero.realtime.request(op, d as never);
      await until(() => expect(requests()).toHaveLength(1));
      service.on(`req ${op}`, () => ({ body: null }));
      service.drop(4000);
      await asking;
      expect(requests()).toHaveLength(2);
      expect(requests()[1]).toMatchObject({ op, d: requests()[0]?.["d"] });
    },
  );

  test.each([
    ["messages.react", { id: message, emoji: "👍" }],
    ["messages.edit", { id: message, text: "Hello" }],
  ] as const)("under way when the connection breaks: %s is not, and is refused at once", async (op, d) => {
    await vero.realtime.connect();
    const asking = vero.realtime.request(op, d as never);
    await until(() => expect(service.frames.filter(({ t }) => t === "req")).toHaveLength(1));
    service.drop(4000);
    await expect(asking).rejects.toMatchObject({ code: "network_error" });
  });
});
