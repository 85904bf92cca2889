import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { deleteMessage, edit, forward, react, removeFrom, sync, update } from "../harness/actions.js";
import { conversationOf, messageOf, outlineOf, receivedUntilNow, stateOf } from "../harness/observe.js";
import { groupOf, say } from "../harness/people.js";
import { historyOf, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
let [first, message]: Message[] = [];
const target = (): Message => message as Message;
beforeEach(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  first = await say(ada, group.id, "first");
  message = await say(grace, group.id, "not for Ada", { metadata: { a: 1 }, reply_to_message_id: first.id });
});

const unreadOf = async (id: string) => {
  const { body } = await workspace.ada.call<{ items: { conversation_id: string; unread_count: number }[] }>(
    "GET /v1/chat/conversations/unread",
  );
  return body.items.find(({ conversation_id }) => conversation_id === id)?.unread_count ?? 0;
};

describe("204 for_me", () => {
  it("is gone from all that the caller reads, and from nothing that others read", async () => {
    const { ada, grace } = workspace;
    const reply = await say(grace, group.id, "As I said", { reply_to_message_id: target().id });
    await deleteMessage(ada, reply.id);
    const theirs = await stateOf(grace, group.id);
    expect(await unreadOf(group.id)).toBe(1);
    expect(await deleteMessage(ada, target().id)).toMatchObject({ status: 204, body: undefined });
    expectProblem(await ada.call<object>(`GET /v1/chat/messages/${target().id}`), 404, "message_not_found");
    expect(await historyOf(ada, group.id)).toEqual([first]);
    expect(await conversationOf(ada, group.id)).toMatchObject({
      last_message: first,
      last_seq: 3,
      me: { unread_count: 0, last_read_seq: 1 },
    });
    expect(await unreadOf(group.id)).toBe(0);
    const { body } = await sync(ada, [{ conversation_id: group.id, last_seq: 0, last_change_seq: 0 }]);
    expect(body.conversations[0]?.messages).toEqual([first]);
    expect(await stateOf(grace, group.id)).toEqual(theirs);
  });

  it("is not quoted to the caller, as it happens and later, and is to others", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(ada, target().id);
    await withSockets(stack, [ada, grace], async (own, theirs) => {
      const reply = await say(grace, group.id, "As I said", { reply_to_message_id: target().id });
      expect(reply.reply_to?.text).toBe("not for Ada");
      expect((await own.event("message.created"))["data"]).toEqual({ message: { ...reply, reply_to: null } });
      expect((await theirs.event("message.created"))["data"]).toEqual({ message: reply });
      expect(await messageOf(ada, reply.id)).toEqual({ ...reply, reply_to: null });
      expect((await conversationOf(ada, group.id)).last_message).toEqual({ ...reply, reply_to: null });
      expect(await messageOf(grace, reply.id)).toEqual(reply);
    });
  });

  it("can be neither replied to nor forwarded, changed or reacted to", async () => {
    const { ada, grace } = workspace;
    await deleteMessage(ada, target().id);
    const body = { conversation_id: group.id, text: "x", reply_to_message_id: target().id };
    expectProblem(await ada.call<object>("POST /v1/chat/messages/send", { body }), 400, "invalid_reply");
    expectProblem(await forward(ada, [target().id], [group.id]), 404, "message_not_found");
    expectProblem(await react(ada, target().id, "👍"), 404, "message_not_found");
    expectProblem(await deleteMessage(ada, target().id, "for_everyone"), 404, "message_not_found");
    expect(await messageOf(grace, target().id)).toEqual(message);
  });

  it("sends an event to the own sessions only: that it is gone, and how much is unread", async () => {
    const { ada, grace, stack } = workspace;
    await withSockets(stack, [ada, ada, grace], async (...sockets) => {
      await deleteMessage(ada, target().id, "for_me");
      const [one, two, theirs] = await receivedUntilNow(grace, group.id, sockets);
      for (const received of [one, two]) {
        expect(received).toHaveLength(2);
        // They have no numbers of their own, and come in either order.
        const gone = received?.find(({ type }) => type === "message.deleted");
        const state = received?.find(({ type }) => type === "conversation.state_updated");
        expect(gone).toMatchObject({ conversation_id: group.id, change_seq: 2 });
        expect(gone?.["data"]).toEqual({
          message: { ...message, text: null, metadata: {}, reply_to: null, deleted_at: expect.any(String) },
          scope: "for_me",
        });
        expect(state?.["data"]).toEqual({
          last_change_seq: 2,
          last_read_seq: 1,
          unread_count: 0,
          is_muted: false,
          muted_until: null,
          archived_at: null,
          capabilities: (await conversationOf(ada, group.id)).me.capabilities,
        });
      }
      expect(theirs).toEqual([]);
    });
  });

  it("changes no count where it was not unread: read already, one's own, of the system, or deleted", async () => {
    const { ada, grace, stack } = workspace;
    await ada.call(`POST /v1/chat/conversations/${group.id}/read`, { body: { seq: 2 } });
    await update(ada, group.id, { name: "Renamed" });
    const gone = await say(grace, group.id, "gone");
    await deleteMessage(grace, gone.id, "for_everyone");
    const history = await historyOf(ada, group.id);
    expect(history.map(({ type, deleted_at }) => [type, deleted_at === null])).toEqual([
      ["text", true],
      ["text", true],
      ["system", true],
      ["text", false],
    ]);
    await withSockets(stack, [ada], async (socket) => {
      for (const { id } of history) expect((await deleteMessage(ada, id)).status).toBe(204);
      const [received] = await receivedUntilNow(grace, group.id, [socket]);
      expect(received?.map(({ type }) => type)).toEqual(history.map(() => "message.deleted"));
    });
    expect(await historyOf(ada, group.id)).toHaveLength(1);
    expect(await historyOf(grace, group.id)).toHaveLength(5);
  });

  it("is the same when repeated, without a second event", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(ada, target().id);
    // The first cursor is of a walk of the list; the second is of a client that is done with it.
    const walk = (await sync(ada, [])).body;
    const { user_cursor } = (await sync(ada, [], { user_cursor: walk.user_cursor })).body;
    await withSockets(stack, [ada], async (socket) => {
      const again = await Promise.all([deleteMessage(ada, target().id), deleteMessage(ada, target().id, "for_me")]);
      expect(again.map(({ status }) => status)).toEqual([204, 204]);
      expect(await receivedUntilNow(grace, group.id, [socket])).toEqual([[]]);
    });
    expect((await sync(ada, [], { user_cursor })).body).toMatchObject({ hidden: [], updated: [], user_cursor });
    await removeFrom(ada, group.id, ada.id);
    expectProblem(await deleteMessage(ada, target().id), 404, "message_not_found");
  });

  it("stays gone when others change it: nothing is received of it, nor found when catching up", async () => {
    const { ada, grace, stack } = workspace;
    await deleteMessage(ada, target().id);
    await withSockets(stack, [ada, grace], async (...sockets) => {
      await edit(grace, target().id, "still not");
      await react(grace, target().id, "👍");
      await deleteMessage(grace, target().id, "for_everyone");
      const [own, theirs] = await receivedUntilNow(grace, group.id, sockets);
      expect(own).toEqual([]);
      expect(outlineOf(theirs ?? [])).toEqual([
        ["message.updated", 3],
        ["reaction.updated", 4],
        ["message.deleted", 5],
      ]);
    });
    const { body } = await sync(ada, [{ conversation_id: group.id, last_seq: 2, last_change_seq: 2 }]);
    expect(body.conversations[0]).toMatchObject({ messages: [{ seq: 3 }], last_change_seq: 6, next_change_seq: 6 });
  });

  it("shows the tombstone, where it has one, to others only", async () => {
    const { ada, grace } = workspace;
    await deleteMessage(grace, target().id, "for_everyone");
    await deleteMessage(ada, target().id);
    expect(await historyOf(ada, group.id)).toEqual([first]);
    expect(await historyOf(grace, group.id)).toHaveLength(2);
  });

  it("is there on the socket", async () => {
    const { ada, stack } = workspace;
    await withSockets(stack, [ada], async (socket) => {
      expect((await socket.request("messages.delete", { id: target().id }))["ok"]).toBe(true);
      expect(await historyOf(ada, group.id)).toEqual([first]);
    });
  });
});
