import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { conversations } from "../conversations/conversations.table.js";
import { messageHides, messages } from "../messages/messages.table.js";
import { participants } from "./participants.table.js";

/** Columns of the tables in a query, which it may have under aliases. */
type MembershipColumns = Record<
  "tenant_id" | "user_id" | "left_at" | "visible_from_seq" | "visible_to_seq",
  AnyPgColumn
>;
type ConversationColumns = Record<"deleted_at", AnyPgColumn>;
type MessageColumns = Record<"id" | "seq", AnyPgColumn>;

export const ofConversation = () =>
  and(eq(participants.tenant_id, conversations.tenant_id), eq(participants.conversation_id, conversations.id));

/**
 * Says whether a user takes part in a conversation that is not deleted. With `canSee` it is the only predicate for what
 * a participant may read, and every read path uses it. Expects `participants` and `conversations` in the query.
 */
export const isMember = (
  membership: MembershipColumns = participants,
  conversation: ConversationColumns = conversations,
): SQL => sql`(${membership.left_at} is null and ${conversation.deleted_at} is null)`;

/**
 * Says whether the conversation is in the user's list. It leaves the list when the user deletes it for themselves, and
 * comes back with the next message.
 */
export const isListed = (): SQL => sql`(${isMember()} and not ${participants.is_hidden})`;

/**
 * Says whether a participant can see a message: it is in their window and not hidden from them, be it by themselves or
 * by a block. Expects `messages` in the query besides the tables of `isMember`.
 */
export const canSee = (
  membership: MembershipColumns = participants,
  conversation: ConversationColumns = conversations,
  message: MessageColumns = messages,
): SQL => sql`(${isMember(membership, conversation)} and ${message.seq} > ${membership.visible_from_seq}
  and (${membership.visible_to_seq} is null or ${message.seq} <= ${membership.visible_to_seq})
  and not exists (
    select from ${messageHides} hide
    where hide.tenant_id = ${membership.tenant_id} and hide.message_id = ${message.id}
      and hide.user_id = ${membership.user_id}
  ))`;

/** The end of the window; `least` disregards a null. */
const windowEnd = sql`least(${conversations.last_seq}, ${participants.visible_to_seq})`;
/** The own read position: all that lies before the window counts as read. */
const readPosition = sql`greatest(${participants.last_read_seq}, ${participants.visible_from_seq})`;

/** Selects the rows of a range of the conversation; `what` is the alias of a table that has a `seq`. */
const inRange = (what: SQL, { after, upTo }: { after: SQL; upTo: SQL }): SQL =>
  sql`${what}.tenant_id = ${participants.tenant_id} and ${what}.conversation_id = ${participants.conversation_id}
    and ${what}.seq > ${after} and ${what}.seq <= ${upTo}`;

/**
 * Counts the messages of a range behind the read position that are unread: all of them, because the `seq` of a
 * conversation has no gaps and no message is ever removed, less the exceptions. Each exception is found by an index of
 * its own, so that the cost grows with them and not with what is unread; `union` counts once what is one in two ways.
 *
 * - System messages, and what was deleted for everyone.
 * - In a group, what was said by somebody whom the user had blocked.
 * - What is hidden from the user, by themselves or by a block.
 *
 * The user's own messages are no exception, because sending moves their read position to them.
 */
const unreadIn = (range: { after: SQL; upTo: SQL }): SQL<number> => sql<number>`(
  case when ${range.upTo} > ${range.after} then ${range.upTo} - ${range.after} - (
    select count(*) from (
      select m.seq from ${messages} m
      where ${inRange(sql`m`, range)} and (m.type = 'system' or m.deleted_at is not null)
      union
      select m.seq from ${messages} m
      where ${inRange(sql`m`, range)} and ${conversations.type} = 'group'
        and m.blocked_by <> '{}' and ${participants.user_id} = any(m.blocked_by)
      union
      select h.seq from ${messageHides} h
      where ${inRange(sql`h`, range)} and h.user_id = ${participants.user_id}
    ) exceptions
  ) else 0 end)::int`;

/**
 * Counts what is unread for a participant; the only definition of it. Expects `participants` and `conversations` in the
 * query, and `isMember` or `isListed` among its conditions.
 */
export const unreadCount = unreadIn({ after: readPosition, upTo: windowEnd });

/** Says whether a message is among what `unreadCount` counts. Expects `messages` in the query besides its tables. */
export const isUnread = sql<boolean>`(${unreadIn({
  after: sql`greatest(${readPosition}, ${messages.seq} - 1)`,
  upTo: sql`least(${windowEnd}, ${messages.seq})`,
})} > 0)`;

/**
 * Selects the `seq` of the newest message that `canSee` allows, from the index of hidden messages alone: the first from
 * the end of the window that is not hidden. `run` numbers the hidden ones from the newest; the first that is not where
 * an unbroken run would have it leaves the gap. Without a gap all hidden ones are at the end. The answer is the start of
 * the window where it has no visible message.
 */
const lastVisibleSeq = (): SQL => {
  const hides = sql`from ${messageHides} h
    where ${inRange(sql`h`, { after: sql`${participants.visible_from_seq}`, upTo: windowEnd })}
      and h.user_id = ${participants.user_id}`;
  return sql`coalesce(
    (select expected from (
      select h.seq, ${windowEnd} + 1 - row_number() over (order by h.seq desc) as expected ${hides}
    ) run where seq <> expected limit 1),
    ${windowEnd} - (select count(*) ${hides})
  )`;
};

/**
 * Selects the newest message that a participant can see; null where there is none. Expects the tables of `isMember`. It
 * is asked for by its order, which one index has, so that no plan reads the conversation, however little is known of
 * it; since no `seq` is missing, it is the one with that `seq`.
 */
export const lastMessageId = sql<string | null>`(
  select m.id from ${messages} m
  where m.tenant_id = ${participants.tenant_id} and m.conversation_id = ${participants.conversation_id}
    and m.seq <= nullif(${lastVisibleSeq()}, ${participants.visible_from_seq})
  order by m.seq desc limit 1)`;
