import { and, asc, type Column, eq, getTableColumns, isNull, or, type SQL, sql } from "drizzle-orm";
import { isBlockedPair } from "../blocks/blocks.pairs.sql.js";
import type { Executor } from "../connection/database.js";
import { anyId, isNumberedAfter } from "../connection/lists.js";
import { query } from "../connection/statement.js";
import { type Before, enter } from "../conversation-log/conversation-log.sql.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";
import { connections } from "../presence/presence.table.js";
import { nameSearchColumns } from "../tokenizer/person-names.js";
import { profileCounters, type UserKey, users } from "./users.table.js";

type Stored = Omit<typeof users.$inferSelect, keyof ReturnType<typeof nameSearchColumns>>;

/** A user's row with whether they are online. */
export type UserRow = Stored & { is_online: boolean };

/**
 * Keeps the table names of the columns in an expression. In a query of a single table drizzle leaves them out of the
 * selected columns, where inside a subquery they would resolve to the subquery's own columns.
 */
export const qualified = <T>(expression: SQL<T>): SQL<T> => sql<T>`${expression}`;

/**
 * Says whether a user is online; the only definition of it. The row of a connection outlives its socket for a grace
 * period, so a user is online until their last row is removed.
 */
const isOnline = qualified(sql<boolean>`exists (
  select from ${connections} c where c.tenant_id = ${users.tenant_id} and c.user_id = ${users.id}
)`);

const { name_key: _, name_likeness: __, name_words: ___, ...stored } = getTableColumns(users);

export const userColumns = { ...stored, is_online: isOnline };

/** Says whether the viewer and the user are a blocked pair. Expects `users` in the query. */
const isAcrossBlock = (viewer: Column | SQL | string): SQL<boolean> =>
  isBlockedPair({ tenant_id: users.tenant_id, one: viewer, other: users.id });

/**
 * The columns of a user as the viewer sees them: in a blocked pair the other is never online and has no `last_seen_at`.
 */
export const userColumnsFor = (viewer: Column | SQL | string) => ({
  ...userColumns,
  is_online: sql<boolean>`(${isOnline} and not ${isAcrossBlock(viewer)})`,
  last_seen_at: sql<Date | null>`case when not ${isAcrossBlock(viewer)} then ${users.last_seen_at} end`.mapWith(
    users.last_seen_at,
  ),
});

/** A user's availability as the viewer sees it: offline when the user has no connection, and in a blocked pair. */
export const availabilityFor = (viewer: Column | SQL | string) =>
  sql<UserRow["availability"]>`case when ${isOnline} and not ${isAcrossBlock(viewer)}
    then ${users.availability} else 'offline' end`;

export const insertUser = async (
  db: Executor,
  user: Omit<typeof users.$inferInsert, keyof ReturnType<typeof nameSearchColumns>>,
): Promise<void> => {
  await db.insert(users).values({ ...user, ...nameSearchColumns(user.display_name) });
};

const isUser = ({ tenant_id, user_id }: UserKey) => and(eq(users.tenant_id, tenant_id), eq(users.id, user_id));

const userById = query<UserKey, UserRow>((db, value) =>
  db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.tenant_id, value("tenant_id")), eq(users.id, value("user_id")))),
);

export async function getUser(db: Executor, { tenant_id, user_id }: UserKey): Promise<UserRow | undefined> {
  const [row] = await userById(db, { tenant_id, user_id });
  return row;
}

/** Gets a user as the viewer sees them. */
export async function getUserFor(
  db: Executor,
  { tenant_id, user_id, viewer_id }: UserKey & { viewer_id: string },
): Promise<UserRow | undefined> {
  const [row] = await db.select(userColumnsFor(viewer_id)).from(users).where(isUser({ tenant_id, user_id }));
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

/** Lists which of the ids are active users of the tenant. */
export const listActiveUserIds = (db: Executor, tenantId: string, ids: readonly string[]): Promise<{ id: string }[]> =>
  db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), sql`${users.id} = ${anyId(ids)}`, isNull(users.deactivated_at)));

export async function updateUser(
  db: Executor,
  key: UserKey,
  changes: Partial<Omit<Stored, "tenant_id" | "id" | "last_seen_at" | "created_at" | "profile_seq">>,
): Promise<void> {
  const { display_name } = changes;
  await db
    .update(users)
    .set({ ...changes, ...(display_name === undefined ? {} : nameSearchColumns(display_name)) })
    .where(isUser(key));
}

/**
 * Takes the workspace's next `profile_seq` (`counted`) and stores it on the user whose profile or role has changed. The
 * counter's row stays locked until the commit, so that numbers become visible in their order; it must be the last lock
 * that the transaction takes.
 */
export async function bumpProfileSeq(db: Executor, { tenant_id, user_id }: UserKey): Promise<number> {
  const [row] = await db.execute<{ profile_seq: string }>(sql`
    with counted as (
      insert into ${profileCounters} as counter (tenant_id, last_profile_seq) values (${tenant_id}, 1)
      on conflict (tenant_id) do update set last_profile_seq = counter.last_profile_seq + 1
      returning last_profile_seq
    )
    update ${users} set profile_seq = counted.last_profile_seq from counted
    where ${users.tenant_id} = ${tenant_id} and ${users.id} = ${user_id}
    returning ${users.profile_seq}`);
  return Number(row?.profile_seq);
}

/** Says whether the viewer and the user share a conversation now. */
const sharesWith = (viewerId: string): SQL<boolean> => sql<boolean>`exists (
  select from ${participants} theirs
  join ${participants} own on own.tenant_id = theirs.tenant_id and own.conversation_id = theirs.conversation_id
  join ${conversations} shared on shared.tenant_id = theirs.tenant_id and shared.id = theirs.conversation_id
  where theirs.tenant_id = ${users.tenant_id} and theirs.user_id = ${users.id} and theirs.left_at is null
    and own.user_id = ${viewerId} and own.left_at is null and shared.deleted_at is null
)`;

/**
 * Lists the users of the workspace whose profiles changed after a number, oldest change first, as the viewer sees them.
 * `is_known` says whether the viewer gets to know of it: they share a conversation, or it is their own profile.
 */
export const listProfilesChangedAfter = (
  db: Executor,
  { tenant_id, user_id: viewerId }: UserKey,
  { profileSeq, limit }: { profileSeq: number; limit: number },
): Promise<(UserRow & { is_known: boolean })[]> =>
  db
    .select({
      ...userColumnsFor(viewerId),
      is_known: qualified(sql<boolean>`(${users.id} = ${viewerId} or ${sharesWith(viewerId)})`),
    })
    .from(users)
    .where(and(eq(users.tenant_id, tenant_id), isNumberedAfter(users.profile_seq, profileSeq)))
    .orderBy(asc(users.profile_seq))
    .limit(limit);

/**
 * Locks a user's row until the transaction ends, and reads it. With `share` several transactions may hold it at once,
 * and keep out those that change the user.
 */
export async function lockUser(
  db: Executor,
  key: UserKey,
  strength: "no key update" | "share" = "no key update",
): Promise<typeof users.$inferSelect | undefined> {
  const [row] = await db.select().from(users).where(isUser(key)).for(strength);
  return row;
}

/**
 * Locks several users until the transaction ends, in the order of their ids. It serialises a block with whoever brings
 * one of its two sides into a conversation: the later of the two transactions sees what the earlier has written.
 */
export async function lockUsers(
  tx: Before<"users">,
  tenantId: string,
  ids: readonly string[],
  strength: "no key update" | "share",
): Promise<void> {
  await enter(tx, "users")
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), sql`${users.id} = ${anyId(ids)}`))
    .orderBy(users.id)
    .for(strength);
}

/**
 * Locks the active owners of a workspace and one of its users, in the order of their ids like every lock of several
 * users. It serialises demotions, so that two at once cannot leave the workspace without an owner. `no key` lets others
 * write rows that refer to these users meanwhile.
 */
export const lockOwnersAnd = (db: Executor, { tenant_id, user_id }: UserKey) =>
  db
    .select()
    .from(users)
    .where(
      and(
        eq(users.tenant_id, tenant_id),
        or(eq(users.id, user_id), and(eq(users.role, "owner"), isNull(users.deactivated_at))),
      ),
    )
    .orderBy(users.id)
    .for("no key update");
