import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { addTo, removeFrom } from "../harness/actions.js";
import { conversationOf, listedBy, participantsOf, withoutPresence } from "../harness/observe.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let [linus, margaret]: Person[] = [];
let group: Conversation;
let before: Message[];
beforeEach(async () => {
  const { ada, grace, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  margaret = await invite(stack, ada, "Margaret");
  group = await groupOf(grace, [ada]);
  before = [await say(grace, group.id, "one"), await say(ada, group.id, "two")];
});

const newcomers = () => [linus as Person, margaret as Person];

describe("200", () => {
  it("shows all of the past, read already, unless it is to begin with the joining", async () => {
    const { ada, grace } = workspace;
    const [everything, fromJoin] = newcomers() as [Person, Person];
    await addTo(grace, group.id, [everything.id]);
    await addTo(grace, group.id, [fromJoin.id], { history: "from_join" });
    const reply = await say(ada, group.id, "a reply", { reply_to_message_id: before[0]?.id });
    const history = await historyOf(ada, group.id);
    expect(history).toHaveLength(5);
    expect(await historyOf(everything, group.id)).toEqual(history);
    const [joined, seen] = await historyOf(fromJoin, group.id);
    expect(joined).toEqual(history[3]);
    // It answers what they may not see.
    expect(seen).toEqual({ ...reply, reply_to: null });
    expect((await conversationOf(everything, group.id)).me).toMatchObject({ last_read_seq: 2, unread_count: 1 });
    expect((await conversationOf(fromJoin, group.id)).me).toMatchObject({ last_read_seq: 3, unread_count: 1 });
    for (const { id } of before) {
      expect((await everything.call(`GET /v1/chat/messages/${id}`)).status).toBe(200);
      expect((await fromJoin.call(`GET /v1/chat/messages/${id}`)).status).toBe(404);
    }
    const { body } = await fromJoin.call<{ items: Message[]; has_more_before: boolean }>(
      `GET /v1/chat/conversations/${group.id}/messages?around_seq=1`,
    );
    expect(body).toMatchObject({ items: [joined, seen], has_more_before: false });
  });

  it("shows the replies of others to each as they may see them, as they happen", async () => {
    const { ada, grace, stack } = workspace;
    const [everything, fromJoin] = newcomers() as [Person, Person];
    await addTo(grace, group.id, [everything.id]);
    await addTo(grace, group.id, [fromJoin.id], { history: "from_join" });
    await withSockets(stack, [everything, fromJoin], async (all, some) => {
      const reply = await say(ada, group.id, "a reply", { reply_to_message_id: before[0]?.id });
      expect((await all.event("message.created"))["data"]).toEqual({ message: reply });
      expect((await some.event("message.created"))["data"]).toEqual({ message: { ...reply, reply_to: null } });
    });
  });

  it("is received again by who comes back, on the socket that received the end", async () => {
    const { ada, grace, stack } = workspace;
    const back = linus as Person;
    await addTo(grace, group.id, [back.id]);
    await withSockets(stack, [back], async (socket) => {
      for (const history of ["from_join", "all"]) {
        const received = socket.events().length;
        await removeFrom(grace, group.id, back.id);
        await say(ada, group.id, "while they were away");
        await addTo(grace, group.id, [back.id], { history });
        // The event has the conversation as it is at its delivery.
        await socket.until(() =>
          socket
            .events()
            .slice(received)
            .some(({ type }) => type === "conversation.created"),
        );
        const conversation = await conversationOf(back, group.id);
        const last = await say(ada, group.id, "they are back");
        await socket.event("message.created", (frame) => frame["data"].message.id === last.id);
        const events = withoutPresence(socket.events().slice(received));
        expect(events.map(({ type }) => type)).toEqual([
          "conversation.removed",
          "conversation.created",
          "message.created",
        ]);
        expect(events[1]?.["data"]).toEqual({ conversation });
      }
    });
  });

  it("takes those back who were here before, as if they were new", async () => {
    const { ada, grace } = workspace;
    const back = linus as Person;
    await addTo(grace, group.id, [back.id], { role: "admin" });
    const path = `/v1/chat/conversations/${group.id}` as const;
    for (const state of ["mute", "archive"] as const) await back.call(`POST ${path}/${state}`, { body: {} });
    await back.call(`DELETE ${path}`);
    await back.call(`DELETE ${path}/participants/${back.id}`);
    const missed = await say(ada, group.id, "while they were away");
    await addTo(grace, group.id, [back.id], { history: "from_join" });
    expect(await listedBy(back)).toContain(group.id);
    expect((await historyOf(back, group.id)).map(({ seq }) => seq)).toEqual([missed.seq + 1]);
    const { me } = await conversationOf(back, group.id);
    expect(me).toMatchObject({ role: "member", last_read_seq: missed.seq, unread_count: 0, is_muted: false });
    expect(me).toMatchObject({ archived_at: null, muted_until: null });
    expect((await participantsOf(ada, group.id)).at(-1)).toMatchObject({
      user: { id: back.id },
      joined_at: me.joined_at,
    });
    await back.call(`DELETE ${path}/participants/${back.id}`);
    await addTo(grace, group.id, [back.id]);
    expect(await historyOf(back, group.id)).toEqual(await historyOf(ada, group.id));
  });
});
