import { type Column, type Placeholder, type SQL, sql } from "drizzle-orm";

/** Writes ids as an array of PostgreSQL: one parameter for any number of them. */
export const idList = (ids: readonly string[]): string => `{${ids.join(",")}}`;

const uuids = (ids: readonly string[]): SQL => sql`${idList(ids)}::uuid[]`;

/**
 * Makes the right side of `column = any(…)` with all ids in one parameter: the statement's text, and so its prepared
 * plan, is the same for any number of ids.
 */
export const anyId = (ids: readonly string[]): SQL => sql`any(${uuids(ids)})`;

/** Makes a table `here` of users, with all their ids in two parameters. */
export function usersHere(members: readonly { tenant_id: string; user_id: string }[]): SQL {
  const tenantIds = members.map(({ tenant_id }) => tenant_id);
  const userIds = members.map(({ user_id }) => user_id);
  return sql`unnest(${uuids(tenantIds)}, ${uuids(userIds)}) as here (tenant_id, user_id)`;
}

/** Selects rows numbered after a number. It names the condition of the partial indices over such numbers, too. */
export const isNumberedAfter = (column: Column, number: number | Placeholder): SQL =>
  sql`(${column} > 0 and ${column} > ${number})`;
