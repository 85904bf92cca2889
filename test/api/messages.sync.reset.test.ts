import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { addTo, deleteConversation, removeFrom, sync } from "../harness/actions.js";
import { writeMany } from "../harness/bulk.js";
import { conversationOf, withoutPresence } from "../harness/observe.js";
import { groupOf, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeEach(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const caughtBy = async (known: object) => {
  const { body } = await sync(workspace.grace, [{ conversation_id: group.id, ...known }]);
  return withoutPresence(body.conversations[0]);
};

/** The conversation is to be listed afresh; here is what else there is to know. */
const reset = async () => {
  const conversation = await conversationOf(workspace.grace, group.id);
  const { last_seq, last_change_seq } = conversation;
  return {
    conversation_id: group.id,
    messages: [],
    next_change_seq: last_change_seq,
    has_more: false,
    last_seq,
    last_change_seq,
    reset: true,
    receipts: [],
    conversation,
  };
};

describe("200 reset", () => {
  it("comes after more than 2,000 missed changes, and not sooner", async () => {
    await writeMany(workspace.stack, workspace.ada, group.id, upTo(2_001).map(String));
    expect(await caughtBy({ last_seq: 0, last_change_seq: 0 })).toEqual(await reset());
    expect(await caughtBy({ last_seq: 0 })).toEqual(await reset());
    for (const known of [{ last_seq: 1, last_change_seq: 1 }, { last_seq: 1 }]) {
      expect(await caughtBy(known)).toMatchObject({ reset: false, has_more: true, next_change_seq: 101 });
    }
    expect(await caughtBy({ last_seq: 2_001, last_change_seq: 2_001 })).toMatchObject({ reset: false, messages: [] });
  });

  it("comes to who is ahead of what there is", async () => {
    await say(workspace.ada, group.id, "one");
    for (const known of [
      { last_seq: 1, last_change_seq: 2 },
      { last_seq: 2, last_change_seq: 0 },
      { last_seq: 2 },
      { last_seq: 9_999, last_change_seq: 9_999 },
      { last_seq: Number.MAX_SAFE_INTEGER, last_change_seq: Number.MAX_SAFE_INTEGER },
    ]) {
      expect(await caughtBy(known)).toEqual(await reset());
    }
  });

  it("comes to who was gone in between", async () => {
    const { ada, grace } = workspace;
    await say(ada, group.id, "one");
    const known = { last_seq: 1, last_change_seq: 1 };
    await removeFrom(ada, group.id, grace.id);
    await addTo(ada, group.id, [grace.id], { history: "from_join" });
    expect(await caughtBy(known)).toEqual(await reset());
    const { last_seq, last_change_seq } = await conversationOf(grace, group.id);
    const fresh = await say(ada, group.id, "two");
    expect(await caughtBy({ last_seq, last_change_seq })).toMatchObject({ reset: false, messages: [fresh] });
  });
});

describe("200 removed", () => {
  it("says why each is gone, and nothing else of it", async () => {
    const { ada, grace, outsider, stranger } = workspace;
    const [gone, mine, left, removed] = await Promise.all(upTo(4).map(() => groupOf(ada, [grace])));
    const ids = [gone, mine, left, removed].map((one) => one?.id as string) as [string, string, string, string];
    for (const id of ids) await say(ada, id, "hello");
    await deleteConversation(ada, ids[0], "for_everyone");
    await deleteConversation(grace, ids[1]);
    await removeFrom(grace, ids[2], grace.id);
    await removeFrom(ada, ids[3], grace.id);
    const hidden = await groupOf(outsider, []);
    const foreign = await groupOf(stranger, []);
    const unknown = [randomUUID(), hidden.id, foreign.id];
    const { body } = await sync(
      grace,
      [...unknown, ...ids, group.id].map((conversation_id) => ({ conversation_id, last_seq: 0, last_change_seq: 0 })),
    );
    expect(body.conversations.map(({ conversation_id }) => conversation_id)).toEqual([group.id]);
    expect(new Map(body.removed.map(({ conversation_id, reason }) => [conversation_id, reason]))).toEqual(
      new Map([
        [ids[0], "deleted"],
        [ids[1], "deleted"],
        [ids[2], "left"],
        [ids[3], "removed"],
        ...unknown.map((id) => [id, "unknown"] as const),
      ]),
    );
    expect(body.removed).toHaveLength(7);
  });

  it("says so whatever the client holds of it, and not of what has come back", async () => {
    const { ada, grace } = workspace;
    await say(ada, group.id, "one");
    await deleteConversation(grace, group.id);
    for (const known of [{ last_seq: 1, last_change_seq: 1 }, { last_seq: 9 }]) {
      const { body } = await sync(grace, [{ conversation_id: group.id, ...known }]);
      expect(body).toMatchObject({ conversations: [], removed: [{ conversation_id: group.id, reason: "deleted" }] });
    }
    const message = await say(ada, group.id, "two");
    const { body } = await sync(grace, [{ conversation_id: group.id, last_seq: 0, last_change_seq: 0 }]);
    expect(body).toMatchObject({ conversations: [{ messages: [message] }], removed: [] });
    expect(await historyOf(grace, group.id)).toEqual([message]);
  });
});
