import { sql } from "drizzle-orm";
import { blocks } from "../blocks/blocks.table.js";
import { statement } from "../connection/statement.js";
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

export interface Inserted {
  /** The messages in the order given, as they are shared by all viewers. `origin_visible_to` is left empty here. */
  views: MessageView[];
  /** Users who had deleted a conversation for themselves, and have it back in their lists. */
  back: { conversation_id: string; user_id: string }[];
}

interface Numbers {
  id: string;
  seq: string;
  change_seq: string;
  created_at: string;
  blocked_by: string[];
  back: Inserted["back"] | null;
  withheld_from: string[];
}

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
 * Rows are looked up by `lateral … offset 0`, so that the planner can only ask the index for each of them: while it
 * knows nothing about the tables, it would read all rows of the workspace to join them.
 *
 * - `given`: the messages as rows, with their ordinals among those of their conversation.
 * - `touched`: the conversations, each with the number of its messages.
 * - `before`: the type and latest activity of each before this batch.
 * - `counted`: reserves the numbers and moves the latest activity; returns the numbers before the batch.
 * - `said`: the senders, each with the ordinal of their last message that is no system message.
 * - `blocked`: the senders whom participants have blocked, each with those participants.
 * - `withheld_from`: the participants of a direct conversation from whom the batch is withheld, unless they send in it too.
 * - `due`: the memberships to update: senders, those who have the conversation hidden or a withheld activity, and
 *   `withheld_from`.
 * - `locked`: locks them in the order of their ids.
 * - `moved`: updates them; returns who has a conversation back.
 * - `hidden`: hides the messages from blockers in a direct conversation (`state_seq` 0: never seen).
 * - The insert writes the messages and returns their numbers.
 */
const insertAll = statement<{ tenant_id: string; given: string }, Numbers>((value) => {
  const tenantId = sql`${value("tenant_id")}::uuid`;
  return sql`
    with given as materialized (
      select * from jsonb_to_recordset(${value("given")}::jsonb) as given (
        conversation_id uuid, ordinal int, id uuid, sender_id uuid, client_message_id text, content_hash text,
        type message_type, text text, reply_to_id uuid, mentions uuid[], metadata jsonb, system jsonb,
        forwarded_from jsonb, client_forward_id text, search tsvector
      )
    ), touched as materialized (
      select conversation_id, count(*) as count from given group by conversation_id
    ), before as materialized (
      select conversation.* from touched, lateral (
        select id as conversation_id, type, last_activity_at, ctid from ${conversations}
        where tenant_id = ${tenantId} and id = touched.conversation_id offset 0
      ) conversation
    ), counted as (
      update ${conversations} conversation
      set last_seq = last_seq + touched.count,
          last_change_seq = last_change_seq + touched.count,
          -- Not the time of the transaction: its lock may have been waited for.
          last_activity_at = greatest(conversation.last_activity_at, statement_timestamp())
      from touched join before using (conversation_id)
      -- The row's ctid cannot change while it is locked.
      where conversation.ctid = before.ctid and conversation.id = before.conversation_id
      returning conversation.id as conversation_id, last_seq - touched.count as seq,
        last_change_seq - touched.count as change_seq, conversation.last_activity_at
    ), said as (
      select conversation_id, sender_id, max(ordinal) as ordinal from given where type <> 'system'
      group by conversation_id, sender_id
    ), blocked as materialized (
      select said.conversation_id, said.sender_id, array_agg(block.blocker_id) as blocked_by
      from said
      join ${blocks} block on block.tenant_id = ${tenantId} and block.blocked_id = said.sender_id
        and block.removed_at is null
      cross join lateral (
        select from ${participants} blocker
        where blocker.tenant_id = ${tenantId} and blocker.conversation_id = said.conversation_id
          and blocker.user_id = block.blocker_id and blocker.left_at is null offset 0
      ) blocker
      group by said.conversation_id, said.sender_id
    ), withheld_from as materialized (
      select conversation_id, unnest(blocked.blocked_by) as user_id from blocked join before using (conversation_id)
      where before.type = 'direct'
      -- Who has something to say of their own is not withheld_from from that.
      except select conversation_id, sender_id from said
    ), due as (
      select conversation_id, user_id, max(ordinal) as ordinal, bool_or(is_hidden) as was_hidden from (
        select conversation_id, sender_id as user_id, ordinal, false as is_hidden from said
        union all
        select active.conversation_id, unaware.user_id, null, unaware.is_hidden
        from (select distinct conversation_id from said) active, lateral (
          select user_id, is_hidden from ${participants}
          where tenant_id = ${tenantId} and conversation_id = active.conversation_id
            and (is_hidden or known_activity_at is not null) offset 0
        ) unaware
        union all
        select conversation_id, user_id, null, false from withheld_from
      ) either group by conversation_id, user_id
    ), locked as materialized (
      select due.* from (select * from due order by conversation_id, user_id) due, lateral (
        select from ${participants} membership
        where membership.tenant_id = ${tenantId} and membership.conversation_id = due.conversation_id
          and membership.user_id = due.user_id for no key update
      ) membership
    ), moved as (
      update ${participants} membership
      set last_read_seq = coalesce(counted.seq + locked.ordinal, membership.last_read_seq),
          is_hidden = membership.is_hidden and withheld_from.user_id is not null,
          known_activity_at = case when withheld_from.user_id is not null
            then coalesce(membership.known_activity_at, before.last_activity_at) end
      from locked
      join counted using (conversation_id)
      join before using (conversation_id)
      left join withheld_from on withheld_from.conversation_id = locked.conversation_id and withheld_from.user_id = locked.user_id
      where membership.tenant_id = ${tenantId} and membership.conversation_id = locked.conversation_id
        and membership.user_id = locked.user_id
      returning membership.conversation_id, membership.user_id, locked.was_hidden and withheld_from.user_id is null as is_back
    ), hidden as (
      insert into ${messageHides} (tenant_id, message_id, user_id, conversation_id, seq, state_seq)
      select ${tenantId}, given.id, unnest(blocked.blocked_by), given.conversation_id, counted.seq + given.ordinal, 0
      from given
      join blocked on blocked.conversation_id = given.conversation_id and blocked.sender_id = given.sender_id
      join before on before.conversation_id = given.conversation_id
      join counted on counted.conversation_id = given.conversation_id
      where before.type = 'direct' and given.type <> 'system'
    )
    insert into ${messages} as message (
      tenant_id, id, conversation_id, seq, change_seq, sender_id, client_message_id, content_hash, type, text,
      reply_to_id, mentions, metadata, system, forwarded_from, client_forward_id, blocked_by, search, created_at
    )
    select ${tenantId}, given.id, given.conversation_id, counted.seq + given.ordinal,
      counted.change_seq + given.ordinal, given.sender_id, given.client_message_id, given.content_hash, given.type,
      given.text, given.reply_to_id, given.mentions, given.metadata, given.system, given.forwarded_from,
      given.client_forward_id, case when given.type = 'system' then '{}' else coalesce(blocked.blocked_by, '{}') end,
      given.search, counted.last_activity_at
    from given
    join counted on counted.conversation_id = given.conversation_id
    left join blocked on blocked.conversation_id = given.conversation_id and blocked.sender_id = given.sender_id
    order by given.conversation_id, given.ordinal
    returning id, seq, change_seq, created_at, to_jsonb(blocked_by) as blocked_by,
      (select jsonb_agg(jsonb_build_object('conversation_id', moved.conversation_id, 'user_id', moved.user_id))
        from moved where moved.is_back) as back,
      case when (select before.type from before where before.conversation_id = message.conversation_id) = 'direct'
        then to_jsonb(blocked_by) else '[]' end as withheld_from`;
});

/**
 * Inserts messages of one workspace and all that follows from them, in one statement: they get the next `seq` and
 * `change_seq` of their conversations in the order given, each sender's read position moves to their own last message,
 * and a conversation returns to the lists of those who had deleted it for themselves. System messages do neither of the
 * last two. The locks of the conversations must be held: they serialise this with all other writers.
 *
 * A block takes effect when the message is written, and its end changes nothing about the message. In a group the
 * message notes who had blocked its sender (`blocked_by`). In a direct conversation it is hidden from the blocker as
 * something never seen, and their list stays as it was.
 */
export async function insertMessages(tx: ConversationTx, drafts: readonly Draft[]): Promise<Inserted> {
  const [first] = drafts;
  if (first === undefined) return { views: [], back: [] };
  const counts = new Map<string, number>();
  const given = drafts.map(({ tenant_id: _, replied: __, files: ___, ...row }) => {
    const ordinal = (counts.get(row.conversation_id) ?? 0) + 1;
    counts.set(row.conversation_id, ordinal);
    return { ordinal, ...row };
  });
  const { tenant_id } = first;
  const rows = await insertAll(enter(tx, "memberships"), { tenant_id, given: JSON.stringify(given) });
  const numbers = new Map(rows.map((row) => [row.id, row]));
  const views = drafts.map((draft) => {
    const row = numbers.get(draft.id);
    if (row === undefined) throw new Error("insertMessages needs conversations that exist");
    return toView(draft, row);
  });
  return { views, back: rows[0]?.back ?? [] };
}
