import { randomUUID } from "node:crypto";
import type { Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import {
  addTo,
  deleteMessage,
  edit,
  react,
  removeFrom,
  type Synced,
  setRole,
  sync,
  update,
} from "../harness/actions.js";
import { conversationOf, messageOf, participantsOf, stateOf, withoutPresence } from "../harness/observe.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

type Caught = Synced["conversations"][number];

const workspace = useWorkspace();
let group: Conversation;
let messages: Message[];
/** Three messages, which the client of each test holds. */
beforeEach(async () => {
  const { ada, grace } = workspace;
  group = await groupOf(ada, [grace]);
  messages = [];
  for (const text of ["one", "two", "three"]) messages.push(await say(ada, group.id, text));
});

const held = (last_seq: number, last_change_seq?: number, conversation_id = group.id) => ({
  conversation_id,
  last_seq,
  ...(last_change_seq === undefined ? {} : { last_change_seq }),
});

async function catchUp(by: Person, known: object, more: object = {}): Promise<Caught> {
  const { status, body } = await sync(by, [known], more);
  expect([status, body.conversations.length]).toEqual([200, 1]);
  return withoutPresence(body.conversations[0] as Caught);
}

describe("200", () => {
  it("says that there is nothing new, and nothing else", async () => {
    const { status, body } = await sync(workspace.grace, [held(3, 3)]);
    expect(status).toBe(200);
    expect(body).toEqual({
      conversations: [
        {
          conversation_id: group.id,
          messages: [],
          next_change_seq: 3,
          has_more: false,
          last_seq: 3,
          last_change_seq: 3,
          reset: false,
          receipts: [],
        },
      ],
      added: [],
      updated: [],
      removed: [],
      hidden: [],
      users: [],
      blocked: [],
      unblocked: [],
      user_cursor: expect.any(String),
      has_more: false,
    });
  });

  it("brings what was written, and the conversation as it is", async () => {
    const { ada, grace } = workspace;
    const news = [await say(ada, group.id, "four"), await say(grace, group.id, "five")];
    for (const known of [held(3, 3), held(3)]) {
      expect(await catchUp(grace, known)).toEqual({
        conversation_id: group.id,
        messages: news,
        next_change_seq: 5,
        has_more: false,
        last_seq: 5,
        last_change_seq: 5,
        reset: false,
        receipts: [],
        conversation: await conversationOf(grace, group.id),
      });
    }
    expect((await catchUp(grace, held(0))).messages).toEqual(await historyOf(grace, group.id));
  });

  it("marks nothing as read", async () => {
    const { grace } = workspace;
    const before = await stateOf(grace, group.id);
    await catchUp(grace, held(0, 0));
    expect(await stateOf(grace, group.id)).toEqual(before);
  });

  it("brings each change once, in its latest state, in the order of the latest changes", async () => {
    const { ada, grace } = workspace;
    const [one, two] = messages as [Message, Message];
    for (const n of upTo(10)) await edit(ada, one.id, `edit ${n}`);
    await deleteMessage(ada, two.id, "for_everyone");
    await react(grace, one.id, "👍");
    const caught = await catchUp(grace, held(3, 3));
    expect(caught.messages).toEqual([await messageOf(grace, two.id), await messageOf(grace, one.id)]);
    expect(caught.messages).toMatchObject([
      { seq: 2, change_seq: 14, text: null },
      { seq: 1, change_seq: 15, text: "edit 10", reactions: [{ emoji: "👍", reacted: true }] },
    ]);
    expect((await catchUp(ada, held(3, 3))).messages[1]?.reactions).toMatchObject([{ reacted: false }]);
    expect(caught).toMatchObject({ next_change_seq: 15, last_seq: 3, has_more: false });
    expect(await catchUp(grace, held(3, 14))).toMatchObject({ messages: [{ seq: 1 }] });
    expect((await catchUp(grace, held(3, 15))).messages).toEqual([]);
  });

  it("brings only new messages to whom knows only the last", async () => {
    const { ada, grace } = workspace;
    await edit(ada, messages[0]?.id as string, "edited");
    const fresh = await say(ada, group.id, "four");
    await edit(ada, fresh.id, "four, edited");
    expect((await catchUp(grace, held(3))).messages).toEqual([await messageOf(grace, fresh.id)]);
    expect((await catchUp(grace, held(3))).next_change_seq).toBe(6);
    expect((await catchUp(grace, held(4))).messages).toEqual([]);
  });

  it("answers the participants only when that has changed", async () => {
    const { ada, grace, outsider } = workspace;
    expect(await catchUp(grace, held(0, 0))).not.toHaveProperty("participants");
    const changes = [
      () => addTo(ada, group.id, [outsider.id]),
      () => setRole(ada, group.id, outsider.id, "admin"),
      () => removeFrom(ada, group.id, outsider.id),
    ];
    for (const change of changes) {
      const { last_seq, last_change_seq } = await conversationOf(grace, group.id);
      await change();
      const caught = await catchUp(grace, held(last_seq, last_change_seq));
      expect(caught.participants).toEqual(await participantsOf(grace, group.id));
      expect(caught.conversation).toEqual(await conversationOf(grace, group.id));
      expect(caught.messages.map(({ type }) => type)).toEqual(caught.last_seq > last_seq ? ["system"] : []);
    }
    const { last_seq, last_change_seq } = await conversationOf(grace, group.id);
    await update(ada, group.id, { description: "changed" });
    const caught = await catchUp(grace, held(last_seq, last_change_seq));
    expect(caught).toMatchObject({ messages: [], conversation: { description: "changed" } });
    expect(caught).not.toHaveProperty("participants");
  });

  it("brings to who came later only what they may see", async () => {
    const { ada, grace, outsider } = workspace;
    await addTo(ada, group.id, [outsider.id], { history: "from_join" });
    const known = held(4, 6);
    await edit(ada, messages[0]?.id as string, "before their time");
    const reply = await say(grace, group.id, "a reply", { reply_to_message_id: messages[0]?.id });
    expect((await catchUp(outsider, known)).messages).toEqual([{ ...reply, reply_to: null }]);
    expect((await catchUp(grace, known)).messages).toHaveLength(2);
    expect((await catchUp(outsider, held(0))).messages).toEqual(await historyOf(outsider, group.id));
    // A number from before the joining belongs to an earlier stay.
    expect(await catchUp(outsider, held(3, 3))).toMatchObject({ reset: true, messages: [] });
  });

  it("answers for each of several conversations, in the order asked", async () => {
    const { ada, grace } = workspace;
    const others = [await groupOf(ada, [grace]), await groupOf(grace, [])];
    const message = await say(ada, others[0]?.id as string, "elsewhere");
    const ids = [others[1]?.id, group.id, others[0]?.id] as string[];
    const { body } = await sync(
      grace,
      ids.map((id) => held(0, 0, id)),
    );
    expect(body.conversations.map(({ conversation_id }) => conversation_id)).toEqual(ids);
    expect(body.conversations.map((caught) => caught.messages)).toEqual([[], messages, [message]]);
  });

  it("is there on the socket", async () => {
    const { grace, stack } = workspace;
    await withSockets(stack, [grace], async (socket) => {
      const answer = await socket.request("messages.sync", { conversations: [held(0, 0)] });
      expect(answer["d"].conversations[0].messages).toEqual(messages);
    });
  });
});

describe("400", () => {
  const id = randomUUID();
  it.each([
    ["no list", {}, ["conversations"]],
    ["101", { conversations: upTo(101).map(() => held(0, 0, randomUUID())) }, ["conversations"]],
    ["no last_seq", { conversations: [{ conversation_id: id }] }, ["conversations.0.last_seq"]],
    ["a number below zero", { conversations: [held(-1, 0, id)] }, ["conversations.0.last_seq"]],
    ["half a number", { conversations: [held(0, 0.5, id)] }, ["conversations.0.last_change_seq"]],
    ["what is no id", { conversations: [held(0, 0, "x")] }, ["conversations.0.conversation_id"]],
    ["an unknown field", { conversations: [], since: 5 }, ["since"]],
    ["one within", { conversations: [{ ...held(0, 0, id), limit: 5 }] }, ["conversations.0.limit"]],
    ["a limit of none", { conversations: [], limit_per_conversation: 0 }, ["limit_per_conversation"]],
    ["a limit above 500", { conversations: [], limit_per_conversation: 501 }, ["limit_per_conversation"]],
    ["a cursor of another kind", { conversations: [], user_cursor: "WyJhIl0" }, ["user_cursor"]],
    ["a cursor that is none", { conversations: [], user_cursor: "x" }, ["user_cursor"]],
    ["an empty cursor", { conversations: [], user_cursor: "" }, ["user_cursor"]],
  ])("validation_failed for %s", async (_name, body, paths) => {
    const answer = await workspace.ada.call<object>("POST /v1/chat/messages/sync", { body });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });
});
