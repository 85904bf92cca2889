import { and, eq, gt, not, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { messageHides } from "../messages/messages.table.js";
import { isListed, isMember, ofConversation } from "../participants/participants.list.sql.js";
import { lastReceiptSeq, ofReceipts } from "../participants/participants.receipts.sql.js";
import { participants, personalCounters, receiptCounters } from "../participants/participants.table.js";
import { isApart } from "../users/users.sql.js";
import { profileCounters, users } from "../users/users.table.js";

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
  tenantId: string,
  userId: string,
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
        eq(participants.tenant_id, tenantId),
        eq(participants.user_id, userId),
        conversationId === undefined ? undefined : eq(participants.conversation_id, conversationId),
        isListed(),
      ),
    );

const asIds = (ids: readonly string[]): SQL => sql`${`{${ids.join(",")}}`}::uuid[]`;

const here = (members: readonly { tenant_id: string; user_id: string }[]): SQL => {
  const tenantIds = members.map(({ tenant_id }) => tenant_id);
  const userIds = members.map(({ user_id }) => user_id);
  return sql`unnest(${asIds(tenantIds)}, ${asIds(userIds)}) as here (tenant_id, user_id)`;
};

/**
 * Computes one hash for each user who has conversations, over all their memberships and windows. A node compares it
 * with its subscriptions every few seconds, without reading every row.
 */
export async function listMembershipDigests(
  db: Executor,
  members: readonly { tenant_id: string; user_id: string }[],
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
      here(members),
      sql`here.tenant_id = ${participants.tenant_id} and here.user_id = ${participants.user_id}`,
    )
    .innerJoin(conversations, ofConversation())
    .where(isListed())
    .groupBy(participants.user_id);
}

/** Lists the windows of those of the users who take part in the conversation and have it in their lists. */
export const listPlaces = (
  db: Executor,
  tenantId: string,
  conversationId: string,
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
        eq(participants.tenant_id, tenantId),
        eq(participants.conversation_id, conversationId),
        sql`${participants.user_id} = ${anyId(userIds)}`,
        isListed(),
      ),
    );

/** Lists the users' newest `state_seq`, by primary key. */
export const listLastStateSeqs = (
  db: Executor,
  members: readonly { tenant_id: string; user_id: string }[],
): Promise<{ user_id: string; last_state_seq: number }[]> =>
  db
    .select({ user_id: personalCounters.user_id, last_state_seq: personalCounters.last_state_seq })
    .from(personalCounters)
    .innerJoin(
      here(members),
      sql`here.tenant_id = ${personalCounters.tenant_id} and here.user_id = ${personalCounters.user_id}`,
    );

/**
 * Lists the changes of a user's own state after a number: conversations in their list, messages hidden from them and
 * users whom they have blocked or unblocked.
 */
export const listOwnChangesAfter = (
  db: Executor,
  tenantId: string,
  userId: string,
  stateSeq: number,
): Promise<{ subject_id: string; state_seq: number }[]> =>
  unionAll(
    db
      .select({ subject_id: participants.conversation_id, state_seq: participants.state_seq })
      .from(participants)
      .innerJoin(conversations, ofConversation())
      .where(
        and(
          eq(participants.tenant_id, tenantId),
          eq(participants.user_id, userId),
          gt(participants.state_seq, stateSeq),
          // A conversation that came into the list is noticed by comparing subscriptions instead.
          sql`${isListed()} and ${participants.state_seq} > ${participants.listed_state_seq}`,
        ),
      ),
    db
      .select({ subject_id: messageHides.message_id, state_seq: messageHides.state_seq })
      .from(messageHides)
      .where(
        and(
          eq(messageHides.tenant_id, tenantId),
          eq(messageHides.user_id, userId),
          gt(messageHides.state_seq, stateSeq),
        ),
      ),
    db
      .select({ subject_id: blocks.blocked_id, state_seq: blocks.state_seq })
      .from(blocks)
      .where(and(eq(blocks.tenant_id, tenantId), eq(blocks.blocker_id, userId), gt(blocks.state_seq, stateSeq))),
  );

/** Lists why conversations are not in a user's list any more. */
export const listDepartures = (
  db: Executor,
  tenantId: string,
  userId: string,
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
        eq(participants.tenant_id, tenantId),
        eq(participants.user_id, userId),
        sql`${participants.conversation_id} = ${anyId(conversationIds)} and not ${isListed()}`,
      ),
    );

/** Gets the newest `change_seq` of a conversation, and that of the latest change of its details or participants. */
export async function getChangeSeqs(
  db: Executor,
  tenantId: string,
  conversationId: string,
): Promise<{ last_change_seq: number; info_change_seq: number } | undefined> {
  const [row] = await db
    .select({ last_change_seq: conversations.last_change_seq, info_change_seq: conversations.info_change_seq })
    .from(conversations)
    .where(and(eq(conversations.tenant_id, tenantId), eq(conversations.id, conversationId)));
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

/** Lists the newest `profile_seq` of the workspaces, by primary key. */
export const listLastProfileSeqs = (
  db: Executor,
  tenantIds: readonly string[],
): Promise<{ tenant_id: string; last_profile_seq: number }[]> =>
  db
    .select()
    .from(profileCounters)
    .where(sql`${profileCounters.tenant_id} = ${anyId(tenantIds)}`);

/** Lists the users of a workspace whose profiles changed after a number, oldest change first. */
export const listProfileSeqsAfter = (
  db: Executor,
  tenantId: string,
  profileSeq: number,
  limit: number,
): Promise<{ user_id: string; profile_seq: number }[]> =>
  db
    .select({ user_id: users.id, profile_seq: users.profile_seq })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), gt(users.profile_seq, profileSeq), sql`${users.profile_seq} > 0`))
    .orderBy(users.profile_seq)
    .limit(limit);

/**
 * Lists which of the users share a conversation with the given one; with `acrossBlocks` also those in a blocked pair
 * with them.
 */
export const listUsersSharing = (
  db: Executor,
  tenantId: string,
  userId: string,
  candidates: readonly string[],
  { acrossBlocks }: { acrossBlocks: boolean },
): Promise<{ user_id: string }[]> => {
  const theirs = sql`select p.conversation_id from ${participants} p where p.tenant_id = ${tenantId} and p.user_id = ${userId} and p.left_at is null`;
  return db
    .selectDistinct({ user_id: participants.user_id })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .innerJoin(users, and(eq(users.tenant_id, participants.tenant_id), eq(users.id, participants.user_id)))
    .where(
      and(
        eq(participants.tenant_id, tenantId),
        sql`${participants.user_id} = ${anyId(candidates)}`,
        sql`${participants.conversation_id} in (${theirs})`,
        isMember(),
        acrossBlocks ? undefined : not(isApart(sql`${userId}::uuid`, users.id)),
      ),
    );
};
