import { and, asc, desc, eq, getTableColumns, gt, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { canSee, ofConversation } from "../participants/participants.sql.js";
import { participants } from "../participants/participants.table.js";
import { messages } from "./messages.table.js";

const { search: _, ...messageColumns } = getTableColumns(messages);

/** Without the words for searching, which nobody reads. */
export type MessageRow = Omit<typeof messages.$inferSelect, "search">;

/** A message with what it replies to. */
export interface MessageView {
  message: MessageRow;
  replied: Pick<MessageRow, "id" | "seq" | "sender_id" | "text"> | null;
}

const replied = alias(messages, "replied");
const columns = {
  message: messageColumns,
  replied: {
    id: replied.id,
    seq: replied.seq,
    sender_id: replied.sender_id,
    text: sql<string | null>`case when ${replied.deleted_at} is null then ${replied.text} end`,
  },
};

const ofMessage = () =>
  and(eq(conversations.tenant_id, messages.tenant_id), eq(conversations.id, messages.conversation_id));

/** Messages as one user may see them; a reply shows what it answers only where the user may see that too. */
const viewsWhere = (db: Executor, tenantId: string, userId: string, where: SQL | undefined) =>
  db
    .select(columns)
    .from(messages)
    .innerJoin(conversations, ofMessage())
    .innerJoin(participants, and(ofConversation(), eq(participants.user_id, userId)))
    .leftJoin(
      replied,
      and(
        eq(replied.tenant_id, messages.tenant_id),
        eq(replied.id, messages.reply_to_id),
        gt(replied.seq, participants.visible_from_seq),
      ),
    )
    .where(and(eq(messages.tenant_id, tenantId), canSee(), where));

export interface MessageWindow {
  before_seq?: number;
  after_seq?: number;
  /** Which end to take when there are more than `limit`. */
  from: "start" | "end";
  limit: number;
}

/** A stretch of a conversation, in ascending order. */
export async function listMessageViews(
  db: Executor,
  tenantId: string,
  userId: string,
  conversationId: string,
  { before_seq, after_seq, from, limit }: MessageWindow,
): Promise<MessageView[]> {
  const rows = await viewsWhere(
    db,
    tenantId,
    userId,
    and(
      eq(messages.conversation_id, conversationId),
      before_seq === undefined ? undefined : lt(messages.seq, before_seq),
      after_seq === undefined ? undefined : gt(messages.seq, after_seq),
    ),
  )
    .orderBy(from === "start" ? asc(messages.seq) : desc(messages.seq))
    .limit(limit);
  return from === "start" ? rows : rows.reverse();
}

export const listMessageViewsById = (
  db: Executor,
  tenantId: string,
  userId: string,
  ids: readonly string[],
): Promise<MessageView[]> => viewsWhere(db, tenantId, userId, sql`${messages.id} = ${anyId(ids)}`);

/**
 * Earlier messages under clients' keys, whatever became of them or of the senders' windows since. Asked under the
 * conversation's lock.
 */
export const listMessageViewsByClientId = (
  db: Executor,
  tenantId: string,
  conversationId: string,
  keys: readonly { sender_id: string; client_message_id: string }[],
): Promise<MessageView[]> =>
  db
    .select(columns)
    .from(messages)
    .leftJoin(replied, and(eq(replied.tenant_id, messages.tenant_id), eq(replied.id, messages.reply_to_id)))
    .where(
      and(
        eq(messages.tenant_id, tenantId),
        eq(messages.conversation_id, conversationId),
        sql`(${messages.sender_id}, ${messages.client_message_id}) in (
          select sender_id, client_message_id
          from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as key (sender_id uuid, client_message_id text)
        )`,
      ),
    );

/** What changed in a conversation after a change_seq, in the latest state, oldest change first; for all who may see it. */
export const listMessagesChangedAfter = (
  db: Executor,
  tenantId: string,
  conversationId: string,
  changeSeq: number,
  limit: number,
): Promise<MessageView[]> =>
  db
    .select(columns)
    .from(messages)
    .leftJoin(replied, and(eq(replied.tenant_id, messages.tenant_id), eq(replied.id, messages.reply_to_id)))
    .where(
      and(
        eq(messages.tenant_id, tenantId),
        eq(messages.conversation_id, conversationId),
        gt(messages.change_seq, changeSeq),
      ),
    )
    .orderBy(asc(messages.change_seq))
    .limit(limit);

export type NewMessage = Pick<
  MessageRow,
  | "tenant_id"
  | "id"
  | "conversation_id"
  | "sender_id"
  | "client_message_id"
  | "content_hash"
  | "type"
  | "text"
  | "reply_to_id"
  | "mentions"
  | "metadata"
  | "system"
  | "forwarded_from"
  | "client_forward_id"
>;

/**
 * Takes the next seqs and change_seqs in the order given, writes the messages and moves each sender's read position to
 * the last of their own, all in one statement. Only to be called under the lock of the conversation, the same for all.
 */
export async function insertMessages(db: Executor, rows: readonly NewMessage[]): Promise<MessageRow[]> {
  const [first] = rows;
  if (first === undefined) return [];
  const { tenant_id, conversation_id } = first;
  const places = rows.map((row, index) => ({ place: index + 1, ...row }));
  const numbers = await db.execute<{ seq: string; change_seq: string; created_at: string }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as given (
        place int, id uuid, sender_id uuid, client_message_id text, content_hash text, type message_type, text text,
        reply_to_id uuid, mentions uuid[], metadata jsonb, system jsonb, forwarded_from jsonb, client_forward_id text
      )
    ), counted as (
      update ${conversations}
      set last_seq = last_seq + ${rows.length}::bigint,
          last_change_seq = last_change_seq + ${rows.length}::bigint,
          last_activity_at = greatest(last_activity_at, clock_timestamp())
      where tenant_id = ${tenant_id} and id = ${conversation_id}
      returning last_seq - ${rows.length}::bigint as seq, last_change_seq - ${rows.length}::bigint as change_seq,
        last_activity_at
    ), own as (
      select sender_id, max(place) as place from given where type <> 'system' group by sender_id
    ), read as (
      update ${participants} set last_read_seq = counted.seq + own.place
      from counted, own
      where tenant_id = ${tenant_id} and conversation_id = ${conversation_id} and user_id = own.sender_id
    )
    insert into ${messages} (
      tenant_id, id, conversation_id, seq, change_seq, sender_id, client_message_id, content_hash, type, text,
      reply_to_id, mentions, metadata, system, forwarded_from, client_forward_id, created_at
    )
    select ${tenant_id}::uuid, given.id, ${conversation_id}::uuid, counted.seq + given.place,
      counted.change_seq + given.place, given.sender_id, given.client_message_id, given.content_hash, given.type,
      given.text, given.reply_to_id, given.mentions, given.metadata, given.system, given.forwarded_from, given.client_forward_id,
      counted.last_activity_at
    from given, counted
    order by given.place
    returning seq, change_seq, created_at
  `);
  if (numbers.length !== rows.length)
    throw new Error("insertMessages needs a conversation that exists, under its lock");
  // RETURNING promises no order.
  const inOrder = [...numbers].sort((a, b) => Number(a.seq) - Number(b.seq));
  return inOrder.map(({ seq, change_seq, created_at }, index) => ({
    ...(rows[index] as NewMessage),
    seq: Number(seq),
    change_seq: Number(change_seq),
    created_at: new Date(created_at),
    edited_at: null,
    deleted_at: null,
  }));
}
