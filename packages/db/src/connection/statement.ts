import { DrizzleQueryError, fillPlaceholders, type Placeholder, type Query, type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Executor } from "./database.js";
import * as schema from "./schema.js";

/** Gets the client of an executor's session: that of the pool, or of the transaction. */
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

/** A query of drizzle that has been built: its text, and how rows become objects. */
interface Prepared<Row> {
  execute(values: Record<string, unknown>): Promise<Row[]>;
}

/** Builds queries without a connection. */
const builder: Executor = drizzle.mock({ schema });

/**
 * Makes a query whose text is built once for each `shape`, at its first use. A shape says which parts the query has, such
 * as optional conditions; it has few values.
 */
export function query<Values extends object, Row, Shape = undefined>(
  build: (
    db: Executor,
    value: (name: keyof Values & string) => Placeholder,
    shape: Shape,
  ) => { prepare(name: string): Prepared<Row> },
): (db: Executor, values: Values, ...shape: Shape extends undefined ? [] : [Shape]) => Promise<Row[]> {
  const built = new Map<string | undefined, Prepared<Row>>();
  return async (db, values, ...[shape]) => {
    const key = JSON.stringify(shape);
    const prepared = built.get(key) ?? build(builder, (name) => sql.placeholder(name), shape as Shape).prepare("query");
    built.set(key, prepared);
    // The built query belongs to no connection: this is the same one on that of the executor.
    const bound: Prepared<Row> = Object.create(prepared, { client: { value: clientOf(db) } });
    return bound.execute(values as Record<string, unknown>);
  };
}
