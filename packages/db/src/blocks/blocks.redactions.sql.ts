import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Executor } from "../connection/database.js";
import { anyId, idList } from "../connection/lists.js";
import { statement } from "../connection/statement.js";
import { type ConversationKey, type ConversationTx, enter } from "../conversation-log/conversation-log.sql.js";
import { messageHides, messages } from "../messages/messages.table.js";
import { participants } from "../participants/participants.table.js";
import { type BlockKey, ofBlock } from "../users/users.block.sql.js";
import { blockMarks, blocks } from "./blocks.table.js";

/**
 * Inserts marks for the selected blocks in conversations that both users take part in, and locks both memberships, so
 * that neither read position moves before the commit. `earlier` says whether a block in the other direction (`mutual`)
 * froze the positions before. Where that has no mark, the conversation is younger than the block, and nothing was shown.
 */
const insertMarks = async (tx: ConversationTx, { which, earlier }: { which: SQL; earlier: SQL }): Promise<void> => {
  const frozen = (column: AnyPgColumn, present: SQL): SQL =>
    sql`case when mutual.blocker_id is null then ${present} else coalesce(earlier.${sql.identifier(column.name)}, 0) end`;
  await enter(tx, "memberships").execute(sql`
    insert into ${blockMarks} as mark (
      tenant_id, conversation_id, blocker_id, blocked_id, blocker_read_seq, blocked_read_seq,
      blocker_receipt_seq, blocked_receipt_seq
    )
    select own.tenant_id, own.conversation_id, own.user_id, other.user_id,
      ${frozen(blockMarks.blocked_read_seq, sql`own.last_read_seq`)},
      ${frozen(blockMarks.blocker_read_seq, sql`other.last_read_seq`)},
      ${frozen(blockMarks.blocked_receipt_seq, sql`own.receipt_seq`)},
      ${frozen(blockMarks.blocker_receipt_seq, sql`other.receipt_seq`)}
    from ${blocks}
    join ${participants} own on own.tenant_id = ${blocks.tenant_id} and own.user_id = ${blocks.blocker_id}
      and own.left_at is null
    join ${participants} other on other.tenant_id = own.tenant_id and other.conversation_id = own.conversation_id
      and other.user_id = ${blocks.blocked_id} and other.left_at is null
    left join ${blocks} mutual on mutual.tenant_id = own.tenant_id and mutual.blocker_id = other.user_id
      and mutual.blocked_id = own.user_id and mutual.removed_at is null and ${earlier}
    left join ${blockMarks} earlier on earlier.tenant_id = mutual.tenant_id
      and earlier.blocker_id = mutual.blocker_id and earlier.blocked_id = mutual.blocked_id
      and earlier.conversation_id = own.conversation_id
    where ${blocks.removed_at} is null and ${which}
    for no key update of own, other
    on conflict (tenant_id, blocker_id, blocked_id, conversation_id) do update
      set blocker_read_seq = excluded.blocker_read_seq, blocked_read_seq = excluded.blocked_read_seq,
        blocker_receipt_seq = excluded.blocker_receipt_seq, blocked_receipt_seq = excluded.blocked_receipt_seq`);
};

/**
 * Inserts the marks of a block that begins, in the conversations that both users take part in. Where the other has
 * blocked first, the positions stay as that block froze them: blocking back reveals nothing of what was read since.
 */
export const insertMarksOfBlock = (tx: ConversationTx, key: BlockKey): Promise<void> =>
  insertMarks(tx, { which: sql`${ofBlock(key)}`, earlier: sql`true` });

/**
 * Inserts the marks of users who are added to a conversation in which somebody of a blocked pair with them takes part.
 * Those of an earlier stay do not count.
 */
export const insertMarksOfNewcomers = (
  tx: ConversationTx,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
): Promise<void> =>
  insertMarks(tx, {
    which: sql`${blocks.tenant_id} = ${tenant_id} and own.conversation_id = ${conversation_id}
      and (${blocks.blocker_id} = ${anyId(userIds)} or ${blocks.blocked_id} = ${anyId(userIds)})`,
    earlier: sql`false`,
  });

/**
 * Selects the newest message of a user that the viewer may have seen: it shows that the user has read up to there. A
 * message that a block has hidden from the viewer (`state_seq` 0) does not count.
 */
const lastSaid = (of: Record<"tenant_id" | "conversation_id" | "user_id" | "viewer_id", SQL>): SQL => sql`(
  select max(said.seq) from ${messages} said
  where said.tenant_id = ${of.tenant_id} and said.conversation_id = ${of.conversation_id}
    and said.sender_id = ${of.user_id} and said.type <> 'system' and not exists (
      select from ${messageHides} h where h.tenant_id = said.tenant_id and h.message_id = said.id
        and h.user_id = ${of.viewer_id} and h.state_seq = 0)
)`;

/** The read position of a user that a viewer in a blocked pair with them is shown. */
export interface FrozenRead {
  user_id: string;
  viewer_id: string;
  last_read_seq: number;
}

interface FrozenReadValues extends ConversationKey {
  user_ids: string;
  viewer_id: string | null;
}

const frozenReads = statement<FrozenReadValues, Record<keyof FrozenRead, string>>(
  (value) => sql`
    select pair.user_id, pair.viewer_id, greatest(min(pair.read_seq), ${lastSaid({
      tenant_id: sql`${value("tenant_id")}`,
      conversation_id: sql`${value("conversation_id")}`,
      user_id: sql`pair.user_id`,
      viewer_id: sql`pair.viewer_id`,
    })}) as last_read_seq
    from (
      select side.user_id, side.viewer_id, coalesce(side.read_seq, 0) as read_seq
      from ${blocks}
      left join ${blockMarks} mark on mark.tenant_id = ${blocks.tenant_id}
        and mark.conversation_id = ${value("conversation_id")}
        and mark.blocker_id = ${blocks.blocker_id} and mark.blocked_id = ${blocks.blocked_id}
      cross join lateral (values
        (${blocks.blocker_id}, ${blocks.blocked_id}, mark.blocker_read_seq),
        (${blocks.blocked_id}, ${blocks.blocker_id}, mark.blocked_read_seq)
      ) as side (user_id, viewer_id, read_seq)
      where ${blocks.tenant_id} = ${value("tenant_id")} and ${blocks.removed_at} is null
        and (${blocks.blocker_id} = any(${value("user_ids")}::uuid[]) or ${blocks.blocked_id} = any(${value("user_ids")}::uuid[]))
        and side.user_id = any(${value("user_ids")}::uuid[])
        and side.viewer_id = coalesce(${value("viewer_id")}::uuid, side.viewer_id)
    ) pair
    join ${participants} viewer on viewer.tenant_id = ${value("tenant_id")}
      and viewer.conversation_id = ${value("conversation_id")}
      and viewer.user_id = pair.viewer_id and viewer.left_at is null
    group by pair.user_id, pair.viewer_id`,
);

/**
 * Lists the frozen read positions of the given users, for all viewers in a blocked pair with one of them, or for the
 * given viewer: how far the user had read when the block began, or has written visibly since.
 */
export async function listFrozenReads(
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  { userIds, viewerId }: { userIds: readonly string[]; viewerId?: string },
): Promise<FrozenRead[]> {
  const rows = await frozenReads(db, {
    tenant_id,
    conversation_id,
    user_ids: idList(userIds),
    viewer_id: viewerId ?? null,
  });
  return rows.map(({ last_read_seq, ...pair }) => ({ ...pair, last_read_seq: Number(last_read_seq) }));
}

/**
 * Lists how far a user has read, in each conversation where that is further than the viewer was shown during the block.
 * Where nothing was withheld, the end of the block emits no read receipt.
 */
export async function listReadsWithheldFrom(
  db: Executor,
  { tenant_id, blocker_id, blocked_id }: BlockKey,
  { userId, viewerId }: { userId: string; viewerId: string },
): Promise<{ conversation_id: string; last_read_seq: number }[]> {
  const rows = await db.execute<{ conversation_id: string; last_read_seq: string }>(sql`
    select own.conversation_id, own.last_read_seq
    from ${participants} own
    join ${participants} viewer on viewer.tenant_id = own.tenant_id and viewer.conversation_id = own.conversation_id
      and viewer.user_id = ${viewerId} and viewer.left_at is null and not viewer.is_hidden
    left join ${blockMarks} mark on mark.tenant_id = own.tenant_id and mark.conversation_id = own.conversation_id
      and mark.blocker_id = ${blocker_id} and mark.blocked_id = ${blocked_id}
    where own.tenant_id = ${tenant_id} and own.user_id = ${userId} and own.left_at is null
      and own.last_read_seq > greatest(
        case when mark.blocker_id = own.user_id then mark.blocker_read_seq else mark.blocked_read_seq end,
        0,
        ${lastSaid({
          tenant_id: sql`own.tenant_id`,
          conversation_id: sql`own.conversation_id`,
          user_id: sql`own.user_id`,
          viewer_id: sql`viewer.user_id`,
        })}
      )`);
  return rows.map(({ conversation_id, last_read_seq }) => ({ conversation_id, last_read_seq: Number(last_read_seq) }));
}
