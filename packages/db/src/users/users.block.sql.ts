import { and, asc, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { listBlockers } from "../blocks/blocks.pairs.sql.js";
import { blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { type Before, type CounterTx, enter } from "../conversation-log/conversation-log.sql.js";
import { directKeyOf } from "../conversations/conversations.list.sql.js";
import { nextState } from "../conversations/conversations.read-state.sql.js";
import { type UserRow, userColumnsFor } from "./users.sql.js";
import { users } from "./users.table.js";

export interface BlockKey {
  tenant_id: string;
  blocker_id: string;
  blocked_id: string;
}

type BlockRow = typeof blocks.$inferSelect;

export const ofBlock = ({ tenant_id, blocker_id, blocked_id }: BlockKey) =>
  and(eq(blocks.tenant_id, tenant_id), eq(blocks.blocker_id, blocker_id), eq(blocks.blocked_id, blocked_id));

/**
 * Serialises the changes of a pair's blocks until the transaction ends, by an advisory lock. The effects of a block
 * depend on whether there is one in the other direction, and a block that does not exist yet has no row to lock.
 */
export async function lockPair(tx: Before<"pairs">, { tenant_id, blocker_id, blocked_id }: BlockKey): Promise<void> {
  const pair = `${tenant_id}:${directKeyOf([blocker_id, blocked_id])}`;
  await enter(tx, "pairs").execute(sql`select pg_advisory_xact_lock(hashtextextended(${pair}, 0))`);
}

/** Inserts a block, or starts one again that had ended. */
export async function insertBlock(db: Executor, key: BlockKey): Promise<void> {
  await db
    .insert(blocks)
    .values({ ...key, state_seq: 0 })
    .onConflictDoUpdate({
      target: [blocks.tenant_id, blocks.blocker_id, blocks.blocked_id],
      set: { created_at: sql`now()`, removed_at: null },
    });
}

/** Ends a block; its row stays, and says when. */
export async function removeBlock(db: Executor, key: BlockKey): Promise<void> {
  await db.update(blocks).set({ removed_at: sql`now()` }).where(ofBlock(key));
}

/**
 * Takes the blocker's next `state_seq` (`counted`) and stores it on the block, so that the blocker's other devices find
 * the change after a gap.
 */
export async function bumpBlockSeq(tx: CounterTx, key: BlockKey): Promise<number> {
  const [row] = await tx.execute<{ state_seq: string }>(sql`
    with counted as (${nextState({ tenant_id: key.tenant_id, user_id: key.blocker_id })})
    update ${blocks} set state_seq = counted.last_state_seq from counted where ${ofBlock(key)} returning state_seq`);
  return Number(row?.state_seq);
}

export const hasBlocked = async (db: Executor, key: BlockKey): Promise<boolean> =>
  (await listBlockers(db, { tenant_id: key.tenant_id, user_id: key.blocked_id, candidates: [key.blocker_id] })).length >
  0;

export interface BlockView {
  block: BlockRow;
  user: UserRow;
}

type BlockerKey = Pick<BlockKey, "tenant_id" | "blocker_id">;

const views = (db: Executor, { tenant_id, blocker_id }: BlockerKey) => ({
  where: (where: SQL | undefined) =>
    db
      .select({ block: blocks, user: userColumnsFor(blocker_id) })
      .from(blocks)
      .innerJoin(users, and(eq(users.tenant_id, blocks.tenant_id), eq(users.id, blocks.blocked_id)))
      .where(and(eq(blocks.tenant_id, tenant_id), eq(blocks.blocker_id, blocker_id), where)),
});

/** Lists the users whom the blocker blocks, with their profiles, the newest block first. */
export const listBlockViews = (
  db: Executor,
  key: BlockerKey,
  page: { limit: number; before?: { created_at: string; blocked_id: string } },
): Promise<BlockView[]> =>
  views(db, key)
    .where(
      and(
        isNull(blocks.removed_at),
        page.before &&
          sql`(${blocks.created_at}, ${blocks.blocked_id}) < (${page.before.created_at}::timestamptz, ${page.before.blocked_id}::uuid)`,
      ),
    )
    .orderBy(desc(blocks.created_at), desc(blocks.blocked_id))
    .limit(page.limit);

export async function getBlockView(db: Executor, key: BlockKey): Promise<BlockView | undefined> {
  const [row] = await views(db, key).where(and(eq(blocks.blocked_id, key.blocked_id), isNull(blocks.removed_at)));
  return row;
}

/** Lists the blocks that began or ended after a `state_seq` of the blocker, oldest change first. */
export const listBlocksAfter = (
  db: Executor,
  key: BlockerKey,
  { stateSeq, limit }: { stateSeq: number; limit: number },
): Promise<BlockView[]> =>
  views(db, key).where(gt(blocks.state_seq, stateSeq)).orderBy(asc(blocks.state_seq)).limit(limit);
