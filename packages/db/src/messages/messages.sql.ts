import { and, type Column, eq, getTableColumns, type Placeholder, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Executor } from "../connection/database.js";
import type { Value } from "../connection/statement.js";
import { conversations } from "../conversations/conversations.table.js";
import { filesOfMessage, type StoredFile } from "../media/media.attach.sql.js";
import { participants } from "../participants/participants.table.js";
import { canSee, ofConversation } from "../participants/participants.visibility.sql.js";
import { messageHides, messages, reactions } from "./messages.table.js";

const { search: _, ...messageColumns } = getTableColumns(messages);

/** A message's row without its search vector, which only the database reads. */
export type MessageRow = Omit<typeof messages.$inferSelect, "search">;

export interface Replied {
  id: string;
  seq: number;
  sender_id: string;
  /** null when that message was deleted or has no text. */
  text: string | null;
  hidden_from: string[];
}

export interface ReactionKind {
  emoji: string;
  count: number;
  /** The first ten users who reacted so. */
  user_ids: string[];
  reacted_by: string[];
}

/**
 * A message with its files, reply and reactions. Parts that differ between viewers are lists of users; a view read for
 * one viewer lists nobody but that viewer.
 */
export interface MessageView {
  message: MessageRow;
  files: StoredFile[];
  replied: Replied | null;
  reactions: ReactionKind[];
  /** The reactions as users are shown them from whom a block withholds some. */
  reactions_shown: { to: string; reactions: ReactionKind[] }[];
  hidden_from: string[];
  /** The users who can see the origin of a forwarded message at present. */
  origin_visible_to: string[];
}

const replied = alias(messages, "replied");
const origin = alias(messages, "origin");
const originSeat = alias(participants, "origin_seat");
const originPlace = alias(conversations, "origin_place");

/** Selects ids as a JSON array, because the driver is not set up to parse array types. */
const idsOf = (query: SQL): SQL<string[]> => sql`coalesce((select jsonb_agg(id) from (${query}) ids (id)), '[]')`;
const nobody = sql<string[]>`'[]'::jsonb`;

const hiddenFrom = (messageId: Column): SQL<string[]> =>
  idsOf(
    sql`select h.user_id from ${messageHides} h where h.tenant_id = ${messages.tenant_id} and h.message_id = ${messageId}`,
  );

const kindsWhere = (reactedBy: SQL, where: SQL): SQL<ReactionKind[]> => sql`(
  select coalesce(jsonb_agg(to_jsonb(kind) - 'first' order by kind.first), '[]') from (
    select r.emoji, count(*)::int as count, min(r.change_seq) as first,
      (array_agg(r.user_id order by r.change_seq))[1:10] as user_ids,
      coalesce(array_agg(r.user_id) filter (where ${reactedBy}), '{}') as reacted_by
    from ${reactions} r
    where r.tenant_id = ${messages.tenant_id} and r.message_id = ${messages.id} and ${where} group by r.emoji
  ) kind)`;

const reactionsFor = (viewer: Column | undefined): SQL<ReactionKind[]> =>
  viewer
    ? kindsWhere(sql`r.user_id = ${viewer}`, sql`r.withheld_from is distinct from ${viewer}`)
    : kindsWhere(sql`true`, sql`true`);

/**
 * Selects the reactions as shown to users from whom some are withheld. That happens only in direct conversations, whose
 * two users are always among the first ten.
 */
const reactionsShown: SQL<MessageView["reactions_shown"]> = sql`coalesce((
  select jsonb_agg(jsonb_build_object('to', w.user_id, 'reactions', ${kindsWhere(sql`r.user_id = w.user_id`, sql`r.withheld_from is distinct from w.user_id`)}))
  from (
    select distinct withheld_from as user_id from ${reactions} k
    where k.tenant_id = ${messages.tenant_id} and k.message_id = ${messages.id} and k.withheld_from is not null
  ) w), '[]')`;

/**
 * Selects the users who can see a forwarded message's origin: those who can see it where it was sent. Nobody can once
 * it is deleted.
 */
const originVisibleTo = (viewer: Column | undefined): SQL<string[]> => sql`case
  when ${messages.forwarded_from} is null then '[]' else ${idsOf(sql`
    select ${originSeat.user_id}
    from ${messages} origin
    join ${conversations} origin_place
      on ${originPlace.tenant_id} = ${origin.tenant_id} and ${originPlace.id} = ${origin.conversation_id}
    join ${participants} origin_seat
      on ${originSeat.tenant_id} = ${origin.tenant_id} and ${originSeat.conversation_id} = ${origin.conversation_id}
    where ${origin.tenant_id} = ${messages.tenant_id}
      and ${origin.id} = (${messages.forwarded_from} ->> 'message_id')::uuid and ${origin.deleted_at} is null
      and ${canSee(originSeat, originPlace, origin)}
      and ${viewer ? sql`${originSeat.user_id} = ${viewer}` : sql`true`}`)} end`;

/**
 * The columns of a message as one viewer sees it, or, without a viewer, with everything that differs between viewers.
 */
const columnsFor = (viewer: Column | undefined) => ({
  message: messageColumns,
  files: filesOfMessage(),
  replied: {
    id: replied.id,
    seq: replied.seq,
    sender_id: replied.sender_id,
    text: sql<string | null>`case when ${replied.deleted_at} is null then ${replied.text} end`,
    hidden_from: viewer ? nobody : hiddenFrom(replied.id),
  },
  reactions: reactionsFor(viewer),
  reactions_shown: viewer ? sql<MessageView["reactions_shown"]>`'[]'::jsonb` : reactionsShown,
  hidden_from: viewer ? nobody : hiddenFrom(messages.id),
  origin_visible_to: originVisibleTo(viewer),
});

const ofMessage = () =>
  and(eq(conversations.tenant_id, messages.tenant_id), eq(conversations.id, messages.conversation_id));
const isReplied = () => and(eq(replied.tenant_id, messages.tenant_id), eq(replied.id, messages.reply_to_id));

/** A value of a query, or its placeholder. */
type Given = string | Placeholder;

/**
 * Selects messages that the user can see; a reply includes the message it replies to only where the user can see that
 * too.
 */
export const viewsWhere = (db: Executor, value: Value<"tenant_id" | "user_id">, where: SQL | undefined) =>
  db
    .select(columnsFor(participants.user_id))
    .from(messages)
    .innerJoin(conversations, ofMessage())
    .innerJoin(participants, and(ofConversation(), eq(participants.user_id, value("user_id"))))
    .leftJoin(replied, and(isReplied(), canSee(participants, conversations, replied)))
    .where(and(eq(messages.tenant_id, value("tenant_id")), canSee(), where));

/**
 * Selects messages with everything that differs between viewers. It checks no access: the caller decides who may see
 * them.
 */
export const sharedViewsWhere = (db: Executor, tenantId: Given, where: SQL | undefined) =>
  db
    .select(columnsFor(undefined))
    .from(messages)
    .leftJoin(replied, isReplied())
    .where(and(eq(messages.tenant_id, tenantId), where));
