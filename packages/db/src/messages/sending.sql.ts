import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";
import type { MessageRow, Replied } from "./messages.sql.js";
import { messageHides, messages } from "./messages.table.js";

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

export interface SearchableMessage extends NewMessage {
  /** The words of the text, in the notation of tsvector. */
  search: string | null;
}

/** What may be replied to in the conversation; who has deleted it for themselves may not. */
export const listReplied = (
  db: Executor,
  tenantId: string,
  conversationId: string,
  ids: readonly string[],
): Promise<Replied[]> =>
  db
    .select({
      id: messages.id,
      seq: messages.seq,
      sender_id: messages.sender_id,
      text: messages.text,
      hidden_from: sql<string[]>`coalesce((
        select jsonb_agg(h.user_id) from ${messageHides} h where h.tenant_id = ${tenantId} and h.message_id = messages.id
      ), '[]')`,
    })
    .from(messages)
    .where(
      and(
        eq(messages.tenant_id, tenantId),
        eq(messages.conversation_id, conversationId),
        sql`${messages.id} = ${anyId(ids)}`,
        isNull(messages.deleted_at),
      ),
    );

export interface Inserted {
  rows: MessageRow[];
  /** Who had deleted the conversation for themselves, and has it back. */
  back: string[];
}

/**
 * Takes the next seqs and change_seqs in the order given, writes the messages, moves each sender's read position to the
 * last of their own and brings the conversation back to those who had deleted it for themselves, all in one statement.
 * What the system says does neither of the two. Only to be called under the lock of the conversation, the same for all.
 */
export async function insertMessages(db: Executor, given: readonly SearchableMessage[]): Promise<Inserted> {
  const [first] = given;
  if (first === undefined) return { rows: [], back: [] };
  const { tenant_id, conversation_id } = first;
  const places = given.map((row, index) => ({ place: index + 1, ...row }));
  const numbers = await db.execute<{ seq: string; change_seq: string; created_at: string; back: string[] }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as given (
        place int, id uuid, sender_id uuid, client_message_id text, content_hash text, type message_type, text text,
        reply_to_id uuid, mentions uuid[], metadata jsonb, system jsonb, forwarded_from jsonb, client_forward_id text,
        search tsvector
      )
    ), counted as (
      update ${conversations}
      set last_seq = last_seq + ${given.length}::bigint,
          last_change_seq = last_change_seq + ${given.length}::bigint,
          last_activity_at = greatest(last_activity_at, clock_timestamp())
      where tenant_id = ${tenant_id} and id = ${conversation_id}
      returning last_seq - ${given.length}::bigint as seq, last_change_seq - ${given.length}::bigint as change_seq,
        last_activity_at
    ), said as (
      select sender_id, max(place) as place from given where type <> 'system' group by sender_id
    ), due as (
      select user_id, max(place) as place, bool_or(was_hidden) as was_hidden from (
        select sender_id as user_id, place, false as was_hidden from said
        union all
        select user_id, null, true from ${participants}
        where tenant_id = ${tenant_id} and conversation_id = ${conversation_id} and is_hidden and exists (select from said)
      ) either group by user_id
    ), moved as (
      update ${participants} seat
      set last_read_seq = coalesce(counted.seq + due.place, seat.last_read_seq), is_hidden = false
      from counted, due
      where seat.tenant_id = ${tenant_id} and seat.conversation_id = ${conversation_id} and seat.user_id = due.user_id
      returning seat.user_id, due.was_hidden
    )
    insert into ${messages} (
      tenant_id, id, conversation_id, seq, change_seq, sender_id, client_message_id, content_hash, type, text,
      reply_to_id, mentions, metadata, system, forwarded_from, client_forward_id, search, created_at
    )
    select ${tenant_id}::uuid, given.id, ${conversation_id}::uuid, counted.seq + given.place,
      counted.change_seq + given.place, given.sender_id, given.client_message_id, given.content_hash, given.type,
      given.text, given.reply_to_id, given.mentions, given.metadata, given.system, given.forwarded_from,
      given.client_forward_id, given.search, counted.last_activity_at
    from given, counted
    order by given.place
    returning seq, change_seq, created_at,
      coalesce((select jsonb_agg(moved.user_id) from moved where moved.was_hidden), '[]') as back
  `);
  if (numbers.length !== given.length)
    throw new Error("insertMessages needs a conversation that exists, under its lock");
  // RETURNING promises no order.
  const inOrder = [...numbers].sort((a, b) => Number(a.seq) - Number(b.seq));
  const rows = inOrder.map(({ seq, change_seq, created_at }, index) => {
    const { search: _, ...row } = given[index] as SearchableMessage;
    return {
      ...row,
      seq: Number(seq),
      change_seq: Number(change_seq),
      created_at: new Date(created_at),
      edited_at: null,
      deleted_at: null,
    };
  });
  return { rows, back: inOrder[0]?.back ?? [] };
}
