import { type SQL, sql } from "drizzle-orm";

/**
 * Makes the right side of `column = any(…)` with all ids in one parameter: the statement's text, and so its prepared
 * plan, is the same for any number of ids.
 */
export const anyId = (ids: readonly string[]): SQL => sql`any(${`{${ids.join(",")}}`}::uuid[])`;
