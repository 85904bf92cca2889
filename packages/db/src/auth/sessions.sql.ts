import { and, desc, eq, getTableColumns, gt, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { query } from "../connection/statement.js";
import { type UserKey, users } from "../users/users.table.js";
import { sessions } from "./auth.table.js";

export type SessionRow = typeof sessions.$inferSelect;

export interface ActorRow {
  tenant_id: string;
  user_id: string;
  session_id: string;
  role: "owner" | "admin" | "agent" | "member";
  /** The generation of the current refresh token, and the newest whose access token has been presented. */
  generation: number;
  used_generation: number;
}

const ofUser = ({ tenant_id, user_id }: UserKey) =>
  and(eq(sessions.tenant_id, tenant_id), eq(sessions.user_id, user_id));

const alive = () =>
  and(isNull(sessions.revoked_at), gt(sessions.expires_at, sql`now()`), gt(sessions.ends_at, sql`now()`));

const actorOf = query<{ session_id: string }, ActorRow>((db, value) =>
  db
    .select({
      tenant_id: sessions.tenant_id,
      user_id: sessions.user_id,
      session_id: sessions.id,
      role: users.role,
      generation: sessions.generation,
      used_generation: sessions.used_generation,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.tenant_id, sessions.tenant_id), eq(users.id, sessions.user_id)))
    .where(and(eq(sessions.id, value("session_id")), alive(), isNull(users.deactivated_at))),
);

/** Gets the user that a session authenticates now; undefined when it has ended or its user is deactivated. */
export async function getActor(db: Executor, session_id: string): Promise<ActorRow | undefined> {
  const [row] = await actorOf(db, { session_id });
  return row;
}

/**
 * Records that an access token of the generation was presented: the client has its refresh token, and the previous one
 * counts as reused, except shortly after the rotation.
 */
export const setGenerationUsed = async (db: Executor, sessionId: string, generation: number): Promise<void> => {
  await db
    .update(sessions)
    .set({ used_generation: generation })
    .where(and(eq(sessions.id, sessionId), lt(sessions.used_generation, generation)));
};

/** Lists which of the sessions have ended. `user_deactivated` decides the reason that their sockets are closed with. */
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

const msOf = (interval: SQL): SQL<number> => sql<number>`(extract(epoch from ${interval}) * 1000)::float8`;

/** Times are computed by the database's clock, because the clocks of nodes may differ. */
const columns = {
  ...getTableColumns(sessions),
  rotated_ms_ago: msOf(sql`(clock_timestamp() - ${sessions.rotated_at})`),
  remaining_ms: msOf(sql`(least(${sessions.expires_at}, ${sessions.ends_at}) - clock_timestamp())`),
};

export type TimedSessionRow = SessionRow & { rotated_ms_ago: number; remaining_ms: number };

/** Locks a session until the transaction ends, so that refreshes of one session are serialised. */
export async function lockSession(db: Executor, sessionId: string): Promise<TimedSessionRow | undefined> {
  const [row] = await db.select(columns).from(sessions).where(eq(sessions.id, sessionId)).for("update");
  return row;
}

export async function getSession(db: Executor, sessionId: string): Promise<TimedSessionRow | undefined> {
  const [row] = await db.select(columns).from(sessions).where(eq(sessions.id, sessionId));
  return row;
}

/** The seconds that a session lasts without use, and at most. */
export interface SessionSpan {
  idleSeconds: number;
  lifeSeconds: number;
}

const inSeconds = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds})`;
const idleEnd = ({ idleSeconds }: Pick<SessionSpan, "idleSeconds">): SQL =>
  sql`least(${inSeconds(idleSeconds)}, ${sessions.ends_at})`;

/** Replaces the refresh secret of a session and restarts its idle time; the absolute end stays where it is. */
export const rotateSession = async (
  db: Executor,
  id: string,
  next: Pick<SessionRow, "refresh_hash" | "generation" | "previous_hash" | "ip" | "user_agent">,
  span: Pick<SessionSpan, "idleSeconds">,
): Promise<void> => {
  await db
    .update(sessions)
    .set({ ...next, rotated_at: sql`now()`, expires_at: idleEnd(span) })
    .where(eq(sessions.id, id));
};

export const insertSession = async (
  db: Executor,
  session: Omit<typeof sessions.$inferInsert, "expires_at" | "ends_at">,
  { idleSeconds, lifeSeconds }: SessionSpan,
): Promise<void> => {
  await db.insert(sessions).values({ ...session, expires_at: inSeconds(idleSeconds), ends_at: inSeconds(lifeSeconds) });
};

/** Extends the idle end of a session, never beyond the absolute one. */
export const extendSession = async (
  db: Executor,
  id: string,
  span: Pick<SessionSpan, "idleSeconds">,
): Promise<void> => {
  await db
    .update(sessions)
    .set({ expires_at: idleEnd(span) })
    .where(eq(sessions.id, id));
};

/** Lists a user's live sessions, newest first: `after` is the last item of the previous page. */
export const listUserSessions = (
  db: Executor,
  user: UserKey,
  { after, limit }: { after?: { created_at: Date; id: string }; limit: number },
): Promise<TimedSessionRow[]> =>
  db
    .select(columns)
    .from(sessions)
    .where(
      and(
        ofUser(user),
        alive(),
        after &&
          sql`(${sessions.created_at}, ${sessions.id}) < (${after.created_at.toISOString()}::timestamptz, ${after.id})`,
      ),
    )
    .orderBy(desc(sessions.created_at), desc(sessions.id))
    .limit(limit);

const revoked = { revoked_at: sql`now()` };

/** Revokes a session of a user; returns it where it was not revoked yet. */
export const revokeSession = (
  db: Executor,
  { session_id, ...user }: UserKey & { session_id: string },
): Promise<{ id: string }[]> =>
  db
    .update(sessions)
    .set(revoked)
    .where(and(eq(sessions.id, session_id), ofUser(user), isNull(sessions.revoked_at)))
    .returning({ id: sessions.id });

/** Revokes all sessions of a user, or all but one. */
export const revokeUserSessions = (
  db: Executor,
  user: UserKey,
  { exceptSessionId }: { exceptSessionId: string | null },
): Promise<{ id: string }[]> =>
  db
    .update(sessions)
    .set(revoked)
    .where(
      and(
        ofUser(user),
        isNull(sessions.revoked_at),
        exceptSessionId === null ? undefined : ne(sessions.id, exceptSessionId),
      ),
    )
    .returning({ id: sessions.id });

/** Deletes sessions past their idle end, which is never later than `ends_at`. Revoked ones stay until then. */
export const deleteExpiredSessions = async (db: Executor): Promise<void> => {
  await db.delete(sessions).where(lt(sessions.expires_at, sql`now()`));
};
