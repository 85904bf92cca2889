import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { messages } from "../messages/messages.table.js";
import { canSee, isMember, isUnread, ofConversation, type ParticipantRow } from "../participants/participants.sql.js";
import { participants } from "../participants/participants.table.js";
import { users } from "../users/users.table.js";
import { conversations } from "./conversations.table.js";

export type ConversationRow = typeof conversations.$inferSelect;

/** False when the direct pair exists already; then nothing was written. */
export async function insertConversation(db: Executor, row: typeof conversations.$inferInsert): Promise<boolean> {
  const inserted = await db
    .insert(conversations)
    .values(row)
    .onConflictDoNothing({
      target: [conversations.tenant_id, conversations.direct_key],
      where: sql`${conversations.deleted_at} is null`,
    })
    .returning({ id: conversations.id });
  return inserted.length > 0;
}

export async function getDirectConversationId(
  db: Executor,
  tenantId: string,
  directKey: string,
): Promise<string | undefined> {
  const [row] = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.tenant_id, tenantId),
        eq(conversations.direct_key, directKey),
        sql`${conversations.deleted_at} is null`,
      ),
    );
  return row?.id;
}

export interface ConversationView {
  conversation: ConversationRow;
  participant: ParticipantRow;
  unread_count: number;
  /** The newest message that the user may see. */
  last_message_id: string | null;
  is_muted: boolean;
}

const unreadCount = sql<number>`(select count(*) from ${messages} where ${messages.tenant_id} = ${conversations.tenant_id} and ${messages.conversation_id} = ${conversations.id} and ${isUnread()})::int`;
const lastMessageId = sql<
  string | null
>`(select ${messages.id} from ${messages} where ${messages.tenant_id} = ${conversations.tenant_id} and ${messages.conversation_id} = ${conversations.id} and ${canSee()} order by ${messages.seq} desc limit 1)`;
const isMuted = sql<boolean>`(${participants.is_muted} and (${participants.muted_until} is null or ${participants.muted_until} > now()))`;

const views = (db: Executor, tenantId: string, userId: string, where: SQL | undefined) =>
  db
    .select({
      conversation: conversations,
      participant: participants,
      unread_count: unreadCount,
      last_message_id: lastMessageId,
      is_muted: isMuted,
    })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(and(eq(participants.tenant_id, tenantId), eq(participants.user_id, userId), isMember(), where));

export async function getConversationView(
  db: Executor,
  tenantId: string,
  userId: string,
  conversationId: string,
): Promise<ConversationView | undefined> {
  const [row] = await views(db, tenantId, userId, eq(participants.conversation_id, conversationId));
  return row;
}

/** All conversations with something unread, the latest activity first. */
export const listUnreadViews = (db: Executor, tenantId: string, userId: string): Promise<ConversationView[]> =>
  views(db, tenantId, userId, sql`${unreadCount} > 0`).orderBy(
    desc(conversations.last_activity_at),
    desc(conversations.id),
  );

export interface ConversationFilter {
  filter: "active" | "archived" | "all";
  type?: "direct" | "group";
  unread_only: boolean;
  q?: string;
  /** The last item of the page before. */
  before?: { last_activity_at: string; id: string };
  limit: number;
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** By its own name, or for a direct one by the name of the other side. */
const isNamed = (q: string, userId: string): SQL => {
  const pattern = `%${escapeLike(q)}%`;
  return sql`(${conversations.name} ilike ${pattern} or (${conversations.type} = 'direct' and exists (
    select from ${participants} other join ${users} on ${users.tenant_id} = other.tenant_id and ${users.id} = other.user_id
    where other.tenant_id = ${conversations.tenant_id} and other.conversation_id = ${conversations.id}
      and other.user_id <> ${userId} and ${users.display_name} ilike ${pattern}
  )))`;
};

/** Latest activity first; what was deleted for oneself shows again only when something newer has come. */
export const listConversationViews = (
  db: Executor,
  tenantId: string,
  userId: string,
  { filter, type, unread_only, q, before, limit }: ConversationFilter,
): Promise<ConversationView[]> =>
  views(
    db,
    tenantId,
    userId,
    and(
      sql`(not ${participants.is_hidden} or ${conversations.last_seq} > ${participants.visible_from_seq})`,
      filter === "all" ? undefined : sql`(${participants.archived_at} is not null) = ${filter === "archived"}`,
      type && eq(conversations.type, type),
      unread_only ? sql`${unreadCount} > 0` : undefined,
      q === undefined ? undefined : isNamed(q, userId),
      before &&
        sql`(${conversations.last_activity_at}, ${conversations.id}) < (${before.last_activity_at}::timestamptz, ${before.id}::uuid)`,
    ),
  )
    .orderBy(desc(conversations.last_activity_at), desc(conversations.id))
    .limit(limit);
