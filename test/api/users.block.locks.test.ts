import { expect, it } from "vitest";
import { block, unblock } from "../harness/actions.js";
import { untilLockAwaited } from "../harness/locks.js";
import { groupOf } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

/** Every writer locks conversations in the order of their ids, and memberships after them. */
it.each([
  ["block", block, unblock],
  ["unblock", unblock, block],
] as const)(
  "%s: locks the conversations of both in order, and no participant before the last of them",
  async (_, change, undo) => {
    const { ada, grace, outsider, stack } = workspace;
    const { sql } = stack.database;
    const groups = [await groupOf(ada, [grace, outsider]), await groupOf(outsider, [grace, ada])];
    await undo(grace, ada);
    const [first = "", last = ""] = groups.map(({ id }) => id).sort();
    const { changed } = await sql.begin(async (tx) => {
      await tx`select from conversations where id = ${last} for no key update`;
      // In an object, because a promise would be awaited before the commit.
      const changed = change(grace, ada);
      await untilLockAwaited(sql);
      const free = await tx`
      select user_id from participants where conversation_id in (${first}, ${last}) for no key update skip locked`;
      expect(free).toHaveLength(6);
      const before = await tx`select id from conversations where id = ${first} for no key update skip locked`;
      expect(before).toEqual([]);
      return { changed };
    });
    expect([200, 204]).toContain((await changed).status);
    await unblock(grace, ada);
  },
);

it.each([
  ["block", block],
  ["unblock", unblock],
] as const)(
  "%s: answers 204 where it changes nothing, although all conversations of the two are locked",
  async (_, change) => {
    const { ada, grace, stack } = workspace;
    await unblock(grace, ada);
    const { id } = await groupOf(ada, [grace]);
    await change(grace, ada);
    await stack.database.sql.begin(async (tx) => {
      await tx`select from conversations for no key update`;
      const locked = await tx`select from participants where conversation_id = ${id} for no key update`;
      expect(locked).toHaveLength(2);
      expect((await change(grace, ada)).status).toBe(204);
    });
  },
);
