import { and, eq, isNull, type Placeholder, type SQL, sql } from "drizzle-orm";
import { idList } from "../connection/lists.js";
import { query } from "../connection/statement.js";
import {
  type Before,
  type ConversationKey,
  type CounterTx,
  enter,
  type MembershipKey,
  type MembershipTx,
} from "../conversation-log/conversation-log.sql.js";
import { participants, personalCounters } from "../participants/participants.table.js";
import type { UserKey } from "../users/users.table.js";
import { conversations } from "./conversations.table.js";

const membershipOf = ({
  tenant_id,
  conversation_id,
  user_id,
}: Record<keyof MembershipKey, string | Placeholder>): SQL | undefined =>
  and(
    eq(participants.tenant_id, tenant_id),
    eq(participants.conversation_id, conversation_id),
    eq(participants.user_id, user_id),
    isNull(participants.left_at),
  );

/**
 * Updates columns of the user's own membership, which serialises with nobody but the user's other requests and those
 * who change this membership. False when nothing changed: then no number is taken and no event is emitted.
 */
async function change(
  tx: MembershipTx,
  key: MembershipKey,
  changes: Partial<Record<"is_muted" | "muted_until" | "archived_at", SQL | boolean | Date | null>>,
  unless: SQL,
): Promise<boolean> {
  const rows = await enter(tx, "memberships")
    .update(participants)
    .set(changes as Partial<typeof participants.$inferInsert>)
    .where(and(membershipOf(key), unless))
    .returning({ user_id: participants.user_id });
  return rows.length > 0;
}

const movedRead = query<MembershipKey & { seq: number }, { user_id: string }>((db, value) =>
  db
    .update(participants)
    .set({ last_read_seq: sql`${value("seq")}` })
    .where(
      and(
        membershipOf({
          tenant_id: value("tenant_id"),
          conversation_id: value("conversation_id"),
          user_id: value("user_id"),
        }),
        sql`greatest(${participants.last_read_seq}, ${participants.visible_from_seq}) < ${value("seq")}`,
      ),
    )
    .returning({ user_id: participants.user_id }),
);

/**
 * Moves a user's read position forward; false where it is at `seq` or past it already, so that late requests never move
 * it back.
 */
export const moveReadPosition = async (
  tx: MembershipTx,
  { tenant_id, conversation_id, user_id }: MembershipKey,
  seq: number,
): Promise<boolean> =>
  (await movedRead(enter(tx, "memberships"), { tenant_id, conversation_id, user_id, seq })).length > 0;

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
export const nextState = ({ tenant_id, user_id }: UserKey): SQL => sql`
  insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq) values (${tenant_id}, ${user_id}, 1)
  on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + 1
  returning last_state_seq`;

/**
 * Takes a `state_seq` for each of the memberships for a change of the user's own state there, so that they find the
 * change after a gap. `isListed` says that the conversations came into their lists with it. Each gets a number of its
 * own, since a page of changes ends at a number and must not split equal ones.
 *
 * `memberships` locks the rows in the order of their ids, so that two such statements cannot deadlock; `ordered` gives
 * each its ordinal among those of its user; `counted` takes as many numbers for each user; the update spreads them over
 * the rows by ordinal.
 */
export async function bumpStateSeqsOf(
  tx: CounterTx,
  tenantId: string,
  memberships: readonly Omit<MembershipKey, "tenant_id">[],
  { isListed }: { isListed: boolean },
): Promise<void> {
  const conversationIds = idList(memberships.map(({ conversation_id }) => conversation_id));
  const userIds = idList(memberships.map(({ user_id }) => user_id));
  await tx.execute(sql`
    with memberships as materialized (
      select membership.conversation_id, membership.user_id
      from unnest(${conversationIds}::uuid[], ${userIds}::uuid[]) as given (conversation_id, user_id)
      join ${participants} membership on membership.tenant_id = ${tenantId}
        and membership.conversation_id = given.conversation_id and membership.user_id = given.user_id
      order by membership.conversation_id, membership.user_id for no key update of membership
    ), ordered as (
      select conversation_id, user_id, row_number() over (partition by user_id order by conversation_id) as ordinal,
        count(*) over (partition by user_id) as total
      from memberships
    ), counted as (
      insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq)
      select ${tenantId}::uuid, user_id, count(*) from memberships group by user_id order by user_id
      on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + excluded.last_state_seq
      returning user_id, last_state_seq
    )
    update ${participants} membership
    set state_seq = counted.last_state_seq - ordered.total + ordered.ordinal,
        listed_state_seq = case when ${isListed} then counted.last_state_seq - ordered.total + ordered.ordinal
          else membership.listed_state_seq end
    from ordered join counted using (user_id)
    where membership.tenant_id = ${tenantId} and membership.conversation_id = ordered.conversation_id
      and membership.user_id = ordered.user_id`);
}

/** Takes a `state_seq` for each of the users in one conversation, as `bumpStateSeqsOf` does. */
export const bumpStateSeqs = (
  tx: CounterTx,
  { tenant_id, conversation_id }: ConversationKey,
  userIds: readonly string[],
  change: { isListed: boolean },
): Promise<void> =>
  bumpStateSeqsOf(
    tx,
    tenant_id,
    userIds.map((user_id) => ({ conversation_id, user_id })),
    change,
  );

/**
 * Takes a `state_seq` for each conversation in a user's list, because another role in the workspace allows other
 * actions in each. Each gets a number of its own, since a page of changes ends at a number and must not split equal
 * ones.
 *
 * `memberships` locks the rows in the order of their conversations; `ordered` gives each its ordinal; `counted` takes
 * as many numbers at once as there are rows; the update spreads them over the rows by ordinal.
 */
export async function bumpStateSeqsOfUser(tx: Before<"memberships">, { tenant_id, user_id }: UserKey): Promise<void> {
  const counters = enter(enter(tx, "memberships"), "counters");
  await counters.execute(sql`
    with memberships as materialized (
      select own.conversation_id from ${participants} own
      join ${conversations} listed on listed.tenant_id = own.tenant_id and listed.id = own.conversation_id
      where own.tenant_id = ${tenant_id} and own.user_id = ${user_id} and own.left_at is null and not own.is_hidden
        and listed.deleted_at is null
      order by own.conversation_id for no key update of own
    ), ordered as (
      select conversation_id, row_number() over (order by conversation_id) as ordinal, count(*) over () as total
      from memberships
    ), counted as (
      insert into ${personalCounters} as counter (tenant_id, user_id, last_state_seq)
      select ${tenant_id}::uuid, ${user_id}::uuid, count(*) from memberships having count(*) > 0
      on conflict (tenant_id, user_id) do update set last_state_seq = counter.last_state_seq + excluded.last_state_seq
      returning last_state_seq
    )
    update ${participants} membership set state_seq = counted.last_state_seq - ordered.total + ordered.ordinal
    from counted, ordered
    where membership.tenant_id = ${tenant_id} and membership.conversation_id = ordered.conversation_id
      and membership.user_id = ${user_id}`);
}
