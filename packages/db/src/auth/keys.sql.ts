import { desc, eq, getTableColumns, inArray, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { signingKeys } from "./auth.table.js";

/** A signing key with ages computed by the database's clock, because the clocks of nodes may differ or be corrected. */
export type SigningKeyRow = typeof signingKeys.$inferSelect & { age_ms: number; active_for_ms: number; now_ms: number };

const msOf = (interval: SQL): SQL<number> => sql<number>`(extract(epoch from ${interval}) * 1000)::float8`;

/** Lists all signing keys, newest first. */
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

/** Locks the table until the transaction ends, so that one process at a time decides whether a new key is due. */
export const lockSigningKeys = async (db: Executor): Promise<void> => {
  await db.execute(sql`lock table ${signingKeys} in share row exclusive mode`);
};

/**
 * Inserts a key that signs after `activeInMs`; null stands for the first key of a database, which is active from the
 * epoch on, so that no node's clock can be before it.
 */
export const insertSigningKey = async (
  db: Executor,
  key: Omit<typeof signingKeys.$inferInsert, "active_from">,
  activeInMs: number | null,
): Promise<void> => {
  const active_from =
    activeInMs === null ? sql`to_timestamp(0)` : sql`now() + make_interval(secs => ${activeInMs / 1_000})`;
  await db.insert(signingKeys).values({ ...key, active_from });
};

/** Replaces the encrypted private key by the same key, encrypted under another secret. */
export const setPrivateJwe = async (
  db: Executor,
  { kid, private_jwe }: Pick<SigningKeyRow, "kid" | "private_jwe">,
): Promise<void> => {
  await db.update(signingKeys).set({ private_jwe }).where(eq(signingKeys.kid, kid));
};

export const deleteSigningKeys = async (db: Executor, kids: string[]): Promise<void> => {
  if (kids.length > 0) await db.delete(signingKeys).where(inArray(signingKeys.kid, kids));
};
