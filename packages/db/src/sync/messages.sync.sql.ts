import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { messageHides, messages } from "../messages/messages.table.js";
import { isListed, ofConversation } from "../participants/participants.list.sql.js";
import { lastReceiptSeq, ofReceipts } from "../participants/participants.receipts.sql.js";
import { participants, personalCounters, receiptCounters } from "../participants/participants.table.js";
import { profileCounters } from "../users/users.table.js";

/** A user's place in a conversation, present or past, as far as catching up is concerned. */
export interface SyncMembership {
  conversation_id: string;
  last_seq: number;
  last_change_seq: number;
  last_receipt_seq: number;
  joined_change_seq: number;
  state_seq: number;
  listed_state_seq: number;
  is_listed: boolean;
  left_reason: "removed" | "left" | null;
}

const columns = {
  conversation_id: participants.conversation_id,
  last_seq: conversations.last_seq,
  last_change_seq: conversations.last_change_seq,
  last_receipt_seq: lastReceiptSeq,
  joined_change_seq: participants.joined_change_seq,
  state_seq: participants.state_seq,
  listed_state_seq: participants.listed_state_seq,
  is_listed: sql<boolean>`${isListed()}`,
  left_reason: participants.left_reason,
};

const ofUser = (tenantId: string, userId: string) =>
  and(eq(participants.tenant_id, tenantId), eq(participants.user_id, userId));

const memberships = (db: Executor, tenantId: string, userId: string, where: SQL | undefined) =>
  db
    .select(columns)
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .leftJoin(receiptCounters, ofReceipts())
    .where(and(ofUser(tenantId, userId), where));

/**
 * Whether a conversation has changed in a transaction that was not over at the horizon: those before it were all visible
 * to whoever took it. It may say so of a few that had changed just before, and never overlooks one.
 */
const hasMovedSince = (horizon: number): SQL =>
  sql`age(${conversations}.xmin) <= age((${horizon}::bigint % 4294967296)::text::xid)`;

/** By primary key. */
export const listSyncSeats = (
  db: Executor,
  tenantId: string,
  userId: string,
  conversationIds: readonly string[],
): Promise<SyncMembership[]> =>
  memberships(db, tenantId, userId, sql`${participants.conversation_id} = ${anyId(conversationIds)}`);

/** Lists the user's conversations that have changed since the horizon, in the order of their ids. */
export const listSyncSeatsMovedSince = (
  db: Executor,
  tenantId: string,
  userId: string,
  { horizon, afterId }: { horizon: number; afterId: string | undefined },
  limit: number,
): Promise<SyncMembership[]> =>
  memberships(
    db,
    tenantId,
    userId,
    and(
      isListed(),
      hasMovedSince(horizon),
      afterId === undefined ? undefined : gt(participants.conversation_id, afterId),
    ),
  )
    .orderBy(asc(participants.conversation_id))
    .limit(limit);

/** The places whose own state changed after a number of the user's own, oldest change first. */
export const listSyncSeatsAfter = (
  db: Executor,
  tenantId: string,
  userId: string,
  stateSeq: number,
  limit: number,
): Promise<SyncMembership[]> =>
  memberships(db, tenantId, userId, gt(participants.state_seq, stateSeq))
    .orderBy(asc(participants.state_seq))
    .limit(limit);

export interface Hide {
  conversation_id: string;
  message_id: string;
  seq: number;
  state_seq: number;
  /** null when the system wrote it. */
  sender_id: string | null;
}

/** The messages that the user deleted for themselves after that number. */
export const listHidesAfter = (
  db: Executor,
  tenantId: string,
  userId: string,
  stateSeq: number,
  limit: number,
): Promise<Hide[]> =>
  db
    .select({
      conversation_id: messages.conversation_id,
      message_id: messages.id,
      seq: messages.seq,
      state_seq: messageHides.state_seq,
      sender_id: sql<string | null>`case when ${messages.type} <> 'system' then ${messages.sender_id} end`,
    })
    .from(messageHides)
    .innerJoin(messages, and(eq(messages.tenant_id, messageHides.tenant_id), eq(messages.id, messageHides.message_id)))
    .where(
      and(eq(messageHides.tenant_id, tenantId), eq(messageHides.user_id, userId), gt(messageHides.state_seq, stateSeq)),
    )
    .orderBy(asc(messageHides.state_seq))
    .limit(limit);

/** How far everything beside the logs of conversations has come. */
export interface SyncPosition {
  /** The number of the latest change of what is the user's own. */
  state_seq: number;
  /** The number of the latest change of a profile in the workspace. */
  profile_seq: number;
  /** The oldest transaction that is not over: see `listSyncSeatsMovedSince`. */
  horizon: number;
}

export async function getSyncPosition(db: Executor, tenantId: string, userId: string): Promise<SyncPosition> {
  const own = db
    .select({ last_state_seq: personalCounters.last_state_seq })
    .from(personalCounters)
    .where(and(eq(personalCounters.tenant_id, tenantId), eq(personalCounters.user_id, userId)));
  const profiles = db
    .select({ last_profile_seq: profileCounters.last_profile_seq })
    .from(profileCounters)
    .where(eq(profileCounters.tenant_id, tenantId));
  const [row] = await db.execute<Record<keyof SyncPosition, string>>(sql`
    select coalesce((${own}), 0) as state_seq, coalesce((${profiles}), 0) as profile_seq,
      pg_snapshot_xmin(pg_current_snapshot())::text as horizon`);
  return {
    state_seq: Number(row?.state_seq),
    profile_seq: Number(row?.profile_seq),
    horizon: Number(row?.horizon),
  };
}
