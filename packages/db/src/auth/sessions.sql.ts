import { and, desc, eq, getTableColumns, gt, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { users } from "../users/users.table.js";
import { sessions } from "./auth.table.js";

export type SessionRow = typeof sessions.$inferSelect;

export interface ActorRow {
  tenant_id: string;
  user_id: string;
  session_id: string;
  role: "owner" | "admin" | "agent" | "member";
}

const alive = () =>
  and(isNull(sessions.revoked_at), gt(sessions.expires_at, sql`now()`), gt(sessions.ends_at, sql`now()`));

/** Who a session stands for right now; nobody when it has ended or its user is deactivated. */
export async function getActor(db: Executor, sessionId: string): Promise<ActorRow | undefined> {
  const [row] = await db
    .select({
      tenant_id: sessions.tenant_id,
      user_id: sessions.user_id,
      session_id: sessions.id,
      role: users.role,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.tenant_id, sessions.tenant_id), eq(users.id, sessions.user_id)))
    .where(and(eq(sessions.id, sessionId), alive(), isNull(users.deactivated_at)));
  return row;
}

/** Those of the sessions that have ended, with the reason a socket is closed for. */
export const listEndedSessions = (
  db: Executor,
  sessionIds: readonly string[],
): Promise<{ id: string; user_deactivated: boolean }[]> =>
  db
    .select({ id: sessions.id, user_deactivated: sql<boolean>`${users.deactivated_at} is not null` })
    .from(sessions)
    .innerJoin(users, and(eq(users.tenant_id, sessions.tenant_id), eq(users.id, sessions.user_id)))
    .where(
      and(
        sql`${sessions.id} = any(${`{${sessionIds.join(",")}}`}::text[])`,
        or(sql`not (${alive()})`, sql`${users.deactivated_at} is not null`),
      ),
    );

/** How old the refresh secret is, by the clock of the database: the clocks of the nodes may differ. */
const rotatedMsAgo = sql<number>`(extract(epoch from clock_timestamp() - ${sessions.rotated_at}) * 1000)::float8`;

/** Refreshes of one session take their turns. */
export async function lockSession(
  db: Executor,
  sessionId: string,
): Promise<(SessionRow & { rotated_ms_ago: number }) | undefined> {
  const [row] = await db
    .select({ ...getTableColumns(sessions), rotated_ms_ago: rotatedMsAgo })
    .from(sessions)
    .where(eq(sessions.id, sessionId))
    .for("update");
  return row;
}

export async function getSession(db: Executor, sessionId: string): Promise<SessionRow | undefined> {
  const [row] = await db.select().from(sessions).where(eq(sessions.id, sessionId));
  return row;
}

/** The next refresh secret of a session; its end stays where it is. */
export const rotateSession = async (
  db: Executor,
  id: string,
  next: Pick<SessionRow, "refresh_hash" | "generation" | "previous_hash" | "expires_at" | "ip" | "user_agent">,
): Promise<void> => {
  await db
    .update(sessions)
    .set({ ...next, rotated_at: sql`now()` })
    .where(eq(sessions.id, id));
};

export const insertSession = async (db: Executor, session: typeof sessions.$inferInsert): Promise<void> => {
  await db.insert(sessions).values(session);
};

/** Moves the idle end, never beyond the absolute one. */
export const extendSession = async (db: Executor, id: string, expiresAt: Date): Promise<void> => {
  await db
    .update(sessions)
    .set({ expires_at: sql`least(${expiresAt.toISOString()}::timestamptz, ${sessions.ends_at})` })
    .where(eq(sessions.id, id));
};

/** Newest first; `before` is the last item of the page before. */
export const listUserSessions = (
  db: Executor,
  tenantId: string,
  userId: string,
  page: { limit: number; before?: { created_at: Date; id: string } },
): Promise<SessionRow[]> =>
  db
    .select()
    .from(sessions)
    .where(
      and(
        eq(sessions.tenant_id, tenantId),
        eq(sessions.user_id, userId),
        alive(),
        page.before &&
          sql`(${sessions.created_at}, ${sessions.id}) < (${page.before.created_at.toISOString()}::timestamptz, ${page.before.id})`,
      ),
    )
    .orderBy(desc(sessions.created_at), desc(sessions.id))
    .limit(page.limit);

const revoked = { revoked_at: sql`now()` };

export const revokeSession = (
  db: Executor,
  tenantId: string,
  userId: string,
  sessionId: string,
): Promise<{ id: string }[]> =>
  db
    .update(sessions)
    .set(revoked)
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.tenant_id, tenantId),
        eq(sessions.user_id, userId),
        isNull(sessions.revoked_at),
      ),
    )
    .returning({ id: sessions.id });

/** Ends all sessions of a user, or all but one. */
export const revokeUserSessions = (
  db: Executor,
  tenantId: string,
  userId: string,
  except: string | null,
): Promise<{ id: string }[]> =>
  db
    .update(sessions)
    .set(revoked)
    .where(
      and(
        eq(sessions.tenant_id, tenantId),
        eq(sessions.user_id, userId),
        isNull(sessions.revoked_at),
        except === null ? undefined : ne(sessions.id, except),
      ),
    )
    .returning({ id: sessions.id });

/** Revoked ones are kept until they would have expired. `ends_at` is never before `expires_at`. */
export const deleteSessionsExpiredBefore = async (db: Executor, time: Date): Promise<void> => {
  await db.delete(sessions).where(lt(sessions.expires_at, time));
};
