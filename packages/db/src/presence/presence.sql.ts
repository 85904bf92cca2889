import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { type UserKey, users } from "../users/users.table.js";
import { connections, usedRealtimeTokens } from "./presence.table.js";

const secondsFromNow = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds}::float8)`;

/** Inserts a connection that its node has to renew within `livesSeconds`, or opens the row of the same socket again. */
export const insertConnection = async (
  db: Executor,
  connection: UserKey & { id: string; node_id: string },
  livesSeconds: number,
): Promise<void> => {
  const expires_at = secondsFromNow(livesSeconds);
  await db
    .insert(connections)
    .values({ ...connection, expires_at })
    .onConflictDoUpdate({
      target: [connections.tenant_id, connections.user_id, connections.id],
      set: { expires_at, is_open: true },
    });
};

/**
 * Tokens are remembered for longer than they are valid, even where the clocks of nodes and database differ by minutes.
 */
const rememberTokensSeconds = 600;

/**
 * Inserts a connection unless its token has opened one before; answers whether it did. `used` claims the token, and
 * only the statement that claims it inserts, so of two sockets with one token only one is opened.
 */
export async function insertConnectionOnce(
  db: Executor,
  { tenant_id, user_id, id, node_id, token_id }: UserKey & { id: string; node_id: string; token_id: string },
  livesSeconds: number,
): Promise<boolean> {
  const rows = await db.execute(sql`
    with used as (
      insert into ${usedRealtimeTokens} (tenant_id, user_id, id)
      values (${tenant_id}, ${user_id}, ${token_id})
      on conflict do nothing
      returning id
    )
    insert into ${connections} (tenant_id, user_id, id, node_id, expires_at)
    select ${tenant_id}::uuid, ${user_id}::uuid, ${id}::uuid, ${node_id}::uuid, ${secondsFromNow(livesSeconds)} from used
    returning id`);
  return rows.length > 0;
}

/** Deletes used tokens that expired long ago: their expiry alone makes them invalid. */
export const removeUsedTokens = async (db: Executor): Promise<void> => {
  await db
    .delete(usedRealtimeTokens)
    .where(sql`${usedRealtimeTokens.used_at} < now() - make_interval(secs => ${rememberTokensSeconds}::float8)`);
};

/**
 * Counts a user's sockets on all nodes: those that are open, and all rows, those of closed sockets in their grace
 * period included.
 */
export async function countConnections(
  db: Executor,
  { tenant_id, user_id }: UserKey,
): Promise<{ open: number; all: number }> {
  const [row] = await db
    .select({
      open: sql<number>`(count(*) filter (where ${connections.is_open} and ${connections.expires_at} > now()))::int`,
      all: sql<number>`count(*)::int`,
    })
    .from(connections)
    .where(and(eq(connections.tenant_id, tenant_id), eq(connections.user_id, user_id)));
  return row ?? { open: 0, all: 0 };
}

/**
 * Renews the node's connections for `livesSeconds`; returns those that still have a row. The node has to insert the
 * others again.
 */
export const renewConnections = (
  db: Executor,
  nodeId: string,
  ids: readonly string[],
  livesSeconds: number,
): Promise<{ id: string }[]> =>
  db
    .update(connections)
    .set({ seen_at: sql`now()`, expires_at: secondsFromNow(livesSeconds) })
    .where(and(eq(connections.node_id, nodeId), sql`${connections.id} = ${anyId(ids)}`))
    .returning({ id: connections.id });

const closed = (graceSeconds: number) => ({ is_open: false, expires_at: secondsFromNow(graceSeconds) });

/**
 * Marks a connection as closed. Its row expires after the grace period, so that a user who reconnects in time has never
 * been offline.
 */
export const closeConnection = async (
  db: Executor,
  { tenant_id, user_id, id }: UserKey & { id: string },
  graceSeconds: number,
): Promise<void> => {
  await db
    .update(connections)
    .set({ ...closed(graceSeconds), seen_at: sql`now()` })
    .where(and(eq(connections.tenant_id, tenant_id), eq(connections.user_id, user_id), eq(connections.id, id)));
};

/** Marks all open connections of a node as closed, when it shuts down. */
export const closeConnectionsOfNode = async (db: Executor, nodeId: string, graceSeconds: number): Promise<void> => {
  await db
    .update(connections)
    .set({ ...closed(graceSeconds), seen_at: sql`now()` })
    .where(and(eq(connections.node_id, nodeId), eq(connections.is_open, true)));
};

/**
 * Marks all open connections as closed when a node that runs alone starts: they were left by a process that died.
 * `seen_at` stays at the last renewal, since nobody knows when they closed.
 */
export const closeAllConnections = async (db: Executor, graceSeconds: number): Promise<void> => {
  await db.update(connections).set(closed(graceSeconds)).where(eq(connections.is_open, true));
};

/**
 * Locks some of the users with expired connections until the transaction ends, so that a user who connects meanwhile
 * waits and is counted as coming online after it. Users locked by others are skipped: another node handles them, or the
 * next run does.
 */
export async function lockLeavingUsers(db: Executor, limit: number): Promise<UserKey[]> {
  const expired = sql`select c.tenant_id, c.user_id from ${connections} c where c.expires_at <= now() order by c.expires_at limit ${limit}`;
  return db
    .select({ tenant_id: users.tenant_id, user_id: users.id })
    .from(users)
    .where(sql`(${users.tenant_id}, ${users.id}) in (${expired})`)
    .for("no key update", { skipLocked: true });
}

/**
 * Removes expired connections of users whom `lockLeavingUsers` has locked; returns those who are offline now and were
 * online before.
 *
 * `gone` deletes the expired rows; `last` is when each user was last seen on one of them; the update sets
 * `last_seen_at` of the users who have no other connection.
 */
export async function removeExpiredConnections(db: Executor, leaving: readonly UserKey[]): Promise<UserKey[]> {
  const tenantIds = `{${leaving.map(({ tenant_id }) => tenant_id).join(",")}}`;
  const userIds = `{${leaving.map(({ user_id }) => user_id).join(",")}}`;
  const rows = await db.execute(sql`
    with gone as (
      delete from ${connections} using unnest(${tenantIds}::uuid[], ${userIds}::uuid[]) as leaving (tenant_id, user_id)
      where ${connections.tenant_id} = leaving.tenant_id and ${connections.user_id} = leaving.user_id
        and ${connections.expires_at} <= now()
      returning ${connections.tenant_id}, ${connections.user_id}, ${connections.seen_at}
    ), last as (
      select tenant_id, user_id, max(seen_at) as seen_at from gone group by tenant_id, user_id
    )
    update ${users} set last_seen_at = greatest(${users.last_seen_at}, last.seen_at)
    from last
    where ${users.tenant_id} = last.tenant_id and ${users.id} = last.user_id
      and not exists (
        select from ${connections} c
        where c.tenant_id = last.tenant_id and c.user_id = last.user_id and c.expires_at > now()
      )
    returning ${users.tenant_id}, ${users.id} as user_id`);
  return [...rows] as unknown as UserKey[];
}
