import { and, type Column, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { blocks } from "./blocks.table.js";

type Value = Column | SQL | string;

/**
 * Says whether two users are a blocked pair, whichever of them made the block: then neither is shown the other's
 * presence, typing or read position.
 */
export const isBlockedPair = ({ tenant_id, one, other }: Record<"tenant_id" | "one" | "other", Value>): SQL<boolean> =>
  sql<boolean>`exists (
  select from ${blocks} b where b.tenant_id = ${tenant_id} and b.removed_at is null
  and ((b.blocker_id = ${one} and b.blocked_id = ${other}) or (b.blocker_id = ${other} and b.blocked_id = ${one}))
)`;

/** Selects, as a JSON array, the users in a blocked pair with a user. By two indexes, one for each side of a block. */
export const blockedPairIds = ({ tenant_id, user_id }: Record<"tenant_id" | "user_id", Value>): SQL<string[]> => sql<
  string[]
>`(select coalesce(jsonb_agg(pair.other_id), '[]') from (
  select b.blocked_id as other_id from ${blocks} b
  where b.tenant_id = ${tenant_id} and b.blocker_id = ${user_id} and b.removed_at is null
  union
  select b.blocker_id from ${blocks} b
  where b.tenant_id = ${tenant_id} and b.blocked_id = ${user_id} and b.removed_at is null
) pair)`;

/**
 * Lists the blocked pairs that the given users are part of, whichever side made the block; once for each given user.
 */
export async function listBlockedPairs(
  db: Executor,
  { tenant_id, user_ids }: { tenant_id: string; user_ids: readonly string[] },
): Promise<{ user_id: string; other_id: string }[]> {
  return db.execute<{ user_id: string; other_id: string }>(sql`
    select distinct side.user_id, side.other_id
    from ${blocks}
    cross join lateral (values
      (${blocks.blocker_id}, ${blocks.blocked_id}), (${blocks.blocked_id}, ${blocks.blocker_id})
    ) as side (user_id, other_id)
    where ${blocks.tenant_id} = ${tenant_id} and ${blocks.removed_at} is null
      and (${blocks.blocker_id} = ${anyId(user_ids)} or ${blocks.blocked_id} = ${anyId(user_ids)})
      and side.user_id = ${anyId(user_ids)}`);
}

/** Lists the candidates who have blocked the user. */
export const listBlockers = (
  db: Executor,
  { tenant_id, user_id, candidates }: { tenant_id: string; user_id: string; candidates: readonly string[] },
): Promise<{ user_id: string }[]> =>
  db
    .select({ user_id: blocks.blocker_id })
    .from(blocks)
    .where(
      and(
        eq(blocks.tenant_id, tenant_id),
        eq(blocks.blocked_id, user_id),
        sql`${blocks.blocker_id} = ${anyId(candidates)}`,
        isNull(blocks.removed_at),
      ),
    );
