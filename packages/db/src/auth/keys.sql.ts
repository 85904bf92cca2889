import { desc, inArray, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { signingKeys } from "./auth.table.js";

export type SigningKeyRow = typeof signingKeys.$inferSelect;

/** Newest first. */
export const listSigningKeys = (db: Executor): Promise<SigningKeyRow[]> =>
  db.select().from(signingKeys).orderBy(desc(signingKeys.active_from), desc(signingKeys.kid));

/** One process at a time decides whether a key is due. Ends with the transaction. */
export const lockSigningKeys = async (db: Executor): Promise<void> => {
  await db.execute(sql`lock table ${signingKeys} in share row exclusive mode`);
};

export const insertSigningKey = async (db: Executor, key: typeof signingKeys.$inferInsert): Promise<void> => {
  await db.insert(signingKeys).values(key);
};

export const deleteSigningKeys = async (db: Executor, kids: string[]): Promise<void> => {
  if (kids.length > 0) await db.delete(signingKeys).where(inArray(signingKeys.kid, kids));
};
