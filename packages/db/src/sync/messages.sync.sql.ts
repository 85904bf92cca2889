import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId, isNumberedAfter } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { messageHides, messages } from "../messages/messages.table.js";
import { lastReceiptSeq, ofReceipts } from "../participants/participants.receipts.sql.js";
import { participants, personalCounters, receiptCounters } from "../participants/participants.table.js";
import { isListed, ofConversation } from "../participants/participants.visibility.sql.js";
import { profileCounters, type UserKey } from "../users/users.table.js";

/** A user's membership in a conversation, present or past, with the numbers that catching up compares. */
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

const ofUser = ({ tenant_id, user_id }: UserKey) =>
  and(eq(participants.tenant_id, tenant_id), eq(participants.user_id, user_id));

const memberships = (db: Executor, user: UserKey, where: SQL | undefined) =>
  db
    .select(columns)
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .leftJoin(receiptCounters, ofReceipts())
    .where(and(ofUser(user), where));

/**
 * Says whether a conversation's row was written by a transaction that had not ended at the horizon. All transactions
 * before the horizon were visible to the caller who took it, so no change is overlooked; a few that were visible
 * already may be included.
 */
const hasMovedSince = (horizon: number): SQL =>
  sql`age(${conversations}.xmin) <= age((${horizon}::bigint % 4294967296)::text::xid)`;

/** Lists the user's memberships in the given conversations, by primary key. */
export const listSyncMemberships = (
  db: Executor,
  user: UserKey,
  conversationIds: readonly string[],
): Promise<SyncMembership[]> => memberships(db, user, sql`${participants.conversation_id} = ${anyId(conversationIds)}`);

/** Lists the conversations in the user's list that have changed since the horizon, in the order of their ids. */
export const listMembershipsMovedSince = (
  db: Executor,
  user: UserKey,
  { horizon, afterId, limit }: { horizon: number; afterId: string | undefined; limit: number },
): Promise<SyncMembership[]> =>
  memberships(
    db,
    user,
    and(
      isListed(),
      hasMovedSince(horizon),
      afterId === undefined ? undefined : gt(participants.conversation_id, afterId),
    ),
  )
    .orderBy(asc(participants.conversation_id))
    .limit(limit);

/** Lists the memberships whose state changed after a `state_seq` of the user, oldest change first. */
export const listMembershipsChangedAfter = (
  db: Executor,
  user: UserKey,
  { stateSeq, limit }: { stateSeq: number; limit: number },
): Promise<SyncMembership[]> =>
  memberships(db, user, isNumberedAfter(participants.state_seq, stateSeq))
    .orderBy(asc(participants.state_seq))
    .limit(limit);

export interface Hide {
  conversation_id: string;
  message_id: string;
  seq: number;
  state_seq: number;
  /** null for a system message. */
  sender_id: string | null;
}

/**
 * Lists the messages that were hidden from the user after a `state_seq`, oldest change first. Messages that a block hid
 * when they were sent have the number 0 and are never among them.
 */
export const listHidesAfter = (
  db: Executor,
  user: UserKey,
  { stateSeq, limit }: { stateSeq: number; limit: number },
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
      and(
        eq(messageHides.tenant_id, user.tenant_id),
        eq(messageHides.user_id, user.user_id),
        isNumberedAfter(messageHides.state_seq, stateSeq),
      ),
    )
    .orderBy(asc(messageHides.state_seq))
    .limit(limit);

/** The newest numbers that lie outside the logs of conversations. */
export interface SyncPosition {
  /** The user's newest `state_seq`. */
  state_seq: number;
  /** The workspace's newest `profile_seq`. */
  profile_seq: number;
  /** The oldest transaction that had not ended: see `listMembershipsMovedSince`. */
  horizon: number;
}

/**
 * Gets the user's position in one statement, and so of one snapshot: everything that commits later has higher numbers,
 * or a transaction at or after the horizon.
 */
export async function getSyncPosition(db: Executor, { tenant_id, user_id }: UserKey): Promise<SyncPosition> {
  const own = db
    .select({ last_state_seq: personalCounters.last_state_seq })
    .from(personalCounters)
    .where(and(eq(personalCounters.tenant_id, tenant_id), eq(personalCounters.user_id, user_id)));
  const profiles = db
    .select({ last_profile_seq: profileCounters.last_profile_seq })
    .from(profileCounters)
    .where(eq(profileCounters.tenant_id, tenant_id));
  const [row] = await db.execute<Record<keyof SyncPosition, string>>(sql`
    select coalesce((${own}), 0) as state_seq, coalesce((${profiles}), 0) as profile_seq,
      pg_snapshot_xmin(pg_current_snapshot())::text as horizon`);
  return {
    state_seq: Number(row?.state_seq),
    profile_seq: Number(row?.profile_seq),
    horizon: Number(row?.horizon),
  };
}
