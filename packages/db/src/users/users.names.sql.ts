import { and, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { nameSearchColumns } from "../tokenizer/person-names.js";
import { users } from "./users.table.js";

const atOnce = 500;

/** Finds the words of names that were written before their words were kept. */
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
        // Unless it was changed meanwhile, and has its words.
        .where(and(eq(users.tenant_id, tenant_id), eq(users.id, id), isNull(users.name_words)));
    }
  }
}

/**
 * What finds names in spite of typing mistakes. Not every database has the extension or allows it: there, words are
 * found by their beginnings only.
 */
export async function createLikeness(db: Executor): Promise<void> {
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
