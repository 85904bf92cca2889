import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import {
  type ConversationKey,
  type CounterTx,
  enter,
  type MembershipKey,
  type MembershipTx,
} from "../conversation-log/conversation-log.sql.js";
import { participants, personalCounters } from "../participants/participants.table.js";
import { conversations } from "./conversations.table.js";

const membershipOf = ({ tenant_id, conversation_id, user_id }: MembershipKey): SQL | undefined =>
  and(
    eq(participants.tenant_id, tenant_id),
    eq(participants.conversation_id, conversation_id),
    eq(participants.user_id, user_id),
    sql`${participants.left_at} is null`,
  );

/**
 * Updates columns of the user's own membership, which serialises with nobody but the user's other requests and those
 * who change this membership. False when nothing changed: then no number is taken and no event is emitted.
 */
async function change(
  tx: MembershipTx,
  key: MembershipKey,
  changes: Partial<
    Record<"last_read_seq" | "is_muted" | "muted_until" | "archived_at", SQL | number | boolean | Date | null>
  >,
  unless: SQL,
): Promise<boolean> {
  const rows = await enter(tx, "memberships")
    .update(participants)
    .set(changes as Partial<typeof participants.$inferInsert>)
    .where(and(membershipOf(key), unless))
    .returning({ user_id: participants.user_id });
  return rows.length > 0;
}

/**
 * Moves a user's read position forward; false where it is at `seq` or past it already, so that late requests never move
 * it back.
 */
export const moveReadPosition = (tx: MembershipTx, key: MembershipKey, seq: number): Promise<boolean> =>
  change(
    tx,
    key,
    { last_read_seq: seq },
    sql`greatest(${participants.last_read_seq}, ${participants.visible_from_seq}) < ${seq}`,
  );

export const setMuted = (tx: MembershipTx, key: MembershipKey, until: Date | null): Promise<boolean> =>
  change(
    tx,
    key,
    { is_muted: true, muted_until: until },
    sql`(not ${participants.is_muted} or ${participants.muted_until} is distinct from ${until?.toISOString() ?? null}::timestamptz)`,
  );

export const removeMuted = (tx: MembershipTx, key: MembershipKey): Promise<boolean> =>
  change(tx, key, { is_muted: false, muted_until: null }, sql`${participants.is_muted}`);

export const setArchived = (tx: MembershipTx, key: MembershipKey): Promise<boolean> =>
  change(tx, key, { archived_at: sql`now()` }, sql`${participants.archived_at} is null`);

export const removeArchived = (tx: MembershipTx, key: MembershipKey): Promise<boolean> =>
  change(tx, key, { archived_at: null }, sql`${participants.archived_at} is not null`);

/** Makes the statement that takes a user's next `state_seq`. */
export const nextState = (tenantId: string, userId: string): SQL => sql`
  insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq) values (${tenantId}, ${userId}, 1)
  on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + 1
  returning last_state_seq`;

/**
 * Takes a `state_seq` for each of the users for a change of their own state in the conversation, so that they find the
 * change after a gap. `isListed` says that the conversation came into their lists with it.
 *
 * `memberships` locks the rows in the order of their users, so that two such statements cannot deadlock; `counted`
 * takes the numbers in the same order; the update stores them.
 */
export async function bumpStateSeqs(
  tx: CounterTx,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
  { isListed }: { isListed: boolean },
): Promise<void> {
  await tx.execute(sql`
    with memberships as materialized (
      select user_id from ${participants}
      where tenant_id = ${tenant_id} and conversation_id = ${conversation_id} and user_id = ${anyId(userIds)}
      order by user_id for no key update
    ), counted as (
      insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq)
      select ${tenant_id}::uuid, user_id, 1 from memberships order by user_id
      on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + 1
      returning user_id, last_state_seq
    )
    update ${participants} membership
    set state_seq = counted.last_state_seq,
        listed_state_seq = case when ${isListed} then counted.last_state_seq else membership.listed_state_seq end
    from counted
    where membership.tenant_id = ${tenant_id} and membership.conversation_id = ${conversation_id}
      and membership.user_id = counted.user_id`);
}

/**
 * Takes a `state_seq` for each conversation in a user's list, because another role in the workspace allows other
 * actions in each. Each gets a number of its own, since a page of changes ends at a number and must not split equal
 * ones.
 *
 * `memberships` locks the rows in the order of their conversations; `ordered` gives each its ordinal; `counted` takes
 * as many numbers at once as there are rows; the update spreads them over the rows by ordinal.
 */
export async function bumpStateSeqsOfUser(db: Executor, tenantId: string, userId: string): Promise<void> {
  await db.execute(sql`
    with memberships as materialized (
      select own.conversation_id from ${participants} own
      join ${conversations} listed on listed.tenant_id = own.tenant_id and listed.id = own.conversation_id
      where own.tenant_id = ${tenantId} and own.user_id = ${userId} and own.left_at is null and not own.is_hidden
        and listed.deleted_at is null
      order by own.conversation_id for no key update of own
    ), ordered as (
      select conversation_id, row_number() over (order by conversation_id) as ordinal, count(*) over () as total
      from memberships
    ), counted as (
      insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq)
      select ${tenantId}::uuid, ${userId}::uuid, count(*) from memberships having count(*) > 0
      on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + excluded.last_state_seq
      returning last_state_seq
    )
    update ${participants} membership set state_seq = counted.last_state_seq - ordered.total + ordered.ordinal
    from counted, ordered
    where membership.tenant_id = ${tenantId} and membership.conversation_id = ordered.conversation_id
      and membership.user_id = ${userId}`);
}
