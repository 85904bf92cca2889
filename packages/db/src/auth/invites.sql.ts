import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import type { UserKey } from "../users/users.table.js";
import { invites } from "./auth.table.js";

export type InviteRow = typeof invites.$inferSelect;

export interface InviteKey {
  tenant_id: string;
  id: string;
}

const theInvite = ({ tenant_id, id }: InviteKey) => and(eq(invites.tenant_id, tenant_id), eq(invites.id, id));
const open = () => and(isNull(invites.used_at), isNull(invites.revoked_at), gt(invites.expires_at, sql`now()`));

/**
 * Inserts an invite that expires after `hours` by the database's clock, which is also the one that decides whether it
 * has.
 */
export async function insertInvite(
  db: Executor,
  invite: Omit<typeof invites.$inferInsert, "expires_at">,
  hours: number,
): Promise<InviteRow> {
  const [row] = await db
    .insert(invites)
    .values({ ...invite, expires_at: sql`now() + make_interval(hours => ${hours})` })
    .returning();
  if (row === undefined) throw new Error("the invite was not written");
  return row;
}

export async function getOpenInvite(db: Executor, tokenHash: Buffer): Promise<InviteRow | undefined> {
  const [row] = await db
    .select()
    .from(invites)
    .where(and(eq(invites.token_hash, tokenHash), open()));
  return row;
}

/**
 * Locks an invite that is still open, so that of two signups with one token only one finds it open. Transactions that
 * also lock users lock those first: a demotion holds its user while it revokes the user's invites.
 */
export async function lockOpenInvite(db: Executor, key: InviteKey): Promise<InviteRow | undefined> {
  const [row] = await db
    .select()
    .from(invites)
    .where(and(theInvite(key), open()))
    .for("update");
  return row;
}

/** Marks an invite as used by the user who has signed up with it. */
export const setInviteUsed = async (db: Executor, key: InviteKey, userId: string): Promise<void> => {
  await db.update(invites).set({ used_at: sql`now()`, used_by: userId }).where(theInvite(key));
};

export const listOpenInvites = (
  db: Executor,
  tenantId: string,
  { after, limit }: { after?: { id: string }; limit: number },
): Promise<InviteRow[]> =>
  db
    .select()
    .from(invites)
    .where(and(eq(invites.tenant_id, tenantId), open(), after && sql`${invites.id} < ${after.id}`))
    .orderBy(desc(invites.id))
    .limit(limit);

/** Revokes all open invites that a user has made. */
export const revokeInvitesOf = (db: Executor, { tenant_id, user_id }: UserKey): Promise<{ id: string }[]> =>
  db
    .update(invites)
    .set({ revoked_at: sql`now()` })
    .where(and(eq(invites.created_by, user_id), eq(invites.tenant_id, tenant_id), open()))
    .returning({ id: invites.id });

/** Revokes an invite; false when the tenant has no such invite. Revoking it again changes nothing. */
export async function revokeInvite(db: Executor, key: InviteKey): Promise<boolean> {
  const rows = await db
    .update(invites)
    .set({ revoked_at: sql`coalesce(${invites.revoked_at}, now())` })
    .where(theInvite(key))
    .returning({ id: invites.id });
  return rows.length > 0;
}
