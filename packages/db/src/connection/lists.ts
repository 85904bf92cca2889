import { type SQL, sql } from "drizzle-orm";

/** `column = any(…)` with the ids as one parameter, so that the statement's text does not depend on how many there are. */
export const anyId = (ids: readonly string[]): SQL => sql`any(${`{${ids.join(",")}}`}::uuid[])`;
