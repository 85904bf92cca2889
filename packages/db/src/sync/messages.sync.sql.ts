import { and, asc, eq, gt, type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { idList, isNumberedAfter } from "../connection/lists.js";
import { query, statement, type Value } from "../connection/statement.js";
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

const memberships = (db: Executor, value: Value<"tenant_id" | "user_id">, where: SQL | undefined) =>
  db
    .select(columns)
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .leftJoin(receiptCounters, ofReceipts())
    .where(and(eq(participants.tenant_id, value("tenant_id")), eq(participants.user_id, value("user_id")), where));

/**
 * Says whether a conversation's row was written by a transaction that had not ended at the horizon. All transactions
 * before the horizon were visible to the caller who took it, so no change is overlooked; a few that were visible
 * already may be included.
 */
const hasMovedSince = (horizon: Placeholder): SQL =>
  sql`age(${conversations}.xmin) <= age((${horizon}::bigint % 4294967296)::text::xid)`;

const membershipsIn = query<UserKey & { conversation_ids: string }, SyncMembership>((db, value) =>
  memberships(db, value, sql`${participants.conversation_id} = any(${value("conversation_ids")}::uuid[])`),
);

/** Lists the user's memberships in the given conversations, by primary key. */
export const listSyncMemberships = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  conversationIds: readonly string[],
): Promise<SyncMembership[]> => membershipsIn(db, { tenant_id, user_id, conversation_ids: idList(conversationIds) });

interface Moved {
  horizon: number;
  /** The last conversation of the previous page. */
  afterId: string | undefined;
  limit: number;
}

const membershipsMoved = query<UserKey & Moved, SyncMembership, { hasAfter: boolean }>((db, value, { hasAfter }) =>
  memberships(
    db,
    value,
    and(
      isListed(),
      hasMovedSince(value("horizon")),
      hasAfter ? gt(participants.conversation_id, value("afterId")) : undefined,
    ),
  )
    .orderBy(asc(participants.conversation_id))
    .limit(value("limit")),
);

/** Lists the conversations in the user's list that have changed since the horizon, in the order of their ids. */
export const listMembershipsMovedSince = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  moved: Moved,
): Promise<SyncMembership[]> =>
  membershipsMoved(db, { tenant_id, user_id, ...moved }, { hasAfter: moved.afterId !== undefined });

/** The changes after a `state_seq` of the user. */
interface Changed {
  stateSeq: number;
  limit: number;
}

const membershipsChanged = query<UserKey & Changed, SyncMembership>((db, value) =>
  memberships(db, value, isNumberedAfter(participants.state_seq, value("stateSeq")))
    .orderBy(asc(participants.state_seq))
    .limit(value("limit")),
);

/** Lists the memberships whose state changed after a `state_seq` of the user, oldest change first. */
export const listMembershipsChangedAfter = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  changed: Changed,
): Promise<SyncMembership[]> => membershipsChanged(db, { tenant_id, user_id, ...changed });

export interface Hide {
  conversation_id: string;
  message_id: string;
  seq: number;
  state_seq: number;
  /** null for a system message. */
  sender_id: string | null;
}

const hidesAfter = query<UserKey & Changed, Hide>((db, value) =>
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
        eq(messageHides.tenant_id, value("tenant_id")),
        eq(messageHides.user_id, value("user_id")),
        isNumberedAfter(messageHides.state_seq, value("stateSeq")),
      ),
    )
    .orderBy(asc(messageHides.state_seq))
    .limit(value("limit")),
);

/**
 * Lists the messages that were hidden from the user after a `state_seq`, oldest change first. Messages that a block hid
 * when they were sent have the number 0 and are never among them.
 */
export const listHidesAfter = (db: Executor, { tenant_id, user_id }: UserKey, changed: Changed): Promise<Hide[]> =>
  hidesAfter(db, { tenant_id, user_id, ...changed });

/** The newest numbers that lie outside the logs of conversations. */
export interface SyncPosition {
  /** The user's newest `state_seq`. */
  state_seq: number;
  /** The workspace's newest `profile_seq`. */
  profile_seq: number;
  /** The oldest transaction that had not ended: see `listMembershipsMovedSince`. */
  horizon: number;
}

const positionOf = statement<UserKey, Record<keyof SyncPosition, string>>(
  (value) => sql`
  select
    coalesce((
      select ${personalCounters.last_state_seq} from ${personalCounters}
      where ${personalCounters.tenant_id} = ${value("tenant_id")} and ${personalCounters.user_id} = ${value("user_id")}
    ), 0) as state_seq,
    coalesce((
      select ${profileCounters.last_profile_seq} from ${profileCounters}
      where ${profileCounters.tenant_id} = ${value("tenant_id")}
    ), 0) as profile_seq,
    pg_snapshot_xmin(pg_current_snapshot())::text as horizon`,
);

/**
 * Gets the user's position in one statement, and so of one snapshot: everything that commits later has higher numbers,
 * or a transaction at or after the horizon.
 */
export async function getSyncPosition(db: Executor, { tenant_id, user_id }: UserKey): Promise<SyncPosition> {
  const [row] = await positionOf(db, { tenant_id, user_id });
  return {
    state_seq: Number(row?.state_seq),
    profile_seq: Number(row?.profile_seq),
    horizon: Number(row?.horizon),
  };
}
