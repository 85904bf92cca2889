import { sql } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema.js";

/** What a named query runs on: the pool, or a transaction. Always the first parameter, never optional. */
export type Executor = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

export interface Database {
  /** Runs single statements, each on any connection of the pool. */
  executor: Executor;
  /** One transaction at READ COMMITTED: every statement sees what was committed before it began. */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** Several reads of one consistent state. */
  snapshot<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** PostgreSQL's NOTIFY and LISTEN; `onConnect` is called again whenever the connection was lost and is back. */
  notify(channel: string, payload: string): Promise<void>;
  listen(channel: string, onPayload: (payload: string) => void, onConnect: () => void): Promise<() => Promise<void>>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** Connections in the pool. */
  max?: number;
}

/**
 * drizzle prepares only what it is told to by name; postgres.js caches prepared statements by their text. So every
 * statement of ours is prepared: lists are passed as one array parameter, which keeps the texts few.
 */
function preparing<C extends postgres.Sql | postgres.TransactionSql>(client: C): C {
  return new Proxy(client, {
    get(target, key) {
      const value = Reflect.get(target, key);
      if (key === "unsafe") {
        return (text: string, parameters: [], options: object) =>
          target.unsafe(text, parameters, { ...options, prepare: true });
      }
      if (key === "begin" || key === "savepoint") {
        return (work: (inner: postgres.TransactionSql) => unknown) =>
          (value as (work: (inner: postgres.TransactionSql) => unknown) => unknown).call(target, (inner) =>
            work(preparing(inner)),
          );
      }
      return value;
    },
  });
}

export function openDatabase(options: DatabaseOptions): Database {
  const client = postgres(options.url, {
    max: options.max ?? 10,
    fetch_types: false,
    connect_timeout: 5,
    onnotice: () => {},
    connection: {
      application_name: "vero",
      statement_timeout: 5_000,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
  const executor: Executor = drizzle({ client: preparing(client), schema });
  return {
    executor,
    transaction: (work) => executor.transaction(work),
    snapshot: (work) => executor.transaction(work, { isolationLevel: "repeatable read", accessMode: "read only" }),
    notify: async (channel, payload) => {
      await client.notify(channel, payload);
    },
    listen: async (channel, onPayload, onConnect) => {
      const { unlisten } = await client.listen(channel, onPayload, onConnect);
      return unlisten;
    },
    ping: async () => {
      await executor.execute(sql`select 1`);
    },
    close: () => client.end({ timeout: 5 }),
  };
}
