import { and, eq, sql } from "drizzle-orm";
import { blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { type ConversationTx, enter } from "../conversation-log/conversation-log.sql.js";
import { conversations } from "../conversations/conversations.table.js";
import type { StoredFile } from "../media/media.attach.sql.js";
import { participants } from "../participants/participants.table.js";
import type { MessageRow, MessageView, Replied } from "./messages.sql.js";
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

/** A message before it is numbered, with its search vector, the message it replies to and its files. */
export interface Draft extends NewMessage {
  /** The tsvector of the text. */
  search: string | null;
  replied: Replied | null;
  files: readonly StoredFile[];
}

export interface RepliedRow extends Replied {
  deleted_at: Date | null;
}

/** Lists messages of the conversation by id, tombstones included, each with the users it is hidden from. */
export const listReplied = (
  db: Executor,
  tenantId: string,
  conversationId: string,
  ids: readonly string[],
): Promise<RepliedRow[]> =>
  db
    .select({
      id: messages.id,
      seq: messages.seq,
      sender_id: messages.sender_id,
      text: messages.text,
      deleted_at: messages.deleted_at,
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
      ),
    );

export interface Inserted {
  /** The messages in the order given, as they are shared by all viewers. `origin_visible_to` is left empty here. */
  views: MessageView[];
  /** Users who had deleted the conversation for themselves, and have it back in their lists. */
  back: string[];
}

// A type alias, because an interface has no index signature, which `execute` requires.
type Numbers = {
  seq: string;
  change_seq: string;
  created_at: string;
  blocked_by: string[];
  back: string[];
  withheld_from: string[];
};

/** Makes the view of a new message from its draft and its numbers. */
const toView = (draft: Draft, { seq, change_seq, created_at, blocked_by, withheld_from }: Numbers): MessageView => {
  const { search: _, replied, files, ...message } = draft;
  return {
    message: {
      ...message,
      seq: Number(seq),
      change_seq: Number(change_seq),
      created_at: new Date(created_at),
      blocked_by,
      edited_at: null,
      deleted_at: null,
    },
    files: [...files],
    replied,
    reactions: [],
    reactions_shown: [],
    hidden_from: withheld_from,
    origin_visible_to: [],
  };
};

/**
 * Inserts messages of one conversation and all that follows from them, in one statement: they get the next `seq` and
 * `change_seq` in the order given, each sender's read position moves to their own last message, and the conversation
 * returns to the lists of those who had deleted it for themselves. System messages do neither of the last two. The
 * conversation's lock serialises this with all other writers, so `moved` may lock memberships in any order.
 *
 * A block takes effect when the message is written, and its end changes nothing about the message. In a group the
 * message notes who had blocked its sender (`blocked_by`). In a direct conversation it is hidden from the blocker as
 * something never seen, and their list stays as it was.
 *
 * - `given`: the messages as rows, with their ordinals in the batch.
 * - `before`: the conversation's type and latest activity before this batch.
 * - `counted`: reserves the numbers and moves the latest activity; returns the numbers before the batch.
 * - `said`: the senders, each with the ordinal of their last message that is no system message.
 * - `blocked`: the senders whom participants have blocked, each with those participants.
 * - `kept`: the participants of a direct conversation from whom the batch is withheld, unless they send in it too.
 * - `due`: the memberships to update: senders, those who have the conversation hidden or a withheld activity, and
 *   `kept`.
 * - `moved`: updates them; returns who has the conversation back.
 * - `withheld`: hides the messages from blockers in a direct conversation (`state_seq` 0: never seen).
 * - The insert writes the messages and returns their numbers.
 */
export async function insertMessages(tx: ConversationTx, given: readonly Draft[]): Promise<Inserted> {
  const [first] = given;
  if (first === undefined) return { views: [], back: [] };
  const { tenant_id, conversation_id } = first;
  const places = given.map(({ replied: _, files: __, ...row }, index) => ({ place: index + 1, ...row }));
  const numbers = await enter(tx, "memberships").execute<Numbers>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as given (
        place int, id uuid, sender_id uuid, client_message_id text, content_hash text, type message_type, text text,
        reply_to_id uuid, mentions uuid[], metadata jsonb, system jsonb, forwarded_from jsonb, client_forward_id text,
        search tsvector
      )
    ), before as materialized (
      select type, last_activity_at from ${conversations} where tenant_id = ${tenant_id} and id = ${conversation_id}
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
    ), blocked as materialized (
      select said.sender_id, array_agg(block.blocker_id) as blocked_by
      from said
      join ${blocks} block on block.tenant_id = ${tenant_id} and block.blocked_id = said.sender_id
        and block.removed_at is null
      join ${participants} seat on seat.tenant_id = ${tenant_id} and seat.conversation_id = ${conversation_id}
        and seat.user_id = block.blocker_id and seat.left_at is null
      group by said.sender_id
    ), kept as materialized (
      select distinct unnest(blocked.blocked_by) as user_id from blocked, before where before.type = 'direct'
      -- Who has something to say of their own is not kept from that.
      except select sender_id from said
    ), due as (
      select user_id, max(place) as place, bool_or(is_hidden) as was_hidden from (
        select sender_id as user_id, place, false as is_hidden from said
        union all
        select user_id, null, is_hidden from ${participants}
        where tenant_id = ${tenant_id} and conversation_id = ${conversation_id}
          and (is_hidden or known_activity_at is not null) and exists (select from said)
        union all
        select user_id, null, false from kept
      ) either group by user_id
    ), moved as (
      update ${participants} seat
      set last_read_seq = coalesce(counted.seq + due.place, seat.last_read_seq),
          is_hidden = seat.is_hidden and kept.user_id is not null,
          known_activity_at = case when kept.user_id is not null
            then coalesce(seat.known_activity_at, before.last_activity_at) end
      from counted, before, due left join kept on kept.user_id = due.user_id
      where seat.tenant_id = ${tenant_id} and seat.conversation_id = ${conversation_id} and seat.user_id = due.user_id
      returning seat.user_id, due.was_hidden and kept.user_id is null as is_back
    ), withheld as (
      insert into ${messageHides} (tenant_id, message_id, user_id, conversation_id, seq, state_seq)
      select ${tenant_id}::uuid, given.id, unnest(blocked.blocked_by), ${conversation_id}::uuid, counted.seq + given.place, 0
      from before, counted, given join blocked on blocked.sender_id = given.sender_id
      where before.type = 'direct' and given.type <> 'system'
    )
    insert into ${messages} (
      tenant_id, id, conversation_id, seq, change_seq, sender_id, client_message_id, content_hash, type, text,
      reply_to_id, mentions, metadata, system, forwarded_from, client_forward_id, blocked_by, search, created_at
    )
    select ${tenant_id}::uuid, given.id, ${conversation_id}::uuid, counted.seq + given.place,
      counted.change_seq + given.place, given.sender_id, given.client_message_id, given.content_hash, given.type,
      given.text, given.reply_to_id, given.mentions, given.metadata, given.system, given.forwarded_from,
      given.client_forward_id, case when given.type = 'system' then '{}' else coalesce(blocked.blocked_by, '{}') end,
      given.search, counted.last_activity_at
    from counted, given left join blocked on blocked.sender_id = given.sender_id
    order by given.place
    returning seq, change_seq, created_at, to_jsonb(blocked_by) as blocked_by,
      coalesce((select jsonb_agg(moved.user_id) from moved where moved.is_back), '[]') as back,
      case when (select before.type from before) = 'direct' then to_jsonb(blocked_by) else '[]' end as withheld_from
  `);
  if (numbers.length !== given.length) throw new Error("insertMessages needs a conversation that exists");
  // RETURNING guarantees no order.
  const inOrder = [...numbers].sort((a, b) => Number(a.seq) - Number(b.seq));
  const views = inOrder.map((row, index) => toView(given[index] as Draft, row));
  return { views, back: inOrder[0]?.back ?? [] };
}
