import { and, type Column, eq, gt, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { query } from "../connection/statement.js";
import { conversations } from "../conversations/conversations.table.js";
import { attachments } from "../media/media.table.js";
import { messages } from "../messages/messages.table.js";
import { participants } from "../participants/participants.table.js";
import { canSee, isMember, ofConversation } from "../participants/participants.visibility.sql.js";
import type { UserKey } from "../users/users.table.js";

/**
 * Sets the limits of a search for the rest of the transaction. It gets a shorter timeout than other reads, because it
 * may cost more. Its plan is made for the given query, since a generic plan cannot know whether the tokens are rare,
 * and may have all joins, because it is no look-up by key.
 */
export async function setSearchSettings(tx: Executor, milliseconds: number): Promise<void> {
  await tx.execute(sql`
    select set_config('statement_timeout', ${String(milliseconds)}, true),
      set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'on', true),
      set_config('enable_hashjoin', 'on', true), set_config('enable_mergejoin', 'on', true)`);
}

/**
 * Runs some work without nested loop joins. Where many rows match and the planner expects few, as before the first
 * ANALYZE, nested loops would exceed the timeout. They are allowed again for reading the few messages of a page. When
 * the work throws, the setting ends with the transaction.
 */
export async function withoutNestedLoops<T>(tx: Executor, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`select set_config('enable_nestloop', 'off', true)`);
  const result = await work();
  await tx.execute(sql`select set_config('enable_nestloop', 'on', true)`);
  return result;
}

const idsOfUser = query<UserKey, { id: string }>((db, value) =>
  db
    .select({ id: participants.conversation_id })
    .from(participants)
    .innerJoin(conversations, ofConversation())
    .where(and(eq(participants.tenant_id, value("tenant_id")), eq(participants.user_id, value("user_id")), isMember())),
);

/** Lists the conversations that the user takes part in now. */
export async function listConversationIds(db: Executor, { tenant_id, user_id }: UserKey): Promise<string[]> {
  const rows = await idsOfUser(db, { tenant_id, user_id });
  return rows.map(({ id }) => id);
}

export interface MatchFilter {
  /** The search as a tsquery. */
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

/**
 * Compares a column with the ids. A single id is compared with `=`, because the GIN index can look up one conversation
 * and not a list of them.
 */
const among = (column: Column, ids: readonly string[]): SQL =>
  ids.length === 1 ? eq(column, ids[0] as string) : sql`${column} = ${anyId(ids)}`;

/**
 * Selects the messages that match and that the user can see. `offset 0` keeps the planner from merging the subquery of
 * matches: looked up conversation by conversation, the index would be scanned once for each of them.
 */
function visible({ tenant_id, user_id }: UserKey, filter: MatchFilter): SQL {
  const { query, conversationIds, sender_id, before, after, has } = filter;
  const found = and(
    eq(messages.tenant_id, tenant_id),
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
    join ${conversations} on ${conversations.tenant_id} = ${tenant_id} and ${conversations.id} = ${messages.conversation_id}
      and ${among(conversations.id, conversationIds)}
    join ${participants} on ${participants.tenant_id} = ${tenant_id} and ${participants.user_id} = ${user_id}
      and ${participants.conversation_id} = ${messages.conversation_id}
    where ${canSee()}`;
}

export interface Relevance {
  /** The tsquery of the tokens as written, none of them as a prefix. */
  exact: string;
  /** The tsquery of the whole search as one phrase. */
  whole: string;
  /** The moment that ages of messages are computed for: the order must be the same on every page. */
  asOf: Date;
  /** The last item of the previous page. */
  after?: { score: number; id: string };
  limit: number;
}

/**
 * Lists matches by relevance. The whole part of the score is 1 for messages with the tokens as written (and not only
 * with words that begin with them) plus 1 for those with the whole phrase. The fraction is `ts_rank`, which depends on
 * how often the tokens occur in how long a text, weighted by age: half after 30 days, a third after 60, and so on.
 */
export async function listRelevantMatches(
  db: Executor,
  viewer: UserKey,
  filter: MatchFilter,
  { exact, whole, asOf, after, limit }: Relevance,
): Promise<{ id: string; score: number }[]> {
  const days = sql`greatest(0, extract(epoch from ${asOf.toISOString()}::timestamptz - ${messages.created_at})::float8 / 86400)`;
  const score = sql`(
    (${messages.search} @@ ${exact}::tsquery)::int + (${messages.search} @@ ${whole}::tsquery)::int
    + least(0.999, ts_rank(${messages.search}, ${filter.query}::tsquery, 1)::float8 * 30 / (30 + ${days})))`;
  const rows = await db.execute<{ id: string; score: number }>(sql`
    select id, score from (
      select ${messages.id} as id, ${score} as score from ${visible(viewer, filter)}
    ) matches
    ${after && sql`where (score, id) < (${after.score}::float8, ${after.id}::uuid)`}
    order by score desc, id desc limit ${limit}`);
  return rows.map(({ id, score }) => ({ id, score: Number(score) }));
}

export interface Newest {
  after?: { created_at: string; id: string };
  limit: number;
}

/** Lists matches, the latest first. */
export async function listNewestMatches(
  db: Executor,
  viewer: UserKey,
  filter: MatchFilter,
  { after, limit }: Newest,
): Promise<{ id: string }[]> {
  return db.execute<{ id: string }>(sql`
    select ${messages.id} as id from ${visible(viewer, filter)}
    ${after && sql`and (${messages.created_at}, ${messages.id}) < (${after.created_at}::timestamptz, ${after.id}::uuid)`}
    order by ${messages.created_at} desc, ${messages.id} desc limit ${limit}`);
}

/** A message whose text has no search vector yet. */
export type Unindexed = { tenant_id: string; id: string; text: string };

/** Lists messages without a search vector. A partial index holds exactly these. */
export const listUnindexed = async (db: Executor, limit: number): Promise<Unindexed[]> =>
  db.execute<Unindexed>(sql`
    select tenant_id, id, text from ${messages} where search is null and text is not null
    order by tenant_id, id limit ${limit}`);

/**
 * Stores search vectors, except where another process has done so already or the text has changed since it was read.
 * `given` are the vectors; `held` locks the rows in the order of their ids, so that processes that do the same at once
 * wait for each other and cannot deadlock.
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
