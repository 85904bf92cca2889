import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { addTo, cursorOf, deleteConversation, setRole, sync, update } from "../harness/actions.js";
import {
  changesNothing,
  conversationOf,
  listedBy,
  outlineOf,
  receivedUntilNow,
  refuses,
  withoutPresence,
} from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
/** Somebody new for each test, with whom nobody has talked. */
let linus: Person;
let group: Conversation;
let first: Message;
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  group = await groupOf(linus, [grace]);
  first = await say(grace, group.id, "before");
});

const unreadOf = async (person: Person): Promise<string[]> => {
  const { body } = await person.call<{ items: { conversation_id: string }[] }>("GET /v1/chat/conversations/unread");
  return body.items.map(({ conversation_id }) => conversation_id);
};

describe("204 for_me", () => {
  it("takes the conversation out of what is listed, and others notice nothing", async () => {
    const { grace, stack } = workspace;
    expect(await unreadOf(linus)).toEqual([group.id]);
    const user_cursor = await cursorOf(linus);
    await withSockets(stack, [linus, linus, grace], async (own, second, theirs) => {
      const before = [await conversationOf(grace, group.id), await historyOf(grace, group.id)];
      expect(await deleteConversation(linus, group.id)).toMatchObject({ status: 204, body: undefined });
      for (const socket of [own, second]) {
        const frame = await socket?.event("conversation.deleted");
        expect(frame).not.toHaveProperty("change_seq");
        expect(frame?.["data"]).toEqual({ conversation_id: group.id, scope: "for_me" });
      }
      expect([await conversationOf(grace, group.id), await historyOf(grace, group.id)]).toEqual(before);
      const [received] = await receivedUntilNow(grace, group.id, theirs ? [theirs] : []);
      expect(received).toEqual([]);
    });
    // The message that ended the test above has brought it back.
    await deleteConversation(linus, group.id);
    expect(await listedBy(linus)).toEqual([]);
    expect(await unreadOf(linus)).toEqual([]);
    const known = { conversation_id: group.id, last_seq: 1, last_change_seq: 1 };
    const gone = [{ conversation_id: group.id, reason: "deleted" }];
    expect((await sync(linus, [known], { user_cursor })).body).toMatchObject({ conversations: [], removed: gone });
    expect((await sync(linus, [], { user_cursor })).body).toMatchObject({ added: [], updated: [], removed: gone });
    expect(await listedBy(grace)).toContain(group.id);
  });

  it("leaves the conversation readable by its id, with nothing in it", async () => {
    await deleteConversation(linus, group.id);
    expect(await conversationOf(linus, group.id)).toMatchObject({
      last_seq: 1,
      last_message: null,
      me: { last_read_seq: 1, unread_count: 0, role: "owner" },
    });
    expect(await historyOf(linus, group.id)).toEqual([]);
    expectProblem(await linus.call<object>(`GET /v1/chat/messages/${first.id}`), 404, "message_not_found");
  });

  it("is the same when repeated, without a second event", async () => {
    const { stack } = workspace;
    await deleteConversation(linus, group.id);
    await withSockets(stack, [linus], async (socket) => {
      expect((await deleteConversation(linus, group.id, "for_me")).status).toBe(204);
      const next = await groupOf(linus, []);
      await socket.event("conversation.created", (frame) => frame["conversation_id"] === next.id);
      expect(socket.events()).toHaveLength(1);
    });
  });

  it("ends with the next message: the conversation, then the message, and nothing from before", async () => {
    const { grace, stack } = workspace;
    await deleteConversation(linus, group.id);
    const user_cursor = await cursorOf(linus);
    await withSockets(stack, [linus, linus, grace], async (...sockets) => {
      const message = await say(grace, group.id, "after");
      for (const socket of sockets.slice(0, 2)) {
        await socket.event("message.created");
        expect(outlineOf(socket.events())).toEqual([
          ["conversation.created", 1],
          ["message.created", 2],
        ]);
        expect(withoutPresence(socket.events().map(({ data }) => data))).toEqual([
          { conversation: await conversationOf(linus, group.id) },
          { message },
        ]);
      }
      await sockets[2]?.event("message.created");
      expect(outlineOf(sockets[2]?.events() ?? [])).toEqual([["message.created", 2]]);
      expect(await listedBy(linus)).toEqual([group.id]);
      expect(await historyOf(linus, group.id)).toEqual([message]);
      expect(await conversationOf(linus, group.id)).toMatchObject({
        last_message: message,
        me: { last_read_seq: 1, unread_count: 1 },
      });
      const { body } = await sync(linus, [], { user_cursor });
      expect(withoutPresence(body.added)).toEqual([await conversationOf(linus, group.id)]);
      // A message that comes later finds it in the list.
      expect(outlineOf((await receivedUntilNow(grace, group.id, sockets.slice(0, 1)))[0] ?? [])).toHaveLength(2);
    });
  });

  it("ends with one's own message", async () => {
    const { stack } = workspace;
    await deleteConversation(linus, group.id);
    await withSockets(stack, [linus], async (socket) => {
      const message = await say(linus, group.id, "mine");
      await socket.event("message.created");
      expect(outlineOf(socket.events())).toEqual([
        ["conversation.created", 1],
        ["message.created", 2],
      ]);
      expect(await listedBy(linus)).toEqual([group.id]);
      expect(await historyOf(linus, group.id)).toEqual([message]);
    });
  });

  it("does not end with what the system says", async () => {
    const { grace, outsider, stack } = workspace;
    await setRole(linus, group.id, grace.id, "admin");
    await deleteConversation(linus, group.id);
    await withSockets(stack, [linus], async (socket) => {
      await update(grace, group.id, { name: "Renamed" });
      await addTo(grace, group.id, [outsider.id]);
      const next = await groupOf(linus, []);
      await socket.event("conversation.created", (frame) => frame["conversation_id"] === next.id);
      expect(socket.events()).toHaveLength(1);
      expect(await listedBy(linus)).toEqual([next.id]);
      expect(await unreadOf(linus)).toEqual([]);
    });
  });

  it("is of one side of a direct conversation, which the other writes into; creating it again finds it", async () => {
    const { grace } = workspace;
    const direct = await directBetween(linus, grace);
    await say(linus, direct.id, "old");
    await deleteConversation(grace, direct.id);
    expect(await listedBy(grace)).not.toContain(direct.id);
    expect(await listedBy(linus)).toContain(direct.id);
    expect((await directBetween(grace, linus)).id).toBe(direct.id);
    const message = await say(linus, direct.id, "new");
    expect(await listedBy(grace)).toContain(direct.id);
    expect(await historyOf(grace, direct.id)).toEqual([message]);
    expect(await historyOf(linus, direct.id)).toHaveLength(2);
  });
});

describe("400", () => {
  it.each(["?scope=", "?scope=everyone", "?scope=for_me&scope=for_everyone", "?force=true"])(
    "validation_failed for %s",
    async (query) => {
      const call = () => linus.call(`DELETE /v1/chat/conversations/${group.id}${query}`);
      await refuses(workspace.stack, linus, group.id, [linus], call, "validation_failed");
    },
  );
});

describe("404", () => {
  for (const scope of ["for_me", "for_everyone"]) {
    refusesNonParticipants(
      workspace,
      () => group,
      (id) => `DELETE /v1/chat/conversations/${id}?scope=${scope}`,
    );
  }

  it("conversation_not_found for who runs the workspace and does not take part, and nothing is gone", async () => {
    const { ada, grace, stack } = workspace;
    await changesNothing(stack, grace, group.id, [grace, linus], async () => {
      for (const scope of ["for_me", "for_everyone"] as const) {
        expectProblem(await deleteConversation(ada, group.id, scope), 404, "conversation_not_found");
      }
    });
  });
});
