import { type Placeholder, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId, idList } from "../connection/lists.js";
import { statement } from "../connection/statement.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";

/**
 * The order in which a transaction locks conversations and what belongs to them, stated here and nowhere else: two
 * transactions with different orders could deadlock. A stage may be skipped, and none can be gone back to. A pair is an
 * advisory lock of two users; all others are rows.
 *
 * Rows of one stage are locked in the order of their ids, but for memberships of one conversation under its lock: a
 * transaction without that lock holds one of them at most. Counters of users come before those of receipts.
 *
 * Counters are taken once the memberships that they number are locked: by the work before, or by the statement itself
 * where it is the first of its transaction that takes counters.
 */
const lockOrder = ["pairs", "users", "conversations", "files", "memberships", "counters"] as const;
type Stage = (typeof lockOrder)[number];

declare const stage: unique symbol;
type At<S extends Stage> = Executor & { readonly [stage]: S };
/** A transaction that may still lock rows of the stage. */
export type Before<S extends Stage> = Executor & { readonly [stage]?: S };

/**
 * A transaction that holds the row locks of the conversations that it changes, under which `seq` and `change_seq` move.
 */
export type ConversationTx = At<"conversations">;
/** A transaction that may lock and write memberships, and has taken no number from a counter yet. */
export type MembershipTx = At<"conversations" | "files" | "memberships">;
/** A transaction that may take numbers from counters, and write them to memberships. */
export type CounterTx = At<"counters">;

export interface ConversationKey {
  tenant_id: string;
  conversation_id: string;
}

export interface MembershipKey extends ConversationKey {
  user_id: string;
}

/** The two users of a block that begins or ends. */
interface PairKey {
  tenant_id: string;
  blocker_id: string;
  blocked_id: string;
}

const reached = new WeakMap<Executor, number>();

/**
 * Moves a transaction to a stage of the lock order; throws where it is past that stage already, and where `tx` is no
 * transaction.
 */
export function enter<S extends Stage>(tx: Executor, to: S): At<S> {
  if (!("rollback" in tx)) throw new Error("locks are held by transactions");
  const next = lockOrder.indexOf(to);
  const last = reached.get(tx) ?? 0;
  if (next < last) throw new Error(`${to} are locked before ${lockOrder[last]}`);
  reached.set(tx, next);
  return tx as Executor as At<S>;
}

/**
 * Moves a transaction to the stage of conversations without a lock, for one that creates its conversation: no other
 * transaction can lock a row that is not committed yet.
 */
export const openConversation = (tx: Before<"conversations">): ConversationTx => enter(tx, "conversations");

const lockOne = statement<ConversationKey>(
  (value) => sql`
    select 1 from ${conversations}
    where tenant_id = ${value("tenant_id")} and id = ${value("conversation_id")} for no key update`,
);

/**
 * Locks a conversation's row until the transaction ends, so that all changes of the conversation are serialised. The
 * statement is sent at once: one that follows it without waiting for its answer begins when the lock is held.
 */
export async function lockConversation(tx: Before<"conversations">, key: ConversationKey): Promise<ConversationTx> {
  const locked = enter(tx, "conversations");
  await lockOne(locked, key);
  return locked;
}

const several = (value: (name: "tenant_id" | "conversation_ids") => Placeholder): SQL => sql`
  select id from ${conversations}
  where tenant_id = ${value("tenant_id")} and id = any(${value("conversation_ids")}::uuid[])
  order by id for no key update`;
type Several = { tenant_id: string; conversation_ids: string };
const lockAll = statement<Several, { id: string }>((value) => several(value));
const lockFree = statement<Several, { id: string }>((value) => sql`${several(value)} skip locked`);

/**
 * Locks the rows of several conversations, and returns the ids of those that it has locked. Unless it `waits`, it leaves
 * out those that another transaction has locked, so that these keep no other from being changed. Sent at once, as
 * `lockConversation` is.
 */
export async function lockConversations(
  tx: Before<"conversations">,
  { tenant_id, conversation_ids, waits }: { tenant_id: string; conversation_ids: readonly string[]; waits: boolean },
): Promise<ReadonlySet<string>> {
  const lock = waits ? lockAll : lockFree;
  const rows = await lock(enter(tx, "conversations"), { tenant_id, conversation_ids: idList(conversation_ids) });
  return new Set(rows.map(({ id }) => id));
}

const sharedBy = ({ tenant_id, blocker_id, blocked_id }: PairKey) => sql`
  select own.conversation_id from ${participants} own
  join ${participants} other on other.tenant_id = own.tenant_id and other.conversation_id = own.conversation_id
  where own.tenant_id = ${tenant_id} and own.user_id = ${blocker_id} and own.left_at is null
    and other.user_id = ${blocked_id} and other.user_id <> own.user_id and other.left_at is null`;

/**
 * Locks all conversations that both users take part in, and then both memberships in each. A message or a read receipt
 * there is thereby ordered entirely before or entirely after the start or end of the block.
 */
export async function lockConversationsBetween(tx: Before<"conversations">, key: PairKey): Promise<ConversationTx> {
  const { tenant_id, blocker_id, blocked_id } = key;
  const locked = enter(tx, "conversations");
  await locked.execute(sql`
    select 1 from ${conversations} where tenant_id = ${tenant_id} and id in (${sharedBy(key)})
    order by id for no key update`);
  await enter(locked, "memberships").execute(sql`
    select 1 from ${participants} membership
    where membership.tenant_id = ${tenant_id} and membership.user_id = ${anyId([blocker_id, blocked_id])}
      and membership.left_at is null and membership.conversation_id in (${sharedBy(key)})
    order by membership.conversation_id, membership.user_id for no key update`);
  return locked;
}

/**
 * Moves a transaction to the stage of memberships without the conversation's lock. This is for changes of a user's own
 * row (read position, mute, archive), so that they do not wait for those who write in the conversation.
 */
export const openMemberships = (tx: Before<"conversations" | "memberships">): MembershipTx => enter(tx, "memberships");

/**
 * Moves a transaction to the last stage: it may take numbers from counters, and may lock nothing else from then on but
 * the memberships that they number.
 */
export const openCounters = (tx: Executor): CounterTx => enter(tx, "counters");
