import { and, eq, gt, not, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { isBlockedPair } from "../blocks/blocks.pairs.sql.js";
import { blocks } from "../blocks/blocks.table.js";
import type { Executor } from "../connection/database.js";
import { anyId, isNumberedAfter, usersHere } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { messageHides } from "../messages/messages.table.js";
import { participants, personalCounters } from "../participants/participants.table.js";
import { isListed, isMember, ofConversation } from "../participants/participants.visibility.sql.js";
import { profileCounters, type UserKey, users } from "../users/users.table.js";

/** Lists the users' newest `state_seq`, by primary key. */
export const listLastStateSeqs = (
  db: Executor,
  members: readonly UserKey[],
): Promise<{ user_id: string; last_state_seq: number }[]> =>
  db
    .select({ user_id: personalCounters.user_id, last_state_seq: personalCounters.last_state_seq })
    .from(personalCounters)
    .innerJoin(
      usersHere(members),
      sql`here.tenant_id = ${personalCounters.tenant_id} and here.user_id = ${personalCounters.user_id}`,
    );

/**
 * Lists the changes of a user's own state after a number: conversations in their list, messages hidden from them and
 * users whom they have blocked or unblocked.
 */
export const listOwnChangesAfter = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  stateSeq: number,
): Promise<{ subject_id: string; state_seq: number }[]> =>
  unionAll(
    db
      .select({ subject_id: participants.conversation_id, state_seq: participants.state_seq })
      .from(participants)
      .innerJoin(conversations, ofConversation())
      .where(
        and(
          eq(participants.tenant_id, tenant_id),
          eq(participants.user_id, user_id),
          isNumberedAfter(participants.state_seq, stateSeq),
          // A conversation that came into the list is noticed by comparing subscriptions instead.
          sql`${isListed()} and ${participants.state_seq} > ${participants.listed_state_seq}`,
        ),
      ),
    db
      .select({ subject_id: messageHides.message_id, state_seq: messageHides.state_seq })
      .from(messageHides)
      .where(
        and(
          eq(messageHides.tenant_id, tenant_id),
          eq(messageHides.user_id, user_id),
          isNumberedAfter(messageHides.state_seq, stateSeq),
        ),
      ),
    db
      .select({ subject_id: blocks.blocked_id, state_seq: blocks.state_seq })
      .from(blocks)
      .where(and(eq(blocks.tenant_id, tenant_id), eq(blocks.blocker_id, user_id), gt(blocks.state_seq, stateSeq))),
  );

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
  { profileSeq, limit }: { profileSeq: number; limit: number },
): Promise<{ user_id: string; profile_seq: number }[]> =>
  db
    .select({ user_id: users.id, profile_seq: users.profile_seq })
    .from(users)
    .where(and(eq(users.tenant_id, tenantId), isNumberedAfter(users.profile_seq, profileSeq)))
    .orderBy(users.profile_seq)
    .limit(limit);

/**
 * Lists which of the users share a conversation with the given one; with `acrossBlocks` also those in a blocked pair
 * with them.
 */
export const listUsersSharing = (
  db: Executor,
  { tenant_id, user_id }: UserKey,
  { candidates, acrossBlocks }: { candidates: readonly string[]; acrossBlocks: boolean },
): Promise<{ user_id: string }[]> => {
  const theirs = sql`select p.conversation_id from ${participants} p where p.tenant_id = ${tenant_id} and p.user_id = ${user_id} and p.left_at is null`;
  return db
    .selectDistinct({ user_id: participants.user_id })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .innerJoin(users, and(eq(users.tenant_id, participants.tenant_id), eq(users.id, participants.user_id)))
    .where(
      and(
        eq(participants.tenant_id, tenant_id),
        sql`${participants.user_id} = ${anyId(candidates)}`,
        sql`${participants.conversation_id} in (${theirs})`,
        isMember(),
        acrossBlocks
          ? undefined
          : not(isBlockedPair({ tenant_id: users.tenant_id, one: sql`${user_id}::uuid`, other: users.id })),
      ),
    );
};
