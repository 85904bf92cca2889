import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { users } from "../users/users.table.js";
import { invites } from "./auth.table.js";

export type InviteRow = typeof invites.$inferSelect;

const open = () => and(isNull(invites.used_at), isNull(invites.revoked_at), gt(invites.expires_at, sql`now()`));

/** Somebody who was shut out must not come back in by an invite of their own. */
const byActiveUser = () => sql`exists (
  select from ${users} u where u.tenant_id = ${invites.tenant_id} and u.id = ${invites.created_by}
  and u.deactivated_at is null
)`;

export async function insertInvite(db: Executor, invite: typeof invites.$inferInsert): Promise<void> {
  await db.insert(invites).values(invite);
}

/** Locked, so that of two signups with one token only one finds it open. */
export async function lockOpenInvite(db: Executor, tokenHash: Buffer): Promise<InviteRow | undefined> {
  const [row] = await db
    .select()
    .from(invites)
    .where(and(eq(invites.token_hash, tokenHash), open(), byActiveUser()))
    .for("update");
  return row;
}

export const setInviteUsed = async (db: Executor, tenantId: string, id: string, userId: string): Promise<void> => {
  await db
    .update(invites)
    .set({ used_at: sql`now()`, used_by: userId })
    .where(and(eq(invites.tenant_id, tenantId), eq(invites.id, id)));
};

export const listOpenInvites = (
  db: Executor,
  tenantId: string,
  page: { limit: number; beforeId?: string },
): Promise<InviteRow[]> =>
  db
    .select()
    .from(invites)
    .where(
      and(eq(invites.tenant_id, tenantId), open(), page.beforeId ? sql`${invites.id} < ${page.beforeId}` : undefined),
    )
    .orderBy(desc(invites.id))
    .limit(page.limit);

/** False when the tenant has no such invite; revoking a second time changes nothing. */
export async function revokeInvite(db: Executor, tenantId: string, id: string): Promise<boolean> {
  const rows = await db
    .update(invites)
    .set({ revoked_at: sql`coalesce(${invites.revoked_at}, now())` })
    .where(and(eq(invites.tenant_id, tenantId), eq(invites.id, id)))
    .returning({ id: invites.id });
  return rows.length > 0;
}
