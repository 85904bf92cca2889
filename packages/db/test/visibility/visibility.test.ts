import { describe, expect, it } from "vitest";
import { isInWindow, seenBy, toMessage, toSharedMessage } from "../../../../apps/msgsrv/src/views/messages.view.js";
import { randomFrom, seedOfRun } from "../../../../test/oracle/random.js";
import { plannerSettings } from "../../src/connection/database.js";
import {
  type Executor,
  isMessageUnread,
  listConversationViews,
  listMessageViews,
  listMessageViewsById,
  listSharedMessageViews,
  listUnreadViews,
  listWholeConversationViewsById,
} from "../../src/index.js";
import { useDatabase } from "../database.setup.js";
import { createWorld, makeMove, sendMany, type World } from "./history.js";
import { type Judged, judge } from "./judge.js";

const seed = seedOfRun();

const fixture = useDatabase(2);

/** Reads what the queries answer, in the judge's form. */
async function answersOf({ tenant_id, userIds, conversations }: World): Promise<Judged[]> {
  const { executor } = fixture.database;
  const ids = conversations.map(({ id }) => id);
  const answers: Judged[] = [];
  for (const user_id of userIds) {
    const views = await listWholeConversationViewsById(executor, { tenant_id, user_id }, ids);
    const unread = await listUnreadViews(executor, { tenant_id, user_id }, 10);
    const listed = views.filter(({ participant, unread_count }) => !participant.is_hidden && unread_count > 0);
    expect(new Map(unread.map((view) => [view.conversation_id, view.unread_count]))).toEqual(
      new Map(listed.map((view) => [view.conversation.id, view.unread_count])),
    );
    const total = listed.reduce((sum, { unread_count }) => sum + unread_count, 0);
    expect(unread[0]?.total_unread ?? 0).toBe(total);
    for (const { conversation, last_message, unread_count } of views) {
      const unread_ids: string[] = [];
      for (const message_id of conversations.find(({ id }) => id === conversation.id)?.messageIds ?? []) {
        if (await isMessageUnread(executor, { tenant_id, message_id, user_id })) unread_ids.push(message_id);
      }
      expect(unread_count, "the count is that of the messages that count").toBe(unread_ids.length);
      answers.push({
        conversation_id: conversation.id,
        user_id,
        unread_ids,
        last_message_id: last_message?.message.id ?? null,
      });
    }
  }
  const order = ({ conversation_id, user_id }: Judged): string => `${conversation_id} ${user_id}`;
  return answers.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

describe(`unread counts and last messages in random histories (VERO_SEED=${seed})`, () => {
  it.each([1, 2, 3])("history %i: are those of a judge who looks at every message", async (index) => {
    const random = randomFrom(seed + index);
    const world = await createWorld(fixture.database);
    const made: string[] = [];
    for (let moves = 1; moves <= 60; moves += 1) {
      made.push(await makeMove(world, random));
      if (moves % 4 === 0) {
        expect(await answersOf(world), `after ${made.join(", ")}`).toEqual(
          await judge(fixture.stored, world.tenant_id),
        );
      }
    }
  });
});

describe(`messages as each viewer sees them in random histories (VERO_SEED=${seed})`, () => {
  it("redacted by the service are those that the database selects for the viewer", async () => {
    const random = randomFrom(seed + 4);
    const { executor } = fixture.database;
    const world = await createWorld(fixture.database);
    const { tenant_id } = world;
    for (let moves = 0; moves < 200; moves += 1) await makeMove(world, random);
    const ids = world.conversations.flatMap(({ messageIds }) => messageIds);
    const shared = (await listSharedMessageViews(executor, tenant_id, ids)).map(toSharedMessage);
    expect(shared).toHaveLength(ids.length);
    for (const user_id of world.userIds) {
      const selected = await listMessageViewsById(executor, { tenant_id, user_id }, ids);
      const memberships = await listWholeConversationViewsById(
        executor,
        { tenant_id, user_id },
        world.conversations.map(({ id }) => id),
      );
      const windows = new Map(memberships.map(({ participant }) => [participant.conversation_id, participant]));
      const redacted = shared.flatMap((one) => {
        const viewer = windows.get(one.message.conversation_id);
        return (viewer && seenBy(viewer, one)) ?? [];
      });
      const bySeq = <M extends { id: string }>(messages: M[]): M[] => messages.sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(bySeq(redacted)).toEqual(bySeq(selected.map((view) => toMessage(user_id, view))));
    }
  });

  it.each([
    { visible_from_seq: 0, visible_to_seq: null, seen: [1, 2, 3, 4, 5] },
    { visible_from_seq: 2, visible_to_seq: null, seen: [3, 4, 5] },
    { visible_from_seq: 5, visible_to_seq: null, seen: [] },
    { visible_from_seq: 0, visible_to_seq: 5, seen: [1, 2, 3, 4, 5] },
    { visible_from_seq: 0, visible_to_seq: 3, seen: [1, 2, 3] },
    { visible_from_seq: 2, visible_to_seq: 3, seen: [3] },
    { visible_from_seq: 2, visible_to_seq: 2, seen: [] },
  ])(
    "a window after $visible_from_seq up to $visible_to_seq shows $seen, to the database and to the service",
    async ({ seen, ...window }) => {
      const { executor } = fixture.database;
      const world = await createWorld(fixture.database);
      const [conversation] = world.conversations;
      const [reader = "", writer = ""] = world.userIds;
      if (conversation === undefined) return expect.unreachable();
      await sendMany({ world, conversation, user_id: writer }, 5);
      const { id } = conversation;
      await fixture.stored
        .sql`update participants set ${fixture.stored.sql(window)} where conversation_id = ${id} and user_id = ${reader}`;
      const key = { tenant_id: world.tenant_id, user_id: reader, conversation_id: id };
      const selected = await listMessageViews(executor, key, { from: "start", limit: 10 });
      expect(selected.map(({ message }) => message.seq)).toEqual(seen);
      expect([1, 2, 3, 4, 5].filter((seq) => isInWindow(seq, window))).toEqual(seen);
      const [view] = await listWholeConversationViewsById(executor, { tenant_id: world.tenant_id, user_id: reader }, [
        id,
      ]);
      expect([view?.unread_count, view?.last_message?.message.id ?? null]).toEqual([
        seen.length,
        selected.at(-1)?.message.id ?? null,
      ]);
    },
  );
});

/** Explains the statement that `read` sends; answers the most rows that a node of the plan went through. */
async function rowsOfPlan(read: (db: Executor) => Promise<unknown>): Promise<number> {
  const sent: [text: string, params: string[]][] = [];
  const unsafe = (text: string, params: string[]) => {
    sent.push([text, params]);
    return { values: async () => [] };
  };
  await read({ session: { client: { unsafe } } } as unknown as Executor);
  const [text, params] = sent[0] ?? expect.unreachable("nothing was sent");
  const [row] = await fixture.stored.sql.begin(async (tx) => {
    for (const [name, value] of Object.entries(plannerSettings)) await tx`select set_config(${name}, ${value}, true)`;
    return tx.unsafe(`explain (analyze, format json) ${text}`, params);
  });
  const walk = (node: Record<string, unknown>): number[] => {
    const below = ((node["Plans"] ?? []) as Record<string, unknown>[]).flatMap(walk);
    const removed = Number(node["Rows Removed by Filter"] ?? 0) + Number(node["Rows Removed by Index Recheck"] ?? 0);
    return [(Number(node["Actual Rows"]) + removed) * Number(node["Actual Loops"]), ...below];
  };
  return Math.max(...walk(row?.["QUERY PLAN"][0].Plan));
}

describe("counting what is unread", () => {
  it("goes through the exceptions, and never through what is unread", async () => {
    const { executor } = fixture.database;
    const world = await createWorld(fixture.database);
    const [reader = "", writer = ""] = world.userIds;
    for (const conversation of world.conversations) await sendMany({ world, conversation, user_id: writer }, 3_000);
    // Autovacuum does it a moment later: without statistics the plans are for an empty table.
    await fixture.stored.sql`analyze`;
    const viewer = { tenant_id: world.tenant_id, user_id: reader };
    const ids = world.conversations.map(({ id }) => id);
    const page = { filter: "active", unread_only: true, limit: 30 } as const;
    expect((await listUnreadViews(executor, viewer, 30)).map((view) => view.unread_count)).toEqual([3_000, 3_000]);
    expect(await rowsOfPlan((db) => listWholeConversationViewsById(db, viewer, ids))).toBeLessThan(300);
    expect(await rowsOfPlan((db) => listConversationViews(db, viewer, page))).toBeLessThan(300);
    expect(await rowsOfPlan((db) => listUnreadViews(db, viewer, 30))).toBeLessThan(300);
  });
});
