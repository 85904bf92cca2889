import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { isBlockedPair } from "../blocks/blocks.pairs.sql.js";
import { blockMarks, blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { statement } from "../connection/statement.js";
import type { CounterTx, MembershipKey } from "../conversation-log/conversation-log.sql.js";
import type { UserKey } from "../users/users.table.js";
import { participants, personalCounters, receiptCounters } from "./participants.table.js";

/**
 * The condition of a left join with `participants`. A conversation in which nobody has marked anything as read has no
 * counter.
 */
export const ofReceipts = () =>
  and(
    eq(receiptCounters.tenant_id, participants.tenant_id),
    eq(receiptCounters.conversation_id, participants.conversation_id),
  );

/** The number of a conversation's newest receipt, in a query with that join; 0 where there is no counter. */
export const lastReceiptSeq = sql<number>`coalesce(${receiptCounters.last_receipt_seq}, 0)`.mapWith(
  receiptCounters.last_receipt_seq,
);

const bumpedRead = statement<MembershipKey, { state_seq: string; receipt_seq: string }>(
  (value) => sql`
    with own as (
      insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq)
      values (${value("tenant_id")}, ${value("user_id")}, 1)
      on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + 1
      returning last_state_seq
    ), counted as (
      insert into ${receiptCounters} as counter (tenant_id, conversation_id, last_receipt_seq)
      select ${value("tenant_id")}::uuid, ${value("conversation_id")}::uuid, 1 from own
      on conflict (tenant_id, conversation_id) do update set last_receipt_seq = counter.last_receipt_seq + 1
      returning last_receipt_seq
    )
    update ${participants} membership
    set state_seq = own.last_state_seq, receipt_seq = counted.last_receipt_seq
    from own, counted
    where membership.tenant_id = ${value("tenant_id")} and membership.conversation_id = ${value("conversation_id")}
      and membership.user_id = ${value("user_id")}
    returning state_seq, receipt_seq`,
);

/**
 * Takes two numbers for a read position that has moved: a `state_seq` of the user (`own`) and a `receipt_seq` of the
 * conversation (`counted`), and stores both on the membership. It must be the last statement of its transaction: users
 * who read in the same conversation at once are serialised by its counter, and then wait only for each other's commit.
 */
export async function bumpReadSeqs(
  tx: CounterTx,
  { tenant_id, conversation_id, user_id }: MembershipKey,
): Promise<{ state_seq: number; receipt_seq: number }> {
  const [row] = await bumpedRead(tx, { tenant_id, conversation_id, user_id });
  if (row === undefined) throw new Error("a read position is numbered under the lock of its row");
  return { state_seq: Number(row.state_seq), receipt_seq: Number(row.receipt_seq) };
}

/**
 * Takes a new `receipt_seq` (`counted`) for a read position that had been withheld from somebody, so that they find it
 * after a gap.
 */
export async function bumpReceiptSeq(
  tx: CounterTx,
  { tenant_id, conversation_id, user_id }: MembershipKey,
): Promise<number> {
  const [row] = await tx.execute<{ receipt_seq: string }>(sql`
    with counted as (
      insert into ${receiptCounters} as counter (tenant_id, conversation_id, last_receipt_seq)
      values (${tenant_id}, ${conversation_id}, 1)
      on conflict (tenant_id, conversation_id) do update set last_receipt_seq = counter.last_receipt_seq + 1
      returning last_receipt_seq
    )
    update ${participants} membership set receipt_seq = counted.last_receipt_seq from counted
    where membership.tenant_id = ${tenant_id} and membership.conversation_id = ${conversation_id}
      and membership.user_id = ${user_id}
    returning receipt_seq`);
  return Number(row?.receipt_seq);
}

/** A read receipt: how far a user has read, with its number in the conversation. */
export interface Receipt {
  conversation_id: string;
  user_id: string;
  last_read_seq: number;
  receipt_seq: number;
}

type Row = { conversation_id: string; user_id: string; last_read_seq: string; receipt_seq: string };
const toReceipt = ({ last_read_seq, receipt_seq, ...row }: Row): Receipt => ({
  ...row,
  last_read_seq: Number(last_read_seq),
  receipt_seq: Number(receipt_seq),
});

/** The newest receipt that a client knows of in a conversation. */
export interface ReceiptCursor {
  conversation_id: string;
  receipt_seq: number;
}

const asked = (cursors: readonly ReceiptCursor[]) => sql`unnest(
  ${`{${cursors.map(({ conversation_id }) => conversation_id).join(",")}}`}::uuid[],
  ${`{${cursors.map(({ receipt_seq }) => receipt_seq).join(",")}}`}::bigint[]
) with ordinality as asked (conversation_id, receipt_seq, ordinal)`;

/**
 * Lists the receipts after a number in each of the conversations, of participants other than `exceptUserIds` (the users
 * whom a block withholds from the viewer). They are in the order of the cursors, and then of their numbers.
 */
export async function listReceiptsAfter(
  db: Executor,
  tenantId: string,
  cursors: readonly ReceiptCursor[],
  { exceptUserIds, limit }: { exceptUserIds: readonly string[]; limit: number },
): Promise<Receipt[]> {
  const rows = await db.execute<Row>(sql`
    select receipt.conversation_id, receipt.user_id, receipt.last_read_seq, receipt.receipt_seq
    from ${asked(cursors)}
    join ${participants} receipt on receipt.tenant_id = ${tenantId}
      and receipt.conversation_id = asked.conversation_id
      and receipt.receipt_seq > asked.receipt_seq and receipt.receipt_seq > 0
    where receipt.left_at is null and not receipt.user_id = ${anyId(exceptUserIds)}
    order by asked.ordinal, receipt.receipt_seq
    limit ${limit}`);
  return rows.map(toReceipt);
}

/**
 * Lists the receipts that the viewer is shown of users in a blocked pair with them: those from when the block began,
 * with the numbers that they had then, whatever was read since. They come from the marks, which know whether an earlier
 * block in the other direction had frozen them already. `block` has the blocks of both directions, each by its index:
 * then marks are found by their whole key.
 */
export async function listFrozenReceiptsAfter(
  db: Executor,
  { tenant_id, user_id: viewerId }: UserKey,
  cursors: readonly ReceiptCursor[],
): Promise<Omit<Receipt, "last_read_seq">[]> {
  const rows = await db.execute<Omit<Row, "last_read_seq">>(sql`
    select asked.conversation_id, side.user_id, min(side.receipt_seq) as receipt_seq
    from (
      select blocker_id, blocked_id from ${blocks}
      where tenant_id = ${tenant_id} and blocker_id = ${viewerId} and removed_at is null
      union all
      select blocker_id, blocked_id from ${blocks}
      where tenant_id = ${tenant_id} and blocked_id = ${viewerId} and removed_at is null
    ) block
    cross join ${asked(cursors)}
    join ${blockMarks} mark on mark.tenant_id = ${tenant_id} and mark.blocker_id = block.blocker_id
      and mark.blocked_id = block.blocked_id and mark.conversation_id = asked.conversation_id
    cross join lateral (values
      (mark.blocker_id, mark.blocker_receipt_seq), (mark.blocked_id, mark.blocked_receipt_seq)
    ) as side (user_id, receipt_seq)
    where side.user_id <> ${viewerId} and side.receipt_seq > asked.receipt_seq
    group by asked.conversation_id, side.user_id`);
  return rows.map(({ receipt_seq, ...row }) => ({ ...row, receipt_seq: Number(receipt_seq) }));
}

/**
 * Selects the number of the newest receipt that a viewer may know of in a conversation. Receipts of users in a blocked
 * pair with the viewer do not count, or else the number would reveal that they have read.
 */
const newestShown = ({
  tenant_id,
  conversation_id,
  viewer_id,
}: Record<"tenant_id" | "conversation_id" | "viewer_id", SQL | AnyPgColumn>): SQL => sql`coalesce((
  select receipt.receipt_seq from ${participants} receipt
  where receipt.tenant_id = ${tenant_id} and receipt.conversation_id = ${conversation_id} and receipt.receipt_seq > 0
    and not ${isBlockedPair({ tenant_id: sql`receipt.tenant_id`, one: sql`${viewer_id}`, other: sql`receipt.user_id` })}
  order by receipt.receipt_seq desc limit 1
), 0)`;

/**
 * Selects the number of the newest receipt that a participant may know of, in a query with `participants` and the join
 * of `ofReceipts`. Receipts are looked at only for those who are part of a blocked pair.
 */
export const lastShownReceiptSeq = (blockedPairIds: SQL): SQL<number> =>
  sql<number>`case when ${receiptCounters.last_receipt_seq} > 0 and ${blockedPairIds} <> '[]'
  then ${newestShown({
    tenant_id: participants.tenant_id,
    conversation_id: participants.conversation_id,
    viewer_id: participants.user_id,
  })} else ${lastReceiptSeq} end`.mapWith(receiptCounters.last_receipt_seq);

/** Lists the number of the newest receipt that the viewer may know of in each of the conversations. */
export async function listShownReceiptSeqs(
  db: Executor,
  { tenant_id, user_id }: UserKey,
  conversationIds: readonly string[],
): Promise<{ conversation_id: string; last_receipt_seq: number }[]> {
  const of = { tenant_id: sql`${tenant_id}`, conversation_id: sql`asked.conversation_id`, viewer_id: sql`${user_id}` };
  const rows = await db.execute<{ conversation_id: string; last_receipt_seq: string }>(sql`
    select asked.conversation_id, ${newestShown(of)} as last_receipt_seq
    from unnest(${`{${conversationIds.join(",")}}`}::uuid[]) as asked (conversation_id)`);
  return rows.map(({ last_receipt_seq, ...row }) => ({ ...row, last_receipt_seq: Number(last_receipt_seq) }));
}
