import { randomUUID } from "node:crypto";
import type { Block, Conversation, Message } from "@vero/contracts";
import { beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { addTo, block, cursorOf, edit, react, removeFrom, sync, unblock } from "../harness/actions.js";
import { conversationOf, listedBy, messageOf, participantsOf, receivedUntilNow, stateOf } from "../harness/observe.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { historyOf, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let blocker: Person;
let blocked: Person;
let direct: Conversation;
let group: Conversation;
beforeEach(async () => {
  const { ada, stack } = workspace;
  blocker = await invite(stack, ada, "Blocker");
  blocked = await invite(stack, ada, "Blocked");
  direct = await directBetween(blocked, blocker);
  group = await groupOf(ada, [blocker, blocked]);
  await say(blocked, direct.id, "before");
});

const unreadOf = async (person: Person, { id }: Conversation): Promise<number> =>
  (await conversationOf(person, id)).me.unread_count;
const textsOf = async (person: Person, { id }: Conversation): Promise<(string | null)[]> =>
  (await historyOf(person, id)).map(({ text }) => text);
/** How far the viewer is shown that somebody has read. */
const shownRead = async (viewer: Person, { id }: Conversation, reader: Person): Promise<number | undefined> =>
  (await participantsOf(viewer, id)).find(({ user }) => user.id === reader.id)?.last_read_seq;
const found = async (person: Person, q: string): Promise<(string | null)[]> =>
  (await person.call<{ items: { message: Message }[] }>(`GET /v1/chat/messages/search?q=${q}`)).body.items.map(
    ({ message }) => message.text,
  );

describe("204", () => {
  it("is delivered to own sessions alone, once, with what may be done since", async () => {
    const { ada, stack } = workspace;
    await withSockets(stack, [blocker, blocked, ada], async (own, theirs, others) => {
      expect((await block(blocker, blocked)).status).toBe(204);
      expect((await block(blocker, blocked)).status).toBe(204);
      const { data } = await own.event("block.created");
      const { body } = await blocker.call<{ items: Block[] }>("GET /v1/chat/blocks");
      expect(body.items).toEqual([data.block]);
      expect(data.block.user).toMatchObject({ id: blocked.id, is_online: false, last_seen_at: null });
      const state = await own.event("conversation.state_updated");
      expect(state).toMatchObject({ conversation_id: direct.id, data: { capabilities: ["delete_for_everyone"] } });
      expect((await conversationOf(blocker, direct.id)).me.capabilities).toEqual(["delete_for_everyone"]);
      await receivedUntilNow(ada, group.id, [own, theirs, others]);
      expect(own.events("block.created")).toHaveLength(1);
      // To the blocked side somebody has gone offline, as people do.
      const gone = { user_id: blocker.id, is_online: false, last_seen_at: null, availability: "offline" };
      const ofBlocker = theirs.events("presence.changed").filter(({ data }) => data.user_id === blocker.id);
      expect(ofBlocker.at(-1)?.["data"]).toEqual(gone);
      for (const socket of [theirs, others]) {
        expect(
          socket.events().filter(({ type }) => type.startsWith("block.") || type.startsWith("conversation.")),
        ).toEqual([]);
      }
    });
  });

  it("notifies nobody of presence who could not have known it", async () => {
    const { ada, outsider, stack } = workspace;
    await withSockets(stack, [outsider, blocker, ada], async (theirs, own, _ada) => {
      await block(blocker, outsider);
      await own.event("block.created");
      const { id } = await groupOf(ada, [outsider]);
      await say(ada, id, "mark");
      await theirs.event("message.created");
      expect(theirs.events("presence.changed").filter(({ data }) => data.user_id === blocker.id)).toEqual([]);
    });
  });

  it("lets direct messages succeed and never arrive, also after the end of the block", async () => {
    const { stack } = workspace;
    await block(blocker, blocked);
    const before = await stateOf(blocker, direct.id);
    const cursor = await cursorOf(blocker);
    const [first] = await listedBy(blocker);
    await withSockets(stack, [blocker], async (own) => {
      const sent = await say(blocked, direct.id, "withheld");
      expect(sent).toMatchObject({ text: "withheld", seq: 2, from_blocked_user: false });
      expect(await textsOf(blocked, direct)).toEqual(["before", "withheld"]);
      await react(blocked, (await historyOf(blocked, direct.id))[0]?.id as string, "👍");
      await edit(blocked, sent.id, "changed");
      expectProblem(await blocker.call<object>(`GET /v1/chat/messages/${sent.id}`), 404, "message_not_found");
      const after = await stateOf(blocker, direct.id);
      // The numbers move on, and the first message has a new one.
      expect(after).toMatchObject({
        ...before,
        conversation: {
          ...(before as { conversation: object }).conversation,
          last_seq: 2,
          last_change_seq: 4,
          last_message: { change_seq: 3 },
        },
        messages: [{ text: "before", reactions: [], change_seq: 3 }],
      });
      expect(await unreadOf(blocker, direct)).toBe(1);
      expect((await listedBy(blocker))[0]).toBe(first);
      expect(await found(blocker, "changed")).toEqual([]);
      const asked = [{ conversation_id: direct.id, last_seq: 1, last_change_seq: 1 }];
      const { body } = await sync(blocker, asked, { user_cursor: cursor });
      expect(body.conversations[0]?.messages).toMatchObject([{ text: "before", reactions: [] }]);
      expect(body).toMatchObject({ hidden: [], updated: [], added: [] });
      const [received = []] = await receivedUntilNow(blocker, (await groupOf(blocker, [])).id, [own]);
      const directEvents = received.filter(({ conversation_id }) => conversation_id === direct.id);
      expect(directEvents.map(({ type, data }) => [type, data.message?.text])).toEqual([["message.updated", "before"]]);
    });
    await unblock(blocker, blocked);
    expect(await textsOf(blocker, direct)).toEqual(["before"]);
    await say(blocked, direct.id, "arrives");
    expect(await textsOf(blocker, direct)).toEqual(["before", "arrives"]);
    expect(await unreadOf(blocker, direct)).toBe(2);
    expect((await listedBy(blocker))[0]).toBe(direct.id);
  });

  it("says nothing of them to a client in the middle of a walk of its list", async () => {
    await block(blocker, blocked);
    const walk = (await sync(blocker, [])).body;
    const asked = await Promise.all(
      [direct, group].map(async ({ id }) => {
        const { last_seq, last_change_seq, last_receipt_seq } = await conversationOf(blocker, id);
        return { conversation_id: id, last_seq, last_change_seq, last_receipt_seq };
      }),
    );
    await say(blocked, direct.id, "withheld");
    const { body } = await sync(blocker, asked, { user_cursor: walk.user_cursor });
    expect(body).toMatchObject({ added: [], updated: [], removed: [], hidden: [] });
    expect(body.conversations.flatMap(({ messages }) => messages)).toEqual([]);
  });

  it("hides what is edited during it, also from who had seen it", async () => {
    const { stack } = workspace;
    const [message] = await historyOf(blocker, direct.id);
    const user_cursor = await cursorOf(blocker);
    await block(blocker, blocked);
    await withSockets(stack, [blocker], async (own) => {
      expect((await edit(blocked, message?.id as string, "an insult")).body.text).toBe("an insult");
      const { data } = await own.event("message.deleted");
      expect(data).toMatchObject({ scope: "for_me", message: { id: message?.id, text: null } });
      await own.event("conversation.state_updated", (frame) => frame["data"].unread_count === 0);
    });
    expect(await textsOf(blocker, direct)).toEqual([]);
    expect(await unreadOf(blocker, direct)).toBe(0);
    expect((await sync(blocker, [], { user_cursor })).body.hidden).toMatchObject([{ message_id: message?.id }]);
  });

  it("brings no new direct conversation, until something arrives in it", async () => {
    const { stack, outsider } = workspace;
    await block(blocker, outsider);
    await withSockets(stack, [blocker, outsider], async (own, theirs) => {
      const { id } = await directBetween(outsider, blocker);
      await theirs.event("conversation.created", ({ conversation_id }) => conversation_id === id);
      await say(outsider, id, "withheld");
      const [received = []] = await receivedUntilNow(blocker, (await groupOf(blocker, [])).id, [own]);
      expect(received.filter(({ conversation_id }) => conversation_id === id)).toEqual([]);
      expect(await listedBy(blocker)).not.toContain(id);
      await unblock(blocker, outsider);
      await say(outsider, id, "arrives");
      await own.event("conversation.created", ({ conversation_id }) => conversation_id === id);
      expect(await listedBy(blocker)).toContain(id);
      expect((await historyOf(blocker, id)).map(({ text }) => text)).toEqual(["arrives"]);
      expect(await unreadOf(blocker, { id } as Conversation)).toBe(1);
    });
  });

  it("does not bring back a conversation that was deleted for oneself", async () => {
    await blocker.call(`DELETE /v1/chat/conversations/${direct.id}`);
    await block(blocker, blocked);
    await say(blocked, direct.id, "withheld");
    expect(await listedBy(blocker)).not.toContain(direct.id);
    expect((await blocker.call<{ total_unread: number }>("GET /v1/chat/conversations/unread")).body.total_unread).toBe(
      0,
    );
  });

  it("marks what is written in shared groups, and does not count it", async () => {
    const { ada, stack } = workspace;
    await say(blocked, group.id, "before");
    await block(blocker, blocked);
    await withSockets(stack, [blocker, ada], async (own, others) => {
      const { id } = await say(blocked, group.id, "marked");
      const isIt = (frame: Frame) => frame["data"].message.id === id;
      expect((await own.event("message.created", isIt))["data"].message.from_blocked_user).toBe(true);
      expect((await others.event("message.created", isIt))["data"].message.from_blocked_user).toBe(false);
      expect((await messageOf(blocker, id)).from_blocked_user).toBe(true);
      expect((await messageOf(ada, id)).from_blocked_user).toBe(false);
    });
    expect(await unreadOf(blocker, group)).toBe(1);
    expect(await unreadOf(ada, group)).toBe(2);
    await unblock(blocker, blocked);
    await say(blocked, group.id, "counts");
    expect(await unreadOf(blocker, group)).toBe(2);
    expect((await historyOf(blocker, group.id)).map((one) => [one.text, one.from_blocked_user])).toEqual([
      ["before", false],
      ["marked", true],
      ["counts", false],
    ]);
  });

  it("keeps who is blocked from adding the blocker to groups, without a word", async () => {
    await block(blocker, blocked);
    const made = await groupOf(blocked, [blocker, workspace.ada]);
    expect(made.participant_count).toBe(2);
    const { body } = await addTo(blocked, made.id, [blocker.id]);
    expect(body).toEqual({ added: [], already: [], skipped: [blocker.id] });
    expect(await listedBy(blocker)).not.toContain(made.id);
    // The other way round, and by others, it is as ever.
    expect((await groupOf(blocker, [blocked])).participant_count).toBe(2);
    expect((await groupOf(workspace.ada, [blocker, blocked])).participant_count).toBe(3);
  });

  it("stops typing, reading and presence both ways, and only between the two", async () => {
    const { ada, stack } = workspace;
    for (const text of ["one", "two", "three"]) await say(ada, group.id, text);
    await blocker.call(`POST /v1/chat/conversations/${group.id}/read`, { body: { seq: 1 } });
    await block(blocker, blocked);
    const readBy = (viewer: Person, reader: Person) => shownRead(viewer, group, reader);
    await withSockets(stack, [blocker, blocked, ada], async (...sockets) => {
      for (const person of [blocker, blocked]) {
        await person.call(`POST /v1/chat/conversations/${group.id}/typing`);
        await person.call(`POST /v1/chat/conversations/${group.id}/read`, { body: { seq: 3 } });
      }
      const received = await receivedUntilNow(ada, group.id, sockets);
      const subjects = received.map((frames) =>
        frames.filter(({ type }) => type === "typing" || type === "conversation.read").map(({ data }) => data.user_id),
      );
      expect(subjects).toEqual([[blocker.id], [blocked.id], [blocker.id, blocker.id, blocked.id, blocked.id]]);
    });
    expect([await readBy(blocked, blocker), await readBy(blocker, blocked)]).toEqual([1, 0]);
    expect([await readBy(ada, blocker), await readBy(blocker, blocker)]).toEqual([3, 3]);
    await withSockets(stack, [blocker, blocked], async (own, theirs) => {
      const { body } = await blocked.call<{ items: { user: { id: string; is_online: boolean } }[] }>(
        `GET /v1/chat/conversations/${group.id}/participants`,
      );
      expect(body.items.find(({ user }) => user.id === blocker.id)?.user.is_online).toBe(false);
      await unblock(blocker, blocked);
      const inGroup = (frame: Frame) => frame["conversation_id"] === group.id;
      const back = await theirs.event("conversation.read", inGroup);
      expect(back["data"]).toEqual({ user_id: blocker.id, last_read_seq: 3 });
      expect((await theirs.event("presence.changed"))["data"]).toMatchObject({ user_id: blocker.id, is_online: true });
      expect((await own.event("presence.changed"))["data"]).toMatchObject({ user_id: blocked.id, is_online: true });
    });
    expect([await readBy(blocked, blocker), await readBy(blocker, blocked)]).toEqual([3, 3]);
  });

  it("shows nothing more of reading when the other side blocks as well", async () => {
    const { ada } = workspace;
    for (const text of ["one", "two"]) await say(ada, group.id, text);
    await block(blocker, blocked);
    await blocker.call(`POST /v1/chat/conversations/${group.id}/read`, { body: { seq: 2 } });
    await block(blocked, blocker);
    expect(await shownRead(blocked, group, blocker)).toBe(0);
    await unblock(blocker, blocked);
    expect(await shownRead(blocked, group, blocker)).toBe(0);
    // A user who is added again is shown as of then.
    await removeFrom(ada, group.id, blocker.id);
    await addTo(ada, group.id, [blocker.id]);
    expect(await shownRead(blocked, group, blocker)).toBe(await shownRead(ada, group, blocker));
  });

  it("shows nothing of reading in a group that is younger than the block when the other side blocks as well", async () => {
    const { ada } = workspace;
    await block(blocker, blocked);
    const young = await groupOf(ada, [blocker, blocked]);
    const { seq } = await say(ada, young.id, "in a young group");
    await blocked.call(`POST /v1/chat/conversations/${young.id}/read`, { body: { seq } });
    await block(blocked, blocker);
    await unblock(blocker, blocked);
    expect(await shownRead(blocker, young, blocked)).toBe(0);
  });

  it("is delivered to the other devices that were away", async () => {
    // The first cursor is of a walk of the list, and what is not on the walk is new; the second is of a client that is
    // done.
    const walk = (await sync(blocker, [])).body;
    const { user_cursor } = (await sync(blocker, [], { user_cursor: walk.user_cursor })).body;
    await block(blocker, blocked);
    const first = (await sync(blocker, [], { user_cursor })).body;
    expect(first).toMatchObject({
      blocked: [{ user: { id: blocked.id } }],
      unblocked: [],
      updated: [{ id: direct.id }],
    });
    await unblock(blocker, blocked);
    const second = (await sync(blocker, [], { user_cursor: first.user_cursor })).body;
    expect(second).toMatchObject({ blocked: [], unblocked: [blocked.id], updated: [{ id: direct.id }] });
    const nothing = (await sync(blocked, [], { user_cursor })).body;
    expect(nothing).toMatchObject({ blocked: [], unblocked: [] });
  });
});

describe("400", () => {
  it("cannot_block_self", async () => {
    expectProblem((await block(blocker, blocker)) as never, 400, "cannot_block_self");
  });
  it("validation_failed for what is no id", async () => {
    expectProblem((await block(blocker, { id: "nobody" })) as never, 400, "validation_failed");
  });
});

describe("404", () => {
  it.each([
    ["an unknown user", () => randomUUID()],
    ["somebody of another workspace", () => workspace.stranger.id],
  ])("user_not_found for %s", async (_, idOf) => {
    expectProblem((await block(blocker, { id: idOf() })) as never, 404, "user_not_found");
    expect((await blocker.call<{ items: unknown[] }>("GET /v1/chat/blocks")).body.items).toEqual([]);
  });
});
