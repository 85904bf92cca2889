import { and, asc, desc, eq, gt, lt, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { canSee, ofConversation } from "../participants/participants.sql.js";
import { participants } from "../participants/participants.table.js";
import { messages } from "./messages.table.js";

export type MessageRow = typeof messages.$inferSelect;

/** A message with what it replies to. */
export interface MessageView {
  message: MessageRow;
  replied: Pick<MessageRow, "id" | "seq" | "sender_id" | "text"> | null;
}

const replied = alias(messages, "replied");
const columns = {
  message: messages,
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
 * The sender's earlier message under a client's key, whatever became of it or of the sender's window since. Asked under
 * the conversation's lock.
 */
export async function getMessageByClientId(
  db: Executor,
  tenantId: string,
  conversationId: string,
  senderId: string,
  clientMessageId: string,
): Promise<MessageView | undefined> {
  const [row] = await db
    .select(columns)
    .from(messages)
    .leftJoin(replied, and(eq(replied.tenant_id, messages.tenant_id), eq(replied.id, messages.reply_to_id)))
    .where(
      and(
        eq(messages.tenant_id, tenantId),
        eq(messages.conversation_id, conversationId),
        eq(messages.sender_id, senderId),
        eq(messages.client_message_id, clientMessageId),
      ),
    );
  return row;
}

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
>;

/**
 * Takes the next seq and the next change_seq, writes the message and moves the sender's own read position, all in one
 * statement. Only to be called under the conversation's lock.
 */
export async function insertMessage(db: Executor, message: NewMessage): Promise<MessageRow> {
  const [row] = await db.execute<{ seq: string; change_seq: string; created_at: string }>(sql`
    with counted as (
      update ${conversations}
      set last_seq = last_seq + 1,
          last_change_seq = last_change_seq + 1,
          last_activity_at = greatest(last_activity_at, clock_timestamp())
      where tenant_id = ${message.tenant_id} and id = ${message.conversation_id}
      returning last_seq, last_change_seq, last_activity_at
    ), read as (
      update ${participants} set last_read_seq = counted.last_seq
      from counted
      where tenant_id = ${message.tenant_id} and conversation_id = ${message.conversation_id}
        and user_id = ${message.sender_id}
    )
    insert into ${messages} (
      tenant_id, id, conversation_id, seq, change_seq, sender_id, client_message_id, content_hash, type, text,
      reply_to_id, mentions, metadata, created_at
    )
    select ${message.tenant_id}::uuid, ${message.id}::uuid, ${message.conversation_id}::uuid,
      counted.last_seq, counted.last_change_seq, ${message.sender_id}::uuid, ${message.client_message_id}::text,
      ${message.content_hash}::text, ${message.type}::message_type, ${message.text}::text,
      ${message.reply_to_id}::uuid, ${`{${message.mentions.join(",")}}`}::uuid[],
      ${JSON.stringify(message.metadata)}::jsonb, counted.last_activity_at
    from counted
    returning seq, change_seq, created_at
  `);
  if (row === undefined) throw new Error("insertMessage needs a conversation that exists, under its lock");
  return {
    ...message,
    seq: Number(row.seq),
    change_seq: Number(row.change_seq),
    created_at: new Date(row.created_at),
    edited_at: null,
    deleted_at: null,
  };
}
