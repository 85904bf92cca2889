import { DrizzleQueryError, fillPlaceholders, type Placeholder, type Query, type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type postgres from "postgres";
import type { Executor } from "./database.js";

/** The client of an executor's session: that of the pool, or of the transaction. */
const clientOf = (db: Executor): Pick<postgres.Sql, "unsafe"> =>
  (db as unknown as { session: { client: Pick<postgres.Sql, "unsafe"> } }).session.client;

const dialect = new PgDialect();

/**
 * Makes a statement whose text is built once, at its first use; drizzle would build it anew for every call. The values
 * of a call are named, and rows come as the driver reads them: numbers of eight bytes and times as text.
 *
 * Statements are sent in the order of the calls, without waiting for an answer: the server begins each when the one
 * before it is done, and gives it a snapshot of its own.
 */
export function statement<Values extends object, Row extends object = never>(
  textOf: (value: (name: keyof Values & string) => Placeholder) => SQL,
): (db: Executor, values: Values) => Promise<Row[]> {
  let built: Query | undefined;
  return async (db, values) => {
    built ??= dialect.sqlToQuery(textOf((name) => sql.placeholder(name)));
    const { sql: text } = built;
    const parameters = fillPlaceholders(built.params, values as Record<string, unknown>);
    try {
      return await (clientOf(db).unsafe(text, parameters as never[]) as unknown as Promise<Row[]>);
    } catch (cause) {
      throw new DrizzleQueryError(text, parameters, cause as Error);
    }
  };
}
