import { desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { signingKeys } from "./auth.table.js";

/** With its times by the clock of the database: those of the nodes may differ, and a clock that was wrong gets corrected. */
export type SigningKeyRow = typeof signingKeys.$inferSelect & { age_ms: number; active_for_ms: number; now_ms: number };

const msOf = (interval: SQL): SQL<number> => sql<number>`(extract(epoch from ${interval}) * 1000)::float8`;

/** Newest first. */
export const listSigningKeys = (db: Executor): Promise<SigningKeyRow[]> =>
  db
    .select({
      ...getTableColumns(signingKeys),
      age_ms: msOf(sql`(statement_timestamp() - ${signingKeys.created_at})`),
      active_for_ms: msOf(sql`(statement_timestamp() - ${signingKeys.active_from})`),
      now_ms: msOf(sql`statement_timestamp()`),
    })
    .from(signingKeys)
    .orderBy(desc(signingKeys.active_from), desc(signingKeys.kid));

/** One process at a time decides whether a key is due. Ends with the transaction. */
export const lockSigningKeys = async (db: Executor): Promise<void> => {
  await db.execute(sql`lock table ${signingKeys} in share row exclusive mode`);
};

/** Signs from `activeInMs` on; the first key of a database from ever, so that no clock is before it. */
export const insertSigningKey = async (
  db: Executor,
  key: Omit<typeof signingKeys.$inferInsert, "active_from">,
  activeInMs: number | null,
): Promise<void> => {
  const active_from =
    activeInMs === null ? sql`to_timestamp(0)` : sql`now() + make_interval(secs => ${activeInMs / 1_000})`;
  await db.insert(signingKeys).values({ ...key, active_from });
};

/** Replaces the private half by the same, encrypted with another secret. */
export const setPrivateJwe = async (db: Executor, kid: string, privateJwe: string): Promise<void> => {
  await db.update(signingKeys).set({ private_jwe: privateJwe }).where(eq(signingKeys.kid, kid));
};

export const deleteSigningKeys = async (db: Executor, kids: string[]): Promise<void> => {
  if (kids.length > 0) await db.delete(signingKeys).where(inArray(signingKeys.kid, kids));
};
