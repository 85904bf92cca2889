import { and, type Column, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { conversations } from "../conversations/conversations.table.js";
import { attachments } from "../media/media.table.js";
import { messages } from "../messages/messages.table.js";
import { canSee, isMember, ofConversation } from "../participants/participants.list.sql.js";
import { participants } from "../participants/participants.table.js";

/**
 * For the rest of the transaction: a search may cost more than other reads, so it gets less time; its plan is made for
 * the words that are asked for, since a plan for any words cannot know whether they are rare; and it is not compiled,
 * which would take longer than it takes.
 */
export async function setStatementTimeout(tx: Executor, milliseconds: number): Promise<void> {
  await tx.execute(sql`
    select set_config('statement_timeout', ${String(milliseconds)}, true),
      set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)`);
}

/**
 * Has all joins of some work made by hashing. Where much is found and little was expected, as when statistics are not
 * there yet, nested loops take longer than a search may; for the few that are shown they are right again.
 */
export async function withoutNestedLoops<T>(tx: Executor, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`select set_config('enable_nestloop', 'off', true)`);
  const result = await work();
  await tx.execute(sql`select set_config('enable_nestloop', 'on', true)`);
  return result;
}

/** Where the user takes part now. */
export async function listConversationIds(db: Executor, tenantId: string, userId: string): Promise<string[]> {
  const rows = await db
    .select({ id: participants.conversation_id })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(and(eq(participants.tenant_id, tenantId), eq(participants.user_id, userId), isMember()));
  return rows.map(({ id }) => id);
}

export interface MatchFilter {
  /** In the notation of tsquery. */
  query: string;
  conversationIds: readonly string[];
  sender_id?: string;
  before?: Date;
  after?: Date;
  has?: "media" | "link";
}

const contains: Record<"media" | "link", SQL> = {
  media: sql`exists (
    select from ${attachments} a where a.tenant_id = ${messages.tenant_id} and a.message_id = ${messages.id}
  )`,
  link: sql`${messages.text} ~* '\\m(https?://|www\\.)[[:alnum:]]'`,
};

/** One id by itself, because an index of words can look up a conversation, and not a list of them. */
const among = (column: Column, ids: readonly string[]): SQL =>
  ids.length === 1 ? eq(column, ids[0] as string) : sql`${column} = ${anyId(ids)}`;

/**
 * The messages that the user may see among those with the words. What has the words is found by itself first, which is
 * what `offset 0` is for: looked up conversation by conversation, the index would be read once for each of them.
 */
function visible(tenantId: string, userId: string, filter: MatchFilter): SQL {
  const { query, conversationIds, sender_id, before, after, has } = filter;
  const found = and(
    eq(messages.tenant_id, tenantId),
    sql`${messages.search} @@ ${query}::tsquery`,
    among(messages.conversation_id, conversationIds),
    isNull(messages.deleted_at),
    sql`${messages.type} <> 'system'`,
    sender_id === undefined ? undefined : eq(messages.sender_id, sender_id),
    before && lt(messages.created_at, before),
    after && gt(messages.created_at, after),
    has && contains[has],
  );
  return sql`
    (select * from ${messages} where ${found} offset 0) ${messages}
    join ${conversations} on ${conversations.tenant_id} = ${tenantId} and ${conversations.id} = ${messages.conversation_id}
      and ${among(conversations.id, conversationIds)}
    join ${participants} on ${participants.tenant_id} = ${tenantId} and ${participants.user_id} = ${userId}
      and ${participants.conversation_id} = ${messages.conversation_id}
    where ${canSee()}`;
}

export interface Relevance {
  /** The query with its words as they are written. */
  exact: string;
  /** The words of the query one behind the other. */
  whole: string;
  /** Ages are those of that moment, so that the order is the same on every page. */
  asOf: Date;
  /** The last item of the page before. */
  after?: { score: number; id: string };
  limit: number;
}

/**
 * What is found as it was written comes before what only begins so, and all of it in one piece before both: that is the
 * whole part of the score. The rest is how often the words stand in how long a text and how near to each other, which
 * counts half after a month, a third after two, and so on.
 */
export async function listRelevantMatches(
  db: Executor,
  tenantId: string,
  userId: string,
  filter: MatchFilter,
  { exact, whole, asOf, after, limit }: Relevance,
): Promise<{ id: string; score: number }[]> {
  const days = sql`greatest(0, extract(epoch from ${asOf.toISOString()}::timestamptz - ${messages.created_at})::float8 / 86400)`;
  const score = sql`(
    (${messages.search} @@ ${exact}::tsquery)::int + (${messages.search} @@ ${whole}::tsquery)::int
    + least(0.999, ts_rank(${messages.search}, ${filter.query}::tsquery, 1)::float8 * 30 / (30 + ${days})))`;
  const rows = await db.execute<{ id: string; score: number }>(sql`
    select id, score from (
      select ${messages.id} as id, ${score} as score from ${visible(tenantId, userId, filter)}
    ) matches
    ${after && sql`where (score, id) < (${after.score}::float8, ${after.id}::uuid)`}
    order by score desc, id desc limit ${limit}`);
  return rows.map(({ id, score }) => ({ id, score: Number(score) }));
}

export interface Newest {
  after?: { created_at: string; id: string };
  limit: number;
}

/** The latest first. */
export async function listNewestMatches(
  db: Executor,
  tenantId: string,
  userId: string,
  filter: MatchFilter,
  { after, limit }: Newest,
): Promise<{ id: string }[]> {
  return db.execute<{ id: string }>(sql`
    select ${messages.id} as id from ${visible(tenantId, userId, filter)}
    ${after && sql`and (${messages.created_at}, ${messages.id}) < (${after.created_at}::timestamptz, ${after.id}::uuid)`}
    order by ${messages.created_at} desc, ${messages.id} desc limit ${limit}`);
}

/** A text whose words have not been found yet. */
export type Unindexed = { tenant_id: string; id: string; text: string };

/** An index holds these and no others. */
export const listUnindexed = async (db: Executor, limit: number): Promise<Unindexed[]> =>
  db.execute<Unindexed>(sql`
    select tenant_id, id, text from ${messages} where search is null and text is not null
    order by tenant_id, id limit ${limit}`);

/**
 * Unless somebody else did, or the text is no longer the one that had these words. The rows are locked in one order,
 * so that processes that do the same wait for each other and do not block each other.
 */
export async function setSearch(db: Executor, rows: readonly (Unindexed & { search: string })[]): Promise<void> {
  await db.execute(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (tenant_id uuid, id uuid, text text, search tsvector)
    ), held as materialized (
      select messages.tenant_id, messages.id, given.search
      from given join messages on messages.tenant_id = given.tenant_id and messages.id = given.id
        and messages.text = given.text and messages.search is null
      order by messages.tenant_id, messages.id for no key update of messages
    )
    update messages set search = held.search from held
    where messages.tenant_id = held.tenant_id and messages.id = held.id and messages.search is null`);
}
