import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { nameKeyOf } from "../tokenizer/person-names.js";
import { type UserRow, userColumnsFor } from "./users.sql.js";
import { nameOrder, users } from "./users.table.js";

/** Where a user stands in a list by name. */
export interface NamePlace {
  name: string;
  id: string;
}

export type ListedUser = UserRow & { name: string };

/** Whom a user may find: the others of the tenant who are active. */
const isOther = (tenantId: string, viewerId: string): SQL | undefined =>
  and(eq(users.tenant_id, tenantId), ne(users.id, viewerId), isNull(users.deactivated_at));

const name = nameOrder(users);
export const isAfter = (after: NamePlace): SQL => sql`(${name}, ${users.id}) > (${after.name}, ${after.id}::uuid)`;

/** Signs alone are looked for as they are written. */
const contains = (q: string): SQL => {
  const key = nameKeyOf(q);
  return key === "" ? sql`strpos(${users.display_name}, ${q}) > 0` : sql`strpos(${users.name_key}, ${key}) > 0`;
};

interface NamePage {
  /** The last item of the page before. */
  after?: NamePlace;
  limit: number;
}

const byName = (
  db: Executor,
  tenantId: string,
  viewerId: string,
  which: SQL | undefined,
  { after, limit }: NamePage,
): Promise<ListedUser[]> =>
  db
    .select({ ...userColumnsFor(viewerId), name })
    .from(users)
    .where(and(isOther(tenantId, viewerId), which, after && isAfter(after)))
    .orderBy(name, users.id)
    .limit(limit);

/** By name; `q`: whose names contain it. */
export const listUsers = (
  db: Executor,
  tenantId: string,
  viewerId: string,
  { q, ...page }: NamePage & { q?: string },
): Promise<ListedUser[]> => byName(db, tenantId, viewerId, q === undefined ? undefined : contains(q), page);

/** By the whole number, which several may claim. */
export const listUsersWithPhone = (
  db: Executor,
  tenantId: string,
  viewerId: string,
  phone: string,
  page: NamePage,
): Promise<ListedUser[]> => byName(db, tenantId, viewerId, eq(users.phone, phone), page);

/** How alike a word of a name must be to what is looked for, of 1. Half of the letter triples of a short word. */
const alikeFrom = "0.4";

/**
 * Whether names that are only similar can be found, which takes an extension that not every database has; how similar,
 * is set for the rest of the transaction.
 */
export async function prepareLikeness(tx: Executor): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select set_config('pg_trgm.word_similarity_threshold', ${alikeFrom}, true),
      to_regprocedure('word_similarity(text,text)') is not null as is_there`);
  return row?.["is_there"] === true;
}

export interface NameSearch {
  /** In the notation of tsquery: each word begins a word of the name. */
  query: string;
  /** What was asked for, folded. */
  key: string;
  /** The same for names that are only similar; left out, they are not found. */
  likeness?: string;
  after?: NamePlace & { rank: number };
  limit: number;
}

/** The name itself, names that begin so, names with such words, and by how far the others are from it. */
const rankOf = ({ query, key, likeness }: NameSearch): SQL<number> => {
  const distance =
    likeness === undefined
      ? sql`0`
      : sql`round((1 - word_similarity(${likeness}, ${users.name_likeness})) * 1000)::int`;
  return sql<number>`(case
    when ${users.name_key} = ${key} then 0
    when starts_with(${users.name_key}, ${key}) then 1
    when ${users.name_words} @@ ${query}::tsquery then 2
    else 3 + ${distance} end)`;
};

/** The best first; among equals by name. */
export const searchUsers = (
  db: Executor,
  tenantId: string,
  viewerId: string,
  search: NameSearch,
): Promise<(ListedUser & { rank: number })[]> => {
  const { query, likeness, after, limit } = search;
  const rank = rankOf(search);
  const hasWords = sql`${users.name_words} @@ ${query}::tsquery`;
  return db
    .select({ ...userColumnsFor(viewerId), name, rank })
    .from(users)
    .where(
      and(
        isOther(tenantId, viewerId),
        likeness === undefined ? hasWords : sql`(${hasWords} or ${users.name_likeness} %> ${likeness})`,
        after && sql`(${rank}, ${name}, ${users.id}) > (${after.rank}, ${after.name}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(rank, name, users.id)
    .limit(limit);
};
