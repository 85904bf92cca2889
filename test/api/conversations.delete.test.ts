import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { addTo, deleteConversation, setRole, sync, update } from "../harness/actions.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { findsNothing, refusesThoseWithoutSeat } from "../harness/seat.js";
import {
  changesNothing,
  conversationOf,
  hearOut,
  listedBy,
  outlineOf,
  refuses,
  stateOf,
  withoutPresence,
} from "../harness/witness.js";
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
    const { user_cursor } = (await sync(linus, [])).body;
    await withSockets(stack, [linus, linus, grace], async (own, second, theirs) => {
      const before = await stateOf(grace, group.id);
      expect(await deleteConversation(linus, group.id)).toMatchObject({ status: 204, body: undefined });
      for (const socket of [own, second]) {
        const frame = await socket?.event("conversation.deleted");
        expect(frame).not.toHaveProperty("change_seq");
        expect(frame?.["data"]).toEqual({ conversation_id: group.id, scope: "for_me" });
      }
      const { last_read_seq: _, ...after } = { last_read_seq: 0, ...(await stateOf(grace, group.id)) };
      expect({ ...after, participants: [] }).toEqual({ ...before, participants: [] });
      const [heard] = await hearOut(grace, group.id, theirs ? [theirs] : []);
      expect(heard).toEqual([]);
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
    const { user_cursor } = (await sync(linus, [])).body;
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
      // What comes later finds it there.
      expect(outlineOf((await hearOut(grace, group.id, sockets.slice(0, 1)))[0] ?? [])).toHaveLength(2);
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

describe("204 for_everyone", () => {
  it("is found by no operation afterwards, and each participant hears of it", async () => {
    const { grace, ada, stack } = workspace;
    const [known, cursor] = [{ conversation_id: group.id, last_seq: 0 }, (await sync(grace, [])).body.user_cursor];
    await withSockets(stack, [linus, linus, grace, ada], async (...sockets) => {
      expect((await deleteConversation(linus, group.id, "for_everyone")).status).toBe(204);
      for (const socket of sockets.slice(0, 3)) {
        const frame = await socket.event("conversation.deleted");
        expect(frame["data"]).toEqual({ conversation_id: group.id, scope: "for_everyone" });
        expect(socket.events()).toHaveLength(1);
      }
      const next = await groupOf(ada, [linus, grace]);
      for (const socket of sockets) {
        await socket.event("conversation.created", (frame) => frame["conversation_id"] === next.id);
      }
      expect(sockets.map((socket) => socket.events().length)).toEqual([2, 2, 2, 1]);
    });
    for (const person of [linus, grace]) {
      expect(await listedBy(person)).not.toContain(group.id);
      expect(await unreadOf(person)).not.toContain(group.id);
      const { body } = await sync(person, [known]);
      expect(body).toMatchObject({ conversations: [], removed: [{ conversation_id: group.id, reason: "deleted" }] });
      await findsNothing(person, { conversation: group, message: first, userId: grace.id });
    }
    const { removed } = (await sync(grace, [], { user_cursor: cursor })).body;
    expect(removed).toEqual([{ conversation_id: group.id, reason: "deleted" }]);
  });

  it("is done by either side of a direct conversation, and the pair starts afresh", async () => {
    const { grace } = workspace;
    const old = await directBetween(linus, grace);
    await say(linus, old.id, "old");
    expect((await deleteConversation(grace, old.id, "for_everyone")).status).toBe(204);
    const fresh = await directBetween(linus, grace);
    expect(fresh.id).not.toBe(old.id);
    expect(fresh).toMatchObject({ last_seq: 0, last_message: null });
    expect((await directBetween(grace, linus)).id).toBe(fresh.id);
    const message = await say(grace, fresh.id, "new");
    expect(await historyOf(linus, fresh.id)).toEqual([message]);
    await findsNothing(linus, { conversation: old, message: { id: message.id.replace(/.$/, "0") }, userId: grace.id });
  });

  it.each(["owner", "admin"])("is done by an %s of the workspace who takes part", async (role) => {
    const { ada, grace, stack } = workspace;
    const boss = role === "owner" ? ada : await invite(stack, ada, "Boss", role);
    await addTo(linus, group.id, [boss.id]);
    expect((await conversationOf(boss, group.id)).me).toMatchObject({
      role: "member",
      capabilities: ["send", "leave", "delete_for_everyone"],
    });
    expect((await deleteConversation(boss, group.id, "for_everyone")).status).toBe(204);
    await findsNothing(grace, { conversation: group, message: first, userId: boss.id });
  });

  it("is there on the socket", async () => {
    await withSockets(workspace.stack, [linus], async (socket) => {
      const answer = await socket.request("conversations.delete", { id: group.id, scope: "for_everyone" });
      expect(answer["ok"]).toBe(true);
      await findsNothing(linus, { conversation: group, message: first, userId: linus.id });
    });
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

describe("403", () => {
  it("forbidden for_everyone for members and admins of a group", async () => {
    const { grace, stack } = workspace;
    for (const role of ["member", "admin"]) {
      await setRole(linus, group.id, grace.id, role);
      const call = () => deleteConversation(grace, group.id, "for_everyone");
      await refuses(stack, grace, group.id, [linus, grace], call, "forbidden");
    }
  });
});

describe("404", () => {
  for (const scope of ["for_me", "for_everyone"]) {
    refusesThoseWithoutSeat(
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
