import { sql } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { DatabaseUnavailableError, isWriteRefusal } from "./failure.js";
import type * as schema from "./schema.js";

type Executor = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

/**
 * Knows whether the database can do its work: it answers, and takes writes. A standby says so itself; that a disk is full
 * shows only when something is written, so after a refused write the next check writes a few pages.
 */
export class Readiness {
  #hasRefused = false;

  /** Notes an error of any statement. */
  readonly note = (error: unknown): void => {
    if (isWriteRefusal(error)) this.#hasRefused = true;
  };

  async check(db: Executor): Promise<void> {
    const [state] = await db.execute<{ is_read_only: boolean }>(
      sql`select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as is_read_only`,
    );
    if (state?.is_read_only) throw new DatabaseUnavailableError("The database takes no writes.", false);
    if (!this.#hasRefused) return;
    await writePages(db);
    this.#hasRefused = false;
  }
}

/** Fails where a table cannot grow, and leaves nothing behind. */
const writePages = (db: Executor): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(
      sql`create table vero_write_check as select md5(n::text) as filler from generate_series(1, 500) n`,
    );
    await tx.execute(sql`drop table vero_write_check`);
  });
