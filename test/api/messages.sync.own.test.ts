import type { Conversation } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { addTo, cursorOf, deleteConversation, deleteMessage, removeFrom, sync, update } from "../harness/actions.js";
import { writeMany } from "../harness/bulk.js";
import { conversationOf, withoutPresence } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
/** Somebody new for each test, with a second device that is away. */
let linus: Person;
let group: Conversation;
let user_cursor: string;
beforeEach(async () => {
  const { ada, stack } = workspace;
  linus = await invite(stack, ada, "Linus");
  group = await groupOf(ada, [linus]);
  for (const text of ["one", "two", "three"]) await say(ada, group.id, text);
  user_cursor = await cursorOf(linus);
});

const nothing = {
  conversations: [],
  added: [],
  updated: [],
  removed: [],
  hidden: [],
  users: [],
  blocked: [],
  unblocked: [],
  has_more: false,
};

/** The answer to the second device's sync; from then on it knows. */
async function ownChanges() {
  const { status, body } = await sync(linus, [], { user_cursor });
  expect(status).toBe(200);
  user_cursor = body.user_cursor;
  expect((await sync(linus, [], { user_cursor })).body).toEqual({ ...nothing, user_cursor });
  const { user_cursor: _, ...rest } = body;
  return withoutPresence(rest);
}

const seenBy = (id: string) => conversationOf(linus, id);
const own = (name: string, body?: object) =>
  linus.call(
    `${name.startsWith("un") ? "DELETE" : "POST"} /v1/chat/conversations/${group.id}/${name.replace("un", "")}`,
    {
      ...(body && { body }),
    },
  );

describe("200 with a cursor", () => {
  it("is nothing at first, nor without a cursor, whatever there is", async () => {
    expect((await sync(linus, [])).body).toEqual({ ...nothing, user_cursor: expect.any(String) });
    expect(await ownChanges()).toEqual(nothing);
  });

  it("brings conversations that came: made by others, added to, back after a deletion", async () => {
    const { ada, grace } = workspace;
    const direct = await directBetween(grace, linus);
    expect(await ownChanges()).toEqual({ ...nothing, added: [await seenBy(direct.id)] });
    const other = await groupOf(ada, [grace]);
    await addTo(ada, other.id, [linus.id]);
    const mine = await groupOf(linus, []);
    expect(await ownChanges()).toEqual({ ...nothing, added: [await seenBy(other.id), await seenBy(mine.id)] });
    await deleteConversation(linus, group.id);
    await say(ada, group.id, "four");
    expect(await ownChanges()).toEqual({ ...nothing, added: [await seenBy(group.id)] });
    expect((await seenBy(group.id)).me.unread_count).toBe(1);
  });

  it.each([
    ["read position", () => own("read", { seq: 2 }), { last_read_seq: 2, unread_count: 1 }],
    ["mute", () => own("mute", {}), { is_muted: true }],
    ["archive", () => own("archive", {}), { archived_at: expect.any(String) }],
  ])("brings the %s of another device, once", async (_name, change, me) => {
    await change();
    await change();
    const answer = await ownChanges();
    expect(answer).toEqual({ ...nothing, updated: [await seenBy(group.id)] });
    expect(answer.updated[0]?.me).toMatchObject(me);
    await change();
    expect(await ownChanges()).toEqual(nothing);
  });

  it("brings a conversation once, however often it was changed, and as added when it is new", async () => {
    for (const name of ["mute", "unmute", "archive", "unarchive", "mute"]) await own(name, {});
    expect(await ownChanges()).toEqual({ ...nothing, updated: [await seenBy(group.id)] });
    const mine = await groupOf(linus, []);
    await linus.call(`POST /v1/chat/conversations/${mine.id}/archive`);
    expect(await ownChanges()).toEqual({ ...nothing, added: [await seenBy(mine.id)] });
  });

  it("brings what went: left, removed, deleted; and not what came and went, twice", async () => {
    const { ada } = workspace;
    const [removed, gone] = [await groupOf(ada, [linus]), await groupOf(ada, [linus])];
    const hidden = await directBetween(ada, linus);
    await ownChanges();
    await removeFrom(linus, group.id, linus.id);
    await removeFrom(ada, removed.id, linus.id);
    await deleteConversation(ada, gone.id, "for_everyone");
    await deleteConversation(linus, hidden.id);
    const reasons = (await ownChanges()).removed.map(({ conversation_id, reason }) => [conversation_id, reason]);
    expect(reasons).toEqual([
      [group.id, "left"],
      [removed.id, "removed"],
      [gone.id, "deleted"],
      [hidden.id, "deleted"],
    ]);
    await addTo(ada, group.id, [linus.id]);
    await removeFrom(ada, group.id, linus.id);
    expect(await ownChanges()).toEqual({ ...nothing, removed: [{ conversation_id: group.id, reason: "removed" }] });
  });

  it("names one that is gone once, also when it was asked for", async () => {
    await removeFrom(linus, group.id, linus.id);
    const { body } = await sync(linus, [{ conversation_id: group.id, last_seq: 3 }], { user_cursor });
    expect(body.removed).toEqual([{ conversation_id: group.id, reason: "left" }]);
  });

  it("brings the messages that were deleted for oneself, and the count that goes with them", async () => {
    const { ada } = workspace;
    const [first, second, third] = await historyOf(linus, group.id);
    await own("read", { seq: 1 });
    await ownChanges();
    await deleteMessage(linus, first?.id as string);
    expect(await ownChanges()).toEqual({
      ...nothing,
      hidden: [{ conversation_id: group.id, message_id: first?.id, seq: 1, sender_id: workspace.ada.id }],
    });
    for (const one of [third, second]) await deleteMessage(linus, one?.id as string);
    const answer = await ownChanges();
    expect(answer.hidden.map(({ seq }) => seq)).toEqual([3, 2]);
    expect(answer.updated).toEqual([await seenBy(group.id)]);
    expect(answer.updated[0]?.me.unread_count).toBe(0);
    await deleteMessage(ada, first?.id as string);
    expect(await ownChanges()).toEqual(nothing);
  });

  it("is silent about what is no change of one's own", async () => {
    const { ada } = workspace;
    await say(ada, group.id, "four");
    await update(ada, group.id, { name: "Renamed" });
    await ada.call(`POST /v1/chat/conversations/${group.id}/mute`, { body: {} });
    await groupOf(ada, []);
    expect(await ownChanges()).toEqual(nothing);
  });

  it("comes in pages when there is much of it, each change once", async () => {
    const { ada, stack } = workspace;
    await writeMany(stack, ada, group.id, upTo(127).map(String));
    await own("read", { seq: 130 });
    await ownChanges();
    const history = await historyOf(linus, group.id);
    const made: string[] = [];
    for (const [index, { id }] of history.entries()) {
      await deleteMessage(linus, id);
      if (index % 10 === 0) made.push((await groupOf(ada, [linus])).id);
    }
    const found = { hidden: [] as string[], added: [] as string[] };
    let rounds = 0;
    for (let more = true; more; rounds += 1) {
      const { body } = await sync(linus, [], { user_cursor });
      expect(body.hidden.length + body.added.length + body.updated.length).toBeLessThanOrEqual(100);
      found.hidden.push(...body.hidden.map(({ message_id }) => message_id));
      found.added.push(...body.added.map(({ id }) => id));
      more = body.has_more;
      user_cursor = body.user_cursor;
    }
    expect(rounds).toBe(2);
    expect(found).toEqual({ hidden: history.map(({ id }) => id), added: made });
    expect(await ownChanges()).toEqual(nothing);
  });

  it("comes together with what happened in the conversations", async () => {
    const { ada } = workspace;
    await own("archive", {});
    const message = await say(ada, group.id, "four");
    const known = { conversation_id: group.id, last_seq: 3, last_change_seq: 3 };
    const { body } = await sync(linus, [known], { user_cursor });
    const now = await seenBy(group.id);
    expect(withoutPresence(body)).toMatchObject({ updated: [now], conversations: [{ messages: [message] }] });
    expect(withoutPresence(body.conversations[0]?.conversation)).toEqual(now);
  });
});
