import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { users } from "./users.table.js";

export type UserRow = typeof users.$inferSelect;

export const insertUser = (db: Executor, user: typeof users.$inferInsert): Promise<UserRow[]> =>
  db.insert(users).values(user).returning();

export async function getUser(db: Executor, tenantId: string, userId: string): Promise<UserRow | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)));
  return row;
}

/** Those of the ids that are users of the tenant and not deactivated. */
export const listActiveUsers = (db: Executor, tenantId: string, ids: readonly string[]): Promise<UserRow[]> =>
  db
    .select()
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), sql`${users.id} = ${anyId(ids)}`, isNull(users.deactivated_at)));

export async function updateUser(
  db: Executor,
  tenantId: string,
  userId: string,
  changes: Partial<Pick<UserRow, "display_name" | "avatar_url" | "timezone" | "phone" | "role" | "deactivated_at">>,
): Promise<UserRow | undefined> {
  const [row] = await db
    .update(users)
    .set(changes)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)))
    .returning();
  return row;
}

/** The active owners, locked against each other: two demotions at once must not leave the tenant without one. */
export const lockOwners = (db: Executor, tenantId: string): Promise<{ id: string }[]> =>
  db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.role, "owner"), isNull(users.deactivated_at)))
    .orderBy(users.id)
    .for("update");
