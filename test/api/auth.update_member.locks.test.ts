import { expect, it } from "vitest";
import { untilLockAwaited } from "../harness/locks.js";
import { createWorkspace, groupOf, invite, type Person } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

const setRole = (by: Person, { id }: Person, role: string) => by.call(`PATCH /auth/members/${id}`, { body: { role } });

it("update_member: locks the owners and the member in the order of their ids, as a block does", async () => {
  const { stack } = workspace;
  const { sql } = stack.database;
  const owner = await createWorkspace(stack, "Owner");
  const people = [owner, await invite(stack, owner, "Second", "owner"), await invite(stack, owner, "Member")];
  const [first = "", middle = "", last = ""] = people.map(({ id }) => id).sort();
  // Its row is now behind the others, where a scan without an order would find it last.
  await sql`update users set display_name = display_name || '' where id = ${first}`;
  const { changed } = await sql.begin(async (tx) => {
    await tx`select from users where id = ${middle} for no key update`;
    const changed = setRole(owner, people[2] as Person, "agent");
    await untilLockAwaited(sql);
    const free = await tx`
      select id from users where id in (${first}, ${last}) for no key update skip locked`;
    expect(free.map(({ id }) => id)).toEqual([last]);
    return { changed };
  });
  expect((await changed).status).toBe(200);
});

it("update_member: locks what is the member's own in the order of their conversations, and the counter after it", async () => {
  const { stack } = workspace;
  const { sql } = stack.database;
  const owner = await createWorkspace(stack, "Owner");
  const member = await invite(stack, owner, "Member");
  const groups = await Promise.all([1, 2, 3].map(() => groupOf(owner, [member])));
  const [first = "", middle = "", last = ""] = groups.map(({ id }) => id).sort();
  await sql`update participants set is_hidden = is_hidden where user_id = ${member.id} and conversation_id = ${first}`;
  const { changed } = await sql.begin(async (tx) => {
    await tx`select from participants where user_id = ${member.id} and conversation_id = ${middle} for no key update`;
    const changed = setRole(owner, member, "agent");
    await untilLockAwaited(sql);
    const free = await tx`
      select conversation_id from participants
      where user_id = ${member.id} and conversation_id in (${first}, ${last}) for no key update skip locked`;
    expect(free.map(({ conversation_id }) => conversation_id)).toEqual([last]);
    const counters = await tx`
      select from personal_counters where user_id = ${member.id} for no key update skip locked`;
    expect(counters).toHaveLength(1);
    return { changed };
  });
  expect((await changed).status).toBe(200);
});
