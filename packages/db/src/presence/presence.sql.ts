import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { users } from "../users/users.table.js";
import { connections, usedRealtimeTokens } from "./presence.table.js";

export interface Present {
  tenant_id: string;
  user_id: string;
}

const secondsFromNow = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds}::float8)`;

export const insertConnection = async (
  db: Executor,
  connection: Present & { id: string; node_id: string },
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

/** Longer than a token is good for, also where the clocks of nodes and database differ by minutes. */
const rememberTokensSeconds = 600;

/** Writes a connection unless its token has opened one before; answers whether it did. */
export async function insertConnectionOnce(
  db: Executor,
  { tenant_id, user_id, id, node_id, token_id }: Present & { id: string; node_id: string; token_id: string },
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

/** Tokens that have expired long ago are refused for that. */
export const removeUsedTokens = async (db: Executor): Promise<void> => {
  await db
    .delete(usedRealtimeTokens)
    .where(sql`${usedRealtimeTokens.used_at} < now() - make_interval(secs => ${rememberTokensSeconds}::float8)`);
};

/** How many sockets a user has open, on all nodes; and how many are remembered, those that have closed included. */
export async function countConnections(
  db: Executor,
  tenantId: string,
  userId: string,
): Promise<{ open: number; all: number }> {
  const [row] = await db
    .select({
      open: sql<number>`(count(*) filter (where ${connections.is_open} and ${connections.expires_at} > now()))::int`,
      all: sql<number>`count(*)::int`,
    })
    .from(connections)
    .where(and(eq(connections.tenant_id, tenantId), eq(connections.user_id, userId)));
  return row ?? { open: 0, all: 0 };
}

/** Those of the sockets that the node still has a row for: it keeps them for so many seconds more. */
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

export const closeConnection = async (
  db: Executor,
  { tenant_id, user_id, id }: Present & { id: string },
  graceSeconds: number,
): Promise<void> => {
  await db
    .update(connections)
    .set({ ...closed(graceSeconds), seen_at: sql`now()` })
    .where(and(eq(connections.tenant_id, tenant_id), eq(connections.user_id, user_id), eq(connections.id, id)));
};

export const closeConnectionsOfNode = async (db: Executor, nodeId: string, graceSeconds: number): Promise<void> => {
  await db
    .update(connections)
    .set({ ...closed(graceSeconds), seen_at: sql`now()` })
    .where(and(eq(connections.node_id, nodeId), eq(connections.is_open, true)));
};

/** For a node that is the only one: what is open was left behind, some time after it was last seen. */
export const closeAllConnections = async (db: Executor, graceSeconds: number): Promise<void> => {
  await db.update(connections).set(closed(graceSeconds)).where(eq(connections.is_open, true));
};

/**
 * Some of the users with sockets that have expired, held until the transaction ends: whoever arrives meanwhile waits for
 * it. Those who are held by somebody else are left to the next round, or to the other node.
 */
export async function lockLeavingUsers(db: Executor, limit: number): Promise<Present[]> {
  const expired = sql`select c.tenant_id, c.user_id from ${connections} c where c.expires_at <= now() order by c.expires_at limit ${limit}`;
  return db
    .select({ tenant_id: users.tenant_id, user_id: users.id })
    .from(users)
    .where(sql`(${users.tenant_id}, ${users.id}) in (${expired})`)
    .for("no key update", { skipLocked: true });
}

/** Removes what has expired of the users, who are locked. Answers those who have nothing left, and were here until then. */
export async function removeExpiredConnections(db: Executor, leaving: readonly Present[]): Promise<Present[]> {
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
  return [...rows] as unknown as Present[];
}
