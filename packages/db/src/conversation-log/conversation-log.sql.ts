import { and, eq, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { participants } from "../participants/participants.table.js";

/**
 * The order in which a transaction locks the rows of conversations, and the only place that says it: two transactions
 * that kept to different orders could wait for each other in a circle. Rows of one kind are locked in the order of their
 * ids. A stage may be left out, and none can be gone back to.
 */
const lockOrder = ["conversations", "files", "memberships", "counters"] as const;
type Stage = (typeof lockOrder)[number];

declare const stage: unique symbol;
type At<S extends Stage> = Executor & { readonly [stage]: S };
/** A transaction that may still lock rows of the stage. */
type Before<S extends Stage> = Executor & { readonly [stage]?: S };

/** A transaction that holds the locks of the conversations that it changes; their numbers move under them. */
export type ConversationTx = At<"conversations">;
/** A transaction that may lock and write memberships, and has taken no counter. */
export type MembershipTx = At<"conversations" | "files" | "memberships">;
/** A transaction that has locked all memberships that it writes, and takes counters. */
export type CounterTx = At<"counters">;

export interface ConversationKey {
  tenant_id: string;
  conversation_id: string;
}

export interface MembershipKey extends ConversationKey {
  user_id: string;
}

/** Two users whose block begins or ends. */
interface PairKey {
  tenant_id: string;
  blocker_id: string;
  blocked_id: string;
}

const reached = new WeakMap<Executor, number>();

/** Lets a transaction lock rows of a stage; throws where it has gone beyond it. */
export function enter<S extends Stage>(tx: Executor, to: S): At<S> {
  if (!("rollback" in tx)) throw new Error("locks are held by transactions");
  const next = lockOrder.indexOf(to);
  const last = reached.get(tx) ?? 0;
  if (next < last) throw new Error(`${to} are locked before ${lockOrder[last]}`);
  reached.set(tx, next);
  return tx as Executor as At<S>;
}

/** Lets a transaction create a conversation: nobody else can have locked a row that is not there yet. */
export const openConversation = (tx: Before<"conversations">): ConversationTx => enter(tx, "conversations");

/** Locks a conversation, so that its changes take turns. */
export async function lockConversation(
  tx: Before<"conversations">,
  { tenant_id, conversation_id }: ConversationKey,
): Promise<ConversationTx> {
  const locked = enter(tx, "conversations");
  await locked
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(eq(conversations.tenant_id, tenant_id), eq(conversations.id, conversation_id)))
    .for("no key update");
  return locked;
}

const sharedBy = ({ tenant_id, blocker_id, blocked_id }: PairKey) => sql`
  select own.conversation_id from ${participants} own
  join ${participants} other on other.tenant_id = own.tenant_id and other.conversation_id = own.conversation_id
  where own.tenant_id = ${tenant_id} and own.user_id = ${blocker_id} and own.left_at is null
    and other.user_id = ${blocked_id} and other.user_id <> own.user_id and other.left_at is null`;

/**
 * Locks the conversations that both users take part in, and then both memberships in each. What is said or read there at
 * the same time comes either before the block begins or ends, or after it.
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

/** Lets a transaction write memberships without its conversation's lock: a user's own row, on which nobody else waits. */
export const openMemberships = (tx: Before<"conversations" | "memberships">): MembershipTx => enter(tx, "memberships");

/** Lets a transaction take counters, and no other lock from then on. */
export const openCounters = (tx: Executor): CounterTx => enter(tx, "counters");
