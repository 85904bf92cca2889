import { sql } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import { DatabaseUnavailableError, isWriteRefusal } from "./failure.js";
import type * as schema from "./schema.js";

type Executor = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

/**
 * Checks that the database answers and accepts writes. A standby reports itself as read-only. A full disk shows only on
 * a write, so once any statement was refused a write, checks write a few pages until that succeeds.
 */
export class Readiness {
  #hasRefused = false;

  /** Records whether a statement failed because the database refuses writes. */
  readonly note = (error: unknown): void => {
    if (isWriteRefusal(error)) this.#hasRefused = true;
  };

  async check(db: Executor): Promise<void> {
    const [state] = await db.execute<{ is_read_only: boolean }>(
      sql`select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as is_read_only`,
    );
    if (state?.is_read_only) throw new DatabaseUnavailableError("The database takes no writes.", { hasBegun: false });
    if (!this.#hasRefused) return;
    await writePages(db);
    this.#hasRefused = false;
  }
}

/**
 * Writes a few pages in a transaction that drops them again: fails where a table cannot grow, and leaves nothing
 * behind.
 */
const writePages = (db: Executor): Promise<void> =>
  db.transaction(async (tx) => {
    await tx.execute(
      sql`create table vero_write_check as select md5(n::text) as filler from generate_series(1, 500) n`,
    );
    await tx.execute(sql`drop table vero_write_check`);
  });
