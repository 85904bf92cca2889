import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId, usersHere } from "../connection/lists.js";
import type { ConversationKey } from "../conversation-log/conversation-log.sql.js";
import { conversations } from "../conversations/conversations.table.js";
import { lastReceiptSeq, ofReceipts } from "../participants/participants.receipts.sql.js";
import { participants, receiptCounters } from "../participants/participants.table.js";
import { isListed, ofConversation } from "../participants/participants.visibility.sql.js";
import type { UserKey } from "../users/users.table.js";

export interface Subscription {
  conversation_id: string;
  last_seq: number;
  last_change_seq: number;
  last_receipt_seq: number;
  visible_from_seq: number;
  visible_to_seq: number | null;
  joined_change_seq: number;
}

/**
 * Lists the conversations in a user's list (or only the one asked for), each with the user's window and its newest
 * numbers: a node subscribes the user's sockets to them and starts its feeds there.
 */
export const listSubscriptions = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  conversationId?: string,
): Promise<Subscription[]> =>
  db
    .select({
      conversation_id: participants.conversation_id,
      last_seq: conversations.last_seq,
      last_change_seq: conversations.last_change_seq,
      last_receipt_seq: lastReceiptSeq,
      visible_from_seq: participants.visible_from_seq,
      visible_to_seq: participants.visible_to_seq,
      joined_change_seq: participants.joined_change_seq,
    })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .leftJoin(receiptCounters, ofReceipts())
    .where(
      and(
        eq(participants.tenant_id, tenant_id),
        eq(participants.user_id, user_id),
        conversationId === undefined ? undefined : eq(participants.conversation_id, conversationId),
        isListed(),
      ),
    );

/**
 * Computes one hash for each user who has conversations, over all their memberships and windows. A node compares it
 * with its subscriptions every few seconds, without reading every row.
 */
export async function listMembershipDigests(
  db: Executor,
  members: readonly UserKey[],
): Promise<{ user_id: string; digest: string }[]> {
  const line = sql`${participants.conversation_id} || ':' || ${participants.visible_from_seq} || ':' || coalesce(${participants.visible_to_seq}::text, '') || ':' || ${participants.joined_change_seq}`;
  const text = sql`string_agg(${line}, ',' order by ${participants.conversation_id})`;
  return db
    .select({
      user_id: participants.user_id,
      digest: sql<string>`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`,
    })
    .from(participants)
    .innerJoin(
      usersHere(members),
      sql`here.tenant_id = ${participants.tenant_id} and here.user_id = ${participants.user_id}`,
    )
    .innerJoin(conversations, ofConversation())
    .where(isListed())
    .groupBy(participants.user_id);
}

/** Lists the windows of those of the users who take part in the conversation and have it in their lists. */
export const listStays = (
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
): Promise<{ user_id: string; visible_from_seq: number; joined_change_seq: number }[]> =>
  db
    .select({
      user_id: participants.user_id,
      visible_from_seq: participants.visible_from_seq,
      joined_change_seq: participants.joined_change_seq,
    })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(
      and(
        eq(participants.tenant_id, tenant_id),
        eq(participants.conversation_id, conversation_id),
        sql`${participants.user_id} = ${anyId(userIds)}`,
        isListed(),
      ),
    );

/** Lists why conversations are not in a user's list any more. */
export const listDepartures = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  conversationIds: readonly string[],
): Promise<{ conversation_id: string; left_reason: "removed" | "left" | null; is_deleted: boolean }[]> =>
  db
    .select({
      conversation_id: participants.conversation_id,
      left_reason: participants.left_reason,
      is_deleted: sql<boolean>`${conversations.deleted_at} is not null`,
    })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(
      and(
        eq(participants.tenant_id, tenant_id),
        eq(participants.user_id, user_id),
        sql`${participants.conversation_id} = ${anyId(conversationIds)} and not ${isListed()}`,
      ),
    );

/** Gets the newest `change_seq` of a conversation, and that of the latest change of its details or participants. */
export async function getChangeSeqs(
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
): Promise<{ last_change_seq: number; info_change_seq: number } | undefined> {
  const [row] = await db
    .select({ last_change_seq: conversations.last_change_seq, info_change_seq: conversations.info_change_seq })
    .from(conversations)
    .where(and(eq(conversations.tenant_id, tenant_id), eq(conversations.id, conversation_id)));
  return row;
}

/** Lists the newest `change_seq` and `receipt_seq` of the conversations, by primary key. */
export const listLastChangeSeqs = (
  db: Executor,
  tenantId: string,
  conversationIds: readonly string[],
): Promise<{ id: string; last_change_seq: number; last_receipt_seq: number }[]> =>
  db
    .select({
      id: conversations.id,
      last_change_seq: conversations.last_change_seq,
      last_receipt_seq: lastReceiptSeq,
    })
    .from(conversations)
    .leftJoin(
      receiptCounters,
      and(
        eq(receiptCounters.tenant_id, conversations.tenant_id),
        eq(receiptCounters.conversation_id, conversations.id),
      ),
    )
    .where(and(eq(conversations.tenant_id, tenantId), sql`${conversations.id} = ${anyId(conversationIds)}`));
