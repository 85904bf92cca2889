import { expect, it } from "vitest";
import { addTo } from "../harness/actions.js";
import { untilLockAwaited } from "../harness/locks.js";
import { groupOf } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

/** A block has locked its two users, and may be about to lock a conversation that one of them has just left. */
it("participants.add: waits for a block of a newcomer before it locks the conversation", async () => {
  const { ada, grace, outsider, stack } = workspace;
  const { sql } = stack.database;
  const { id } = await groupOf(ada, [grace]);
  const { adding } = await sql.begin(async (tx) => {
    await tx`select from users where id = ${outsider.id} for no key update`;
    // In an object, because a promise would be awaited before the commit.
    const adding = addTo(ada, id, [outsider.id]);
    await untilLockAwaited(sql);
    const free = await tx`select id from conversations where id = ${id} for no key update skip locked`;
    expect(free).toEqual([{ id }]);
    return { adding };
  });
  const { status, body } = await adding;
  expect(status).toBe(200);
  expect(body.added.map(({ user }) => user.id)).toEqual([outsider.id]);
});
