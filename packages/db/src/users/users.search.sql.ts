import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { nameKeyOf } from "../tokenizer/person-names.js";
import { type UserRow, userColumnsFor } from "./users.sql.js";
import { nameOrder, type UserKey, users } from "./users.table.js";

/** The position of a user in a list by name: the cursor of a page. */
export interface NameCursor {
  name: string;
  id: string;
}

export type ListedUser = UserRow & { name: string };

/** Selects the users whom a viewer may find: everybody else in the tenant who is active. */
const isOther = ({ tenant_id, user_id }: UserKey): SQL | undefined =>
  and(eq(users.tenant_id, tenant_id), ne(users.id, user_id), isNull(users.deactivated_at));

const name = nameOrder(users);
export const isAfter = (last: NameCursor): SQL => sql`(${name}, ${users.id}) > (${last.name}, ${last.id}::uuid)`;

/**
 * Selects names that contain `q`, compared as folded. A `q` that folds to nothing, such as punctuation, is compared as
 * written.
 */
const contains = (q: string): SQL => {
  const key = nameKeyOf(q);
  return key === "" ? sql`strpos(${users.display_name}, ${q}) > 0` : sql`strpos(${users.name_key}, ${key}) > 0`;
};

interface NamePage {
  /** The last item of the previous page. */
  after?: NameCursor;
  limit: number;
}

const byName = (
  db: Executor,
  viewer: UserKey,
  which: SQL | undefined,
  { after, limit }: NamePage,
): Promise<ListedUser[]> =>
  db
    .select({ ...userColumnsFor(viewer.user_id), name })
    .from(users)
    .where(and(isOther(viewer), which, after && isAfter(after)))
    .orderBy(name, users.id)
    .limit(limit);

/** Lists the other active users by name; with `q`, those whose names contain it. */
export const listUsers = (
  db: Executor,
  viewer: UserKey,
  { q, ...page }: NamePage & { q?: string },
): Promise<ListedUser[]> => byName(db, viewer, q === undefined ? undefined : contains(q), page);

/** Lists the other active users with this phone number, which several may claim because nobody proves it. */
export const listUsersWithPhone = (
  db: Executor,
  viewer: UserKey,
  phone: string,
  page: NamePage,
): Promise<ListedUser[]> => byName(db, viewer, eq(users.phone, phone), page);

/**
 * The least `word_similarity` (0 to 1) between the search text and a name that still counts as a match: about half of
 * the trigrams of a short word.
 */
const alikeFrom = "0.4";

/**
 * Sets the similarity threshold for the rest of the transaction, and answers whether pg_trgm is available; without it
 * there is no search by similarity.
 */
export async function prepareTrigramSearch(tx: Executor): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select set_config('pg_trgm.word_similarity_threshold', ${alikeFrom}, true),
      to_regprocedure('word_similarity(text,text)') is not null as is_there`);
  return row?.["is_there"] === true;
}

export interface NameSearch {
  /** A tsquery in which each word is a prefix of some word of the name. */
  query: string;
  /** The search text, folded as `name_key` is. */
  key: string;
  /** The search text as a trigram key; left out, names that are only similar are not found. */
  trigrams?: string;
  after?: NameCursor & { rank: number };
  limit: number;
}

/**
 * Ranks matches, best first: 0 for the very name, 1 for names that begin with the text, 2 for names with words that do,
 * and from 3 on by the distance of similar names.
 */
const rankOf = ({ query, key, trigrams }: NameSearch): SQL<number> => {
  const distance =
    trigrams === undefined
      ? sql`0`
      : sql`round((1 - word_similarity(${trigrams}, ${users.name_likeness})) * 1000)::int`;
  return sql<number>`(case
    when ${users.name_key} = ${key} then 0
    when starts_with(${users.name_key}, ${key}) then 1
    when ${users.name_words} @@ ${query}::tsquery then 2
    else 3 + ${distance} end)`;
};

/** Searches the other active users by name, the best match first, and by name among equals. */
export const searchUsers = (
  db: Executor,
  viewer: UserKey,
  search: NameSearch,
): Promise<(ListedUser & { rank: number })[]> => {
  const { query, trigrams, after, limit } = search;
  const rank = rankOf(search);
  const hasWords = sql`${users.name_words} @@ ${query}::tsquery`;
  return db
    .select({ ...userColumnsFor(viewer.user_id), name, rank })
    .from(users)
    .where(
      and(
        isOther(viewer),
        trigrams === undefined ? hasWords : sql`(${hasWords} or ${users.name_likeness} %> ${trigrams})`,
        after && sql`(${rank}, ${name}, ${users.id}) > (${after.rank}, ${after.name}, ${after.id}::uuid)`,
      ),
    )
    .orderBy(rank, name, users.id)
    .limit(limit);
};
