import { and, type Column, eq, getTableColumns, isNull, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { connections, connectionTtlSeconds } from "../realtime/realtime.table.js";
import { blocks } from "./blocks.table.js";
import { users } from "./users.table.js";

/** A user with what is known of their sockets. */
export type UserRow = typeof users.$inferSelect & { is_online: boolean };

/** With the table's name: in a query of one table alone drizzle leaves it out, and a subquery takes `id` for its own. */
const tenantIdOfUser = sql`${users}.tenant_id`;
const idOfUser = sql`${users}.id`;

const isOnline = sql<boolean>`exists (
  select from ${connections} c where c.tenant_id = ${tenantIdOfUser} and c.user_id = ${idOfUser}
  and c.seen_at > now() - make_interval(secs => ${sql.raw(String(connectionTtlSeconds))})
)`;

export const userColumns = { ...getTableColumns(users), is_online: isOnline };

/** Whether either of the two has blocked the other: then neither learns of the other's presence, typing and reading. */
export const isApart = (one: Column | SQL | string, other: Column | SQL | string): SQL<boolean> => sql<boolean>`exists (
  select from ${blocks} b where b.tenant_id = ${tenantIdOfUser} and b.removed_at is null
  and ((b.blocker_id = ${one} and b.blocked_id = ${other}) or (b.blocker_id = ${other} and b.blocked_id = ${one}))
)`;

/** Users as one of them sees them: across a block nobody is online, nor was. */
export const userColumnsFor = (viewer: Column | SQL | string) => ({
  ...userColumns,
  is_online: sql<boolean>`(${isOnline} and not ${isApart(viewer, idOfUser)})`,
  last_seen_at: sql<Date | null>`case when not ${isApart(viewer, idOfUser)} then ${users.last_seen_at} end`.mapWith(
    users.last_seen_at,
  ),
});

export const insertUser = async (db: Executor, user: typeof users.$inferInsert): Promise<void> => {
  await db.insert(users).values(user);
};

export async function getUser(db: Executor, tenantId: string, userId: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)));
  return row;
}

/** As another one sees them. */
export async function getUserFor(
  db: Executor,
  tenantId: string,
  viewerId: string,
  userId: string,
): Promise<UserRow | undefined> {
  const [row] = await db
    .select(userColumnsFor(viewerId))
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)));
  return row;
}

export const listDisplayNames = (
  db: Executor,
  tenantId: string,
  ids: readonly string[],
): Promise<{ id: string; display_name: string }[]> =>
  db
    .select({ id: users.id, display_name: users.display_name })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), sql`${users.id} = ${anyId(ids)}`));

/** Those of the ids that are users of the tenant and not deactivated. */
export const listActiveUserIds = (db: Executor, tenantId: string, ids: readonly string[]): Promise<{ id: string }[]> =>
  db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), sql`${users.id} = ${anyId(ids)}`, isNull(users.deactivated_at)));

export async function updateUser(
  db: Executor,
  tenantId: string,
  userId: string,
  changes: Partial<Pick<UserRow, "display_name" | "avatar_url" | "timezone" | "phone" | "role" | "deactivated_at">>,
): Promise<void> {
  await db
    .update(users)
    .set(changes)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)));
}

export async function lockUser(
  db: Executor,
  tenantId: string,
  userId: string,
): Promise<typeof users.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)))
    .for("no key update");
  return row;
}

/**
 * The active owners, locked against each other: two demotions at once must not leave the tenant without one. `no key`,
 * so that rows which refer to these users can be written meanwhile.
 */
export const lockOwners = (db: Executor, tenantId: string): Promise<{ id: string }[]> =>
  db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.role, "owner"), isNull(users.deactivated_at)))
    .orderBy(users.id)
    .for("no key update");
