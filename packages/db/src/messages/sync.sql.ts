import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { isListed, ofConversation } from "../participants/participants.sql.js";
import { participants, personalCounters } from "../participants/participants.table.js";
import { messageHides, messages } from "./messages.table.js";

/** A user's place in a conversation, present or past, as far as catching up is concerned. */
export interface SyncSeat {
  conversation_id: string;
  last_seq: number;
  last_change_seq: number;
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
  joined_change_seq: participants.joined_change_seq,
  state_seq: participants.state_seq,
  listed_state_seq: participants.listed_state_seq,
  is_listed: sql<boolean>`${isListed()}`,
  left_reason: participants.left_reason,
};

const ofUser = (tenantId: string, userId: string) =>
  and(eq(participants.tenant_id, tenantId), eq(participants.user_id, userId));

/** By primary key. */
export const listSyncSeats = (
  db: Executor,
  tenantId: string,
  userId: string,
  conversationIds: readonly string[],
): Promise<SyncSeat[]> =>
  db
    .select(columns)
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(and(ofUser(tenantId, userId), sql`${participants.conversation_id} = ${anyId(conversationIds)}`));

/** The places whose own state changed after a number of the user's own, oldest change first. */
export const listSyncSeatsAfter = (
  db: Executor,
  tenantId: string,
  userId: string,
  stateSeq: number,
  limit: number,
): Promise<SyncSeat[]> =>
  db
    .select(columns)
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(and(ofUser(tenantId, userId), gt(participants.state_seq, stateSeq)))
    .orderBy(asc(participants.state_seq))
    .limit(limit);

export interface Hide {
  conversation_id: string;
  message_id: string;
  seq: number;
  state_seq: number;
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
    })
    .from(messageHides)
    .innerJoin(messages, and(eq(messages.tenant_id, messageHides.tenant_id), eq(messages.id, messageHides.message_id)))
    .where(
      and(eq(messageHides.tenant_id, tenantId), eq(messageHides.user_id, userId), gt(messageHides.state_seq, stateSeq)),
    )
    .orderBy(asc(messageHides.state_seq))
    .limit(limit);

/** The number of the latest change of what is the user's own. */
export async function getLastStateSeq(db: Executor, tenantId: string, userId: string): Promise<number> {
  const [row] = await db
    .select({ last_state_seq: personalCounters.last_state_seq })
    .from(personalCounters)
    .where(and(eq(personalCounters.tenant_id, tenantId), eq(personalCounters.user_id, userId)));
  return row?.last_state_seq ?? 0;
}
