import { and, asc, type Column, eq, getTableColumns, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";
import { connections } from "../presence/presence.table.js";
import { nameSearchColumns } from "../tokenizer/person-names.js";
import { profileCounters, users } from "./users.table.js";

type Stored = Omit<typeof users.$inferSelect, keyof ReturnType<typeof nameSearchColumns>>;

/** A user with what is known of their sockets. */
export type UserRow = Stored & { is_online: boolean };

/**
 * Columns in it keep the names of their tables. drizzle leaves them out of what a query of one table selects, where
 * those of a subquery would be taken for them.
 */
export const qualified = <T>(expression: SQL<T>): SQL<T> => sql<T>`${expression}`;

/** The one definition: a row outlives its socket for as long as the user is not yet said to have gone. */
const isOnline = qualified(sql<boolean>`exists (
  select from ${connections} c where c.tenant_id = ${users.tenant_id} and c.user_id = ${users.id}
)`);

const { name_key: _, name_likeness: __, name_words: ___, ...stored } = getTableColumns(users);

export const userColumns = { ...stored, is_online: isOnline };

/** Whether either of the two has blocked the other: then neither learns of the other's presence, typing and reading. */
export const isApart = (one: Column | SQL | string, other: Column | SQL | string): SQL<boolean> => sql<boolean>`exists (
  select from ${blocks} b where b.tenant_id = ${users.tenant_id} and b.removed_at is null
  and ((b.blocker_id = ${one} and b.blocked_id = ${other}) or (b.blocker_id = ${other} and b.blocked_id = ${one}))
)`;

/** Users as one of them sees them: across a block nobody is online, nor was. */
export const userColumnsFor = (viewer: Column | SQL | string) => ({
  ...userColumns,
  is_online: sql<boolean>`(${isOnline} and not ${isApart(viewer, users.id)})`,
  last_seen_at: sql<Date | null>`case when not ${isApart(viewer, users.id)} then ${users.last_seen_at} end`.mapWith(
    users.last_seen_at,
  ),
});

/** What a user has chosen to be, as one of the others sees it: offline without a socket, and across a block. */
export const availabilityFor = (viewer: Column | SQL | string) =>
  sql<UserRow["availability"]>`case when ${isOnline} and not ${isApart(viewer, users.id)}
    then ${users.availability} else 'offline' end`;

export const insertUser = async (
  db: Executor,
  user: Omit<typeof users.$inferInsert, keyof ReturnType<typeof nameSearchColumns>>,
): Promise<void> => {
  await db.insert(users).values({ ...user, ...nameSearchColumns(user.display_name) });
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
  changes: Partial<Omit<Stored, "tenant_id" | "id" | "last_seen_at" | "created_at" | "profile_seq">>,
): Promise<void> {
  const { display_name } = changes;
  await db
    .update(users)
    .set({ ...changes, ...(display_name === undefined ? {} : nameSearchColumns(display_name)) })
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)));
}

/**
 * Numbers a change of what others see of the user among those of the workspace, whose counter is taken last: after the
 * row, and after whatever else the transaction locks.
 */
export async function bumpProfileSeq(db: Executor, tenantId: string, userId: string): Promise<number> {
  const [row] = await db.execute<{ profile_seq: string }>(sql`
    with counted as (
      insert into ${profileCounters} as counter (tenant_id, last_profile_seq) values (${tenantId}, 1)
      on conflict (tenant_id) do update set last_profile_seq = counter.last_profile_seq + 1
      returning last_profile_seq
    )
    update ${users} set profile_seq = counted.last_profile_seq from counted
    where ${users.tenant_id} = ${tenantId} and ${users.id} = ${userId}
    returning ${users.profile_seq}`);
  return Number(row?.profile_seq);
}

/** Whether the two take part in a conversation together. */
const sharesWith = (viewerId: string): SQL<boolean> => sql<boolean>`exists (
  select from ${participants} theirs
  join ${participants} own on own.tenant_id = theirs.tenant_id and own.conversation_id = theirs.conversation_id
  join ${conversations} shared on shared.tenant_id = theirs.tenant_id and shared.id = theirs.conversation_id
  where theirs.tenant_id = ${users.tenant_id} and theirs.user_id = ${users.id} and theirs.left_at is null
    and own.user_id = ${viewerId} and own.left_at is null and shared.deleted_at is null
)`;

/**
 * Lists the users of the workspace whose profiles changed after a number, oldest change first, as the viewer sees them;
 * and whether the viewer is to be told of them, for sharing a conversation or for being the one.
 */
export const listProfilesChangedAfter = (
  db: Executor,
  tenantId: string,
  viewerId: string,
  profileSeq: number,
  limit: number,
): Promise<(UserRow & { is_known: boolean })[]> =>
  db
    .select({
      ...userColumnsFor(viewerId),
      is_known: qualified(sql<boolean>`(${users.id} = ${viewerId} or ${sharesWith(viewerId)})`),
    })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), gt(users.profile_seq, profileSeq), sql`${users.profile_seq} > 0`))
    .orderBy(asc(users.profile_seq))
    .limit(limit);

/** `share`: several may hold the user as they are, while nobody changes them. */
export async function lockUser(
  db: Executor,
  tenantId: string,
  userId: string,
  strength: "no key update" | "share" = "no key update",
): Promise<typeof users.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), eq(users.id, userId)))
    .for(strength);
  return row;
}

/**
 * Locks several users, in the order of their ids. A block and whoever brings one of its two sides to a conversation take
 * turns by it: one of them finds what the other has written.
 */
export async function lockUsers(
  db: Executor,
  tenantId: string,
  ids: readonly string[],
  strength: "no key update" | "share",
): Promise<void> {
  await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), sql`${users.id} = ${anyId(ids)}`))
    .orderBy(users.id)
    .for(strength);
}

/**
 * Locks the active owners of a workspace and one of its users, in the order of their ids like everybody who locks several:
 * two demotions at once must not leave the workspace without an owner. `no key`, so that rows which refer to these users
 * can be written meanwhile.
 */
export const lockOwnersAnd = (db: Executor, tenantId: string, userId: string) =>
  db
    .select()
    .from(users)
    .where(
      and(
        eq(users.tenant_id, tenantId),
        or(eq(users.id, userId), and(eq(users.role, "owner"), isNull(users.deactivated_at))),
      ),
    )
    .orderBy(users.id)
    .for("no key update");
