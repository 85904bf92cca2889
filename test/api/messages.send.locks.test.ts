import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { untilLockAwaited } from "../harness/locks.js";
import { groupOf } from "../harness/people.js";
import { historyOf, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

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
