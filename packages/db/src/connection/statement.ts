import {
  DrizzleQueryError,
  fillPlaceholders,
  type Placeholder,
  type Query,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Executor } from "./database.js";
import { type Field, readerOf } from "./rows.js";
import * as schema from "./schema.js";

/** Gets the client of an executor's session: that of the pool, or of the transaction. */
const clientOf = (db: Executor): Pick<postgres.Sql, "unsafe"> =>
  (db as unknown as { session: { client: Pick<postgres.Sql, "unsafe"> } }).session.client;

const dialect = new PgDialect();

/** Sends a built statement with the values of a call. A failure names its text, as one of drizzle does. */
async function send<Row>(
  { sql: text, params }: Query,
  values: object,
  run: (text: string, parameters: never[]) => Promise<Row[]>,
): Promise<Row[]> {
  const parameters = fillPlaceholders(params, values as Record<string, unknown>);
  try {
    return await run(text, parameters as never[]);
  } catch (cause) {
    throw new DrizzleQueryError(text, parameters, cause as Error);
  }
}

/** Names the value of a call in the text of a statement. */
export type Value<Names extends string> = (name: Names) => Placeholder;

/**
 * Makes a statement whose text is built once, at its first use; drizzle would build it anew for every call. The values
 * of a call are named, and rows come as the driver reads them: numbers of eight bytes and times as text.
 *
 * Statements are sent in the order of the calls, without waiting for an answer: the server begins each when the one
 * before it is done, and gives it a snapshot of its own.
 */
export function statement<Values extends object, Row extends object = never>(
  textOf: (value: Value<keyof Values & string>) => SQL,
): (db: Executor, values: Values) => Promise<Row[]> {
  let built: Query | undefined;
  return async (db, values) => {
    built ??= dialect.sqlToQuery(textOf((name) => sql.placeholder(name)));
    return send(
      built,
      values,
      (text, parameters) => clientOf(db).unsafe(text, parameters) as unknown as Promise<Row[]>,
    );
  };
}

/** A query that drizzle has built, as it keeps it; its types do not say so. */
interface Prepared {
  queryString: string;
  params: unknown[];
  fields: Field[];
  joinsNotNullableMap?: Record<string, boolean>;
}

/** Builds queries without a connection. */
const builder: Executor = drizzle.mock({ schema });

/** A query of drizzle. */
interface Select<Row> {
  prepare(name: string): { execute(): Promise<Row[]> };
}

const prepare = (select: Select<unknown>): Prepared => select.prepare("query") as unknown as Prepared;

/** Makes the parts of a subquery whose rows are JSON arrays: the driver reads one value faster than many. */
function subqueryOf<Row>(select: Select<Row> & SQLWrapper) {
  const { fields, joinsNotNullableMap } = prepare(select);
  const columns = sql.join(
    fields.map((_, index) => sql.identifier(`c${index}`)),
    sql`, `,
  );
  return {
    row: sql`json_build_array(${columns})`,
    from: sql`from ${select} as listed (${columns})`,
    read: readerOf(fields, joinsNotNullableMap),
  };
}

/** Selects the row of a query as one value of another query, which has such a row, or none, for each of its own. */
export function rowOf<Row>(select: Select<Row> & SQLWrapper): SQL<Row | null> {
  const { row, from, read } = subqueryOf(select);
  return sql`(select ${row} ${from})`.mapWith(read as (row: unknown[]) => Row);
}

/** Selects the rows of a query as one value of another query, which has such rows for each of its own. */
export function rowsOf<Row>(select: Select<Row> & SQLWrapper): SQL<Row[]> {
  const { row, from, read } = subqueryOf(select);
  return sql`(select coalesce(json_agg(${row}), '[]') ${from})`.mapWith((rows: unknown[][]) => rows.map(read) as Row[]);
}

/**
 * Makes a table of the rows of a query, each as one value, for a lateral join: a query that has them beside columns of
 * its own, and that reads them one by one, however large they are.
 */
export function tableOf<Row>(select: Select<Row> & SQLWrapper, name: string): { table: SQL; row: SQL<Row | null> } {
  const { row, from, read } = subqueryOf(select);
  const alias = sql.identifier(name);
  return {
    table: sql`(select ${row} as value ${from}) ${alias}`,
    row: sql`${alias}.value`.mapWith(read as (row: unknown[]) => Row),
  };
}

/**
 * Makes a query whose text, and the function that reads its rows, are built once for each `shape`, at its first use. A
 * shape says which parts the query has, such as optional conditions; it has few values.
 */
export function query<Values extends object, Row, Shape = undefined>(
  build: (db: Executor, value: Value<keyof Values & string>, shape: Shape) => Select<Row>,
): (db: Executor, values: Values, ...shape: Shape extends undefined ? [] : [Shape]) => Promise<Row[]> {
  const made = new Map<string | undefined, { built: Query; read: (row: readonly unknown[]) => unknown }>();
  function make(shape: Shape) {
    const { queryString, params, fields, joinsNotNullableMap } = prepare(
      build(builder, (name) => sql.placeholder(name), shape),
    );
    return { built: { sql: queryString, params }, read: readerOf(fields, joinsNotNullableMap) };
  }
  return async (db, values, ...[shape]) => {
    const key = JSON.stringify(shape);
    const { built, read } = made.get(key) ?? make(shape as Shape);
    made.set(key, { built, read });
    const rows = await send(built, values, (text, parameters) => clientOf(db).unsafe(text, parameters).values());
    return rows.map(read) as Row[];
  };
}
