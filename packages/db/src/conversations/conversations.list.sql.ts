import { and, desc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { PgSelect } from "drizzle-orm/pg-core";
import { blockedPairIds } from "../blocks/blocks.pairs.sql.js";
import type { Executor } from "../connection/database.js";
import { idList } from "../connection/lists.js";
import { query, rowOf, rowsOf, type Value } from "../connection/statement.js";
import type { ConversationKey, ConversationTx } from "../conversation-log/conversation-log.sql.js";
import { type MessageView, sharedViewsWhere } from "../messages/messages.sql.js";
import { messages } from "../messages/messages.table.js";
import {
  blocksOther,
  type ParticipantRow,
  type PreviewRow,
  previewsWhere,
} from "../participants/participants.list.sql.js";
import { lastShownReceiptSeq, ofReceipts } from "../participants/participants.receipts.sql.js";
import { participants, receiptCounters } from "../participants/participants.table.js";
import {
  isListed,
  isMember,
  lastMessageId,
  ofConversation,
  unreadCount,
} from "../participants/participants.visibility.sql.js";
import { type UserKey, users } from "../users/users.table.js";
import { conversations } from "./conversations.table.js";

export type ConversationRow = typeof conversations.$inferSelect;

/** Makes the key of a direct conversation from its two users: the same whichever of them creates it. */
export const directKeyOf = (userIds: readonly [string, string]): string => [...userIds].sort().join(":");

/**
 * Inserts a conversation; undefined where the two users have a direct conversation already, also one committed at this
 * moment.
 */
export async function insertConversation(
  tx: ConversationTx,
  row: typeof conversations.$inferInsert,
): Promise<{ created_at: Date } | undefined> {
  const [inserted] = await tx
    .insert(conversations)
    .values(row)
    .onConflictDoNothing({
      target: [conversations.tenant_id, conversations.direct_key],
      where: sql`${conversations.deleted_at} is null and ${conversations.direct_key} is not null`,
    })
    .returning({ created_at: conversations.created_at });
  return inserted;
}

export async function getDirectConversationId(
  db: Executor,
  { tenant_id, direct_key }: { tenant_id: string; direct_key: string },
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.tenant_id, tenant_id),
        eq(conversations.direct_key, direct_key),
        sql`${conversations.deleted_at} is null`,
      ),
    );
  return row?.id;
}

export interface ConversationView {
  conversation: ConversationRow;
  participant: ParticipantRow;
  /** The user's role in the workspace. */
  tenant_role: (typeof users.$inferSelect)["role"];
  unread_count: number;
  is_muted: boolean;
  /** Whether the user has blocked the other side of a direct conversation; null in a group. */
  blocks_other: boolean | null;
  /** The time of the latest activity that the user may know of; their list is sorted by it. */
  activity_at: Date;
  /** The number of the newest read receipt that the user may know of. */
  last_receipt_seq: number;
  /** The users whose presence a block withholds from the user. */
  blocked_pair_ids: string[];
}

/** A conversation with all that its user is shown of it. */
export interface WholeConversationView extends ConversationView {
  previews: PreviewRow[];
  /** The newest message that the user can see. */
  last_message: MessageView | null;
}

const isMuted = sql<boolean>`(${participants.is_muted} and (${participants.muted_until} is null or ${participants.muted_until} > now()))`;

const activityAt = sql<Date>`coalesce(${participants.known_activity_at}, ${conversations.last_activity_at})`.mapWith(
  conversations.last_activity_at,
);

/** Selects what is the same in all conversations of a viewer, once for each of them; `offset 0` keeps it a subquery. */
const viewers = (value: Value<"tenant_id" | "user_ids">): SQL => sql`(
  select ${users.tenant_id}, ${users.id}, ${users.role}, ${blockedPairIds({ tenant_id: users.tenant_id, user_id: users.id })} as blocked_pair_ids
  from ${users}
  where ${users.tenant_id} = ${value("tenant_id")} and ${users.id} = any(${value("user_ids")}::uuid[])
  offset 0
) viewer`;

const columns = {
  conversation: conversations,
  participant: participants,
  tenant_role: sql<ConversationView["tenant_role"]>`viewer.role`,
  unread_count: unreadCount,
  is_muted: isMuted,
  blocks_other: blocksOther,
  activity_at: activityAt,
  last_receipt_seq: lastShownReceiptSeq(sql`viewer.blocked_pair_ids`),
  blocked_pair_ids: sql<string[]>`viewer.blocked_pair_ids`,
};

const ofViewers = <Select extends PgSelect>(
  select: Select,
  value: Value<"tenant_id" | "user_ids">,
  where: SQL | undefined,
) =>
  select
    .innerJoin(
      participants,
      sql`${participants.tenant_id} = ${value("tenant_id")} and ${participants.user_id} = viewer.id`,
    )
    .innerJoin(conversations, ofConversation())
    .leftJoin(receiptCounters, ofReceipts())
    .where(and(isMember(), where));

const wholeViews = (db: Executor, value: Value<"tenant_id" | "user_ids">, where: SQL | undefined) => {
  const whole = {
    ...columns,
    previews: rowsOf(previewsWhere(db, value("tenant_id"), sql`= ${conversations.id}`)),
    last_message: rowOf(sharedViewsWhere(db, value("tenant_id"), sql`${messages.id} = ${lastMessageId}`)),
  };
  return ofViewers(db.select(whole).from(viewers(value)).$dynamic(), value, where);
};

interface IdValues {
  tenant_id: string;
  user_ids: string;
  ids: string;
}

const hasId = (value: Value<"ids">): SQL => sql`${participants.conversation_id} = any(${value("ids")}::uuid[])`;

const viewsById = query<IdValues, ConversationView>((db, value) =>
  ofViewers(db.select(columns).from(viewers(value)).$dynamic(), value, hasId(value)),
);

/** Lists those of a user's conversations that have the given ids. */
export const listConversationViewsById = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  ids: readonly string[],
): Promise<ConversationView[]> => viewsById(db, { tenant_id, user_ids: idList([user_id]), ids: idList(ids) });

const wholeViewsById = query<IdValues, WholeConversationView>((db, value) => wholeViews(db, value, hasId(value)));

/** Lists those of a user's conversations that have the given ids, with all that the user is shown of them. */
export const listWholeConversationViewsById = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  ids: readonly string[],
): Promise<WholeConversationView[]> => wholeViewsById(db, { tenant_id, user_ids: idList([user_id]), ids: idList(ids) });

const viewsOfUsers = query<IdValues, ConversationView & { last_message_id: string | null }>((db, value) =>
  ofViewers(
    db
      .select({ ...columns, last_message_id: lastMessageId })
      .from(viewers(value))
      .$dynamic(),
    value,
    hasId(value),
  ),
);

/**
 * Lists one conversation as each of the users sees it, with the id of the newest message that each can see: its other
 * parts are the same for all.
 */
export const listConversationViewsOf = (
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
): Promise<(ConversationView & { last_message_id: string | null })[]> =>
  viewsOfUsers(db, { tenant_id, user_ids: idList(userIds), ids: idList([conversation_id]) });

/** A conversation with unread messages. It has few columns, because there may be thousands of conversations. */
export interface UnreadView {
  conversation_id: string;
  last_seq: number;
  participant: Pick<ParticipantRow, "last_read_seq" | "visible_from_seq" | "archived_at">;
  is_muted: boolean;
  unread_count: number;
  /** The sum over all conversations of the user, including those beyond `limit`. */
  total_unread: number;
}

const unreadViews = query<UserKey & { limit: number }, UnreadView>((db, value) => {
  // `offset 0` keeps it a subquery of its own: messages are counted once for each conversation, not once for each use.
  const unread = sql`(select ${unreadCount} as count offset 0) unread`;
  return db
    .select({
      conversation_id: conversations.id,
      last_seq: conversations.last_seq,
      participant: {
        last_read_seq: participants.last_read_seq,
        visible_from_seq: participants.visible_from_seq,
        archived_at: participants.archived_at,
      },
      is_muted: isMuted,
      unread_count: sql<number>`unread.count`,
      total_unread: sql<number>`sum(unread.count) over ()`.mapWith(Number),
    })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .innerJoinLateral(unread, sql`unread.count > 0`)
    .where(and(eq(participants.tenant_id, value("tenant_id")), eq(participants.user_id, value("user_id")), isListed()))
    .orderBy(desc(activityAt), desc(conversations.id))
    .limit(value("limit"));
});

/** Lists the conversations with unread messages, the latest activity first. */
export const listUnreadViews = (db: Executor, user: UserKey, limit: number): Promise<UnreadView[]> =>
  unreadViews(db, { ...user, limit });

export interface ConversationFilter {
  filter: "active" | "archived" | "all";
  type?: "direct" | "group";
  unread_only: boolean;
  q?: string;
  /** The last item of the previous page. */
  before?: { activity_at: string; id: string };
  limit: number;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** Selects conversations whose own name matches, and direct ones where the name of the other side does. */
const isNamed = (value: Value<"pattern" | "user_id">): SQL =>
  sql`(${conversations.name} ilike ${value("pattern")} or (${conversations.type} = 'direct' and exists (
    select from ${participants} other
    join ${users} named on named.tenant_id = other.tenant_id and named.id = other.user_id
    where other.tenant_id = ${conversations.tenant_id} and other.conversation_id = ${conversations.id}
      and other.user_id <> ${value("user_id")} and named.display_name ilike ${value("pattern")}
  )))`;

interface ListShape extends Pick<ConversationFilter, "filter" | "unread_only"> {
  hasType: boolean;
  hasQ: boolean;
  hasBefore: boolean;
}

interface ListValues extends UserKey {
  user_ids: string;
  type: string | undefined;
  pattern: string;
  activity_at: string | undefined;
  id: string | undefined;
  limit: number;
}

const archivedFor = { active: isNull(participants.archived_at), archived: isNotNull(participants.archived_at) };

const viewsInList = query<ListValues, WholeConversationView, ListShape>((db, value, shape) =>
  wholeViews(
    db,
    value,
    and(
      isListed(),
      shape.filter === "all" ? undefined : archivedFor[shape.filter],
      shape.hasType ? eq(conversations.type, value("type")) : undefined,
      shape.unread_only ? sql`${unreadCount} > 0` : undefined,
      shape.hasQ ? isNamed(value) : undefined,
      shape.hasBefore
        ? sql`(${activityAt}, ${conversations.id}) < (${value("activity_at")}::timestamptz, ${value("id")}::uuid)`
        : undefined,
    ),
  )
    .orderBy(desc(activityAt), desc(conversations.id))
    .limit(value("limit")),
);

/** Lists a user's conversations that match the filter, the latest activity first. */
export const listConversationViews = (
  db: Executor,
  user: UserKey,
  { filter, unread_only, type, q, before, limit }: ConversationFilter,
): Promise<WholeConversationView[]> =>
  viewsInList(
    db,
    {
      ...user,
      user_ids: idList([user.user_id]),
      type,
      pattern: `%${escapeLike(q ?? "")}%`,
      activity_at: before?.activity_at,
      id: before?.id,
      limit,
    },
    { filter, unread_only, hasType: type !== undefined, hasQ: q !== undefined, hasBefore: before !== undefined },
  );
