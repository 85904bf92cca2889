import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { conversations } from "../conversations/conversations.table.js";
import { media } from "../media/media.table.js";
import { connections } from "../presence/presence.table.js";
import { type UserKey, users } from "../users/users.table.js";
import { invites, logins, sessions } from "./auth.table.js";

/**
 * Says whether an account was never used, so that its address may be given to somebody who can prove it. That is
 * certain when it is older than a day, its rows are still as its signup wrote them in one transaction (and so with one
 * timestamp), and its workspace holds nothing and nobody else. Where a row is missing, as when the session has been
 * deleted, it counts as used. The session is locked: a refresh at the same time waits, or has been seen.
 */
export async function isUnused(db: Executor, { tenant_id, user_id }: UserKey): Promise<boolean> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(users, and(eq(users.tenant_id, sessions.tenant_id), eq(users.id, sessions.user_id)))
    .innerJoin(logins, and(eq(logins.tenant_id, sessions.tenant_id), eq(logins.user_id, sessions.user_id)))
    .where(
      and(
        eq(sessions.tenant_id, tenant_id),
        eq(sessions.user_id, user_id),
        eq(sessions.created_at, users.created_at),
        eq(sessions.generation, 0),
        isNull(sessions.revoked_at),
        lt(users.created_at, sql`now() - interval '1 day'`),
        isNull(users.last_seen_at),
        eq(users.profile_seq, 0),
        eq(logins.password_changed_at, users.created_at),
        sql`not exists (select from ${sessions} other where other.tenant_id = ${tenant_id} and other.id <> ${sessions.id})`,
        sql`not exists (select from ${users} other where other.tenant_id = ${tenant_id} and other.id <> ${user_id})`,
        sql`not exists (select from ${invites} made where made.tenant_id = ${tenant_id})`,
        sql`not exists (select from ${conversations} own where own.tenant_id = ${tenant_id})`,
        sql`not exists (select from ${media} own where own.tenant_id = ${tenant_id})`,
        sql`not exists (select from ${connections} own where own.tenant_id = ${tenant_id})`,
      ),
    )
    .for("update", { of: sessions });
  return rows.length > 0;
}
