import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { answersNotFound } from "../harness/access.js";
import { addTo, cursorOf, deleteConversation, setRole, sync } from "../harness/actions.js";
import { conversationOf, listedBy, refuses } from "../harness/observe.js";
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

describe("204 for_everyone", () => {
  it("is found by no operation afterwards, and each participant is notified of it", async () => {
    const { grace, ada, stack } = workspace;
    const [known, cursor] = [{ conversation_id: group.id, last_seq: 0 }, await cursorOf(grace)];
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
      await answersNotFound(person, { conversation: group, message: first, userId: grace.id });
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
    await answersNotFound(linus, { conversation: old, message: { id: randomUUID() }, userId: grace.id });
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
    await answersNotFound(grace, { conversation: group, message: first, userId: boss.id });
  });

  it("is there on the socket", async () => {
    await withSockets(workspace.stack, [linus], async (socket) => {
      const answer = await socket.request("conversations.delete", { id: group.id, scope: "for_everyone" });
      expect(answer["ok"]).toBe(true);
      await answersNotFound(linus, { conversation: group, message: first, userId: linus.id });
    });
  });
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
