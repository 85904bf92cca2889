import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { nameSearchColumns } from "../tokenizer/person-names.js";
import { users } from "./users.table.js";

const atOnce = 500;

/**
 * Fills the search columns of users whose names were written before these columns existed, in batches. It is safe to
 * run in several processes at once, and while users rename themselves.
 */
export async function setMissingNames(db: Executor): Promise<void> {
  for (;;) {
    const rows = await db
      .select({ tenant_id: users.tenant_id, id: users.id, display_name: users.display_name })
      .from(users)
      .where(isNull(users.name_words))
      .limit(atOnce);
    if (rows.length === 0) return;
    for (const { tenant_id, id, display_name } of rows) {
      await db
        .update(users)
        .set(nameSearchColumns(display_name))
        // A user renamed meanwhile has search columns of the new name already.
        .where(and(eq(users.tenant_id, tenant_id), eq(users.id, id), isNull(users.name_words)));
    }
  }
}

/**
 * Creates the trigram extension and index, by which names are found despite typing mistakes. Some databases lack the
 * extension or forbid it: there this does nothing, and names are found by the beginnings of their words only.
 */
export async function createTrigramIndex(db: Executor): Promise<void> {
  await db.execute(
    sql.raw(`
    do $$ begin
      create extension if not exists pg_trgm;
      create index if not exists users_by_likeness on users using gin (tenant_id, name_likeness gin_trgm_ops);
    exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
      raise notice 'names are not found in spite of typing mistakes: %', sqlerrm;
    end $$`),
  );
}
