import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { untilLockAwaited } from "../harness/locks.js";
import { groupOf, say } from "../harness/people.js";
import { historyOf, upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

/** Holds the rows of conversations, as another process does, while `work` runs. */
const whileHeld = <T>(ids: readonly string[], work: () => Promise<T>) => {
  const { sql } = workspace.stack.database;
  return sql.begin(async (tx) => {
    await tx`select from conversations where id in ${tx(ids)} for update`;
    return work();
  });
};

describe("a conversation that another process holds", () => {
  it("keeps no other from being written to, however many are held", async () => {
    const { ada, stack } = workspace;
    const held = await Promise.all(upTo(8).map(() => groupOf(ada, [])));
    const free = await Promise.all(upTo(8).map(() => groupOf(ada, [])));
    const waiting: Promise<unknown>[] = [];
    await whileHeld(
      held.map(({ id }) => id),
      async () => {
        for (const { id } of held) waiting.push(say(ada, id, "waits"));
        await untilLockAwaited(stack.database.sql);
        const sent = await Promise.all(free.map(({ id }) => say(ada, id, "does not wait")));
        expect(sent.map(({ seq }) => seq)).toEqual(upTo(8).map(() => 1));
      },
    );
    await Promise.all(waiting);
    for (const { id } of held) expect((await historyOf(ada, id)).map(({ text }) => text)).toEqual(["waits"]);
  });

  it("is written to in the order of the sends, also those that came while others waited for it", async () => {
    const { ada, stack } = workspace;
    const { id } = await groupOf(ada, []);
    const waiting: Promise<unknown>[] = [];
    await whileHeld([id], async () => {
      for (const n of upTo(5)) waiting.push(say(ada, id, `first ${n}`));
      await untilLockAwaited(stack.database.sql);
      for (const n of upTo(5)) waiting.push(say(ada, id, `later ${n}`));
    });
    await Promise.all(waiting);
    const texts = (await historyOf(ada, id)).map(({ text }) => text?.split(" ")[0]);
    expect(texts).toEqual([...upTo(5).map(() => "first"), ...upTo(5).map(() => "later")]);
  });
});

describe("404", () => {
  it("conversation_not_found for who was removed while the send waited for its turn", async () => {
    const { ada, grace, stack } = workspace;
    const { sql } = stack.database;
    const { id } = await groupOf(ada, [grace]);
    const { sent } = await sql.begin(async (tx) => {
      await tx`select from conversations where id = ${id} for update`;
      // In an object, because a promise would be awaited before the commit.
      const sent = grace.call("POST /v1/chat/messages/send", { body: { conversation_id: id, text: "too late" } });
      await untilLockAwaited(sql);
      await tx`
        update participants set left_at = now(), left_reason = 'left'
        where conversation_id = ${id} and user_id = ${grace.id}`;
      return { sent };
    });
    expectProblem(await sent, 404, "conversation_not_found");
    expect(await historyOf(ada, id)).toEqual([]);
    const [counters] = await sql`select last_seq::int, last_change_seq::int from conversations where id = ${id}`;
    expect(counters).toEqual({ last_seq: 0, last_change_seq: 0 });
  });
});
