import { sql } from "drizzle-orm";
import type { PgDatabase } from "drizzle-orm/pg-core";
import { drizzle, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { Gate } from "./gate.js";
import { guarded } from "./guarded.js";
import { type Listening, type ListenOptions, listen } from "./listener.js";
import { Readiness } from "./readiness.js";
import * as schema from "./schema.js";
import { type Address, Sockets } from "./sockets.js";

/**
 * The pool or a transaction, on which a named query runs. It is always the first parameter and never optional, so that
 * no query leaves its transaction by accident.
 */
export type Executor = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;

export interface Database {
  /** Runs single statements, each on any connection of the pool. */
  executor: Executor;
  /**
   * Runs one transaction at READ COMMITTED: every statement sees all that was committed before that statement began.
   */
  transaction<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** Runs several reads on one snapshot (REPEATABLE READ, read only). */
  snapshot<T>(work: (tx: Executor) => Promise<T>): Promise<T>;
  /** Sends PostgreSQL notifications, in the order given. */
  notify(channel: string, payloads: readonly string[]): Promise<void>;
  listen(to: Pick<ListenOptions, "channel" | "onPayload" | "onConnect">): Promise<Listening>;
  ping(): Promise<void>;
  /** Rejects while the database does not answer, or refuses writes. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  url: string;
  /** The number of connections in the pool. */
  max?: number;
}

/**
 * The `statement_timeout` in milliseconds. The time limits of the gate and the sockets are a little longer: they only
 * matter when the server hangs and cannot enforce its own.
 */
const statementMs = 5_000;

/**
 * Settings under which a look-up by key is one by index, joined by nested loops, from the first row on and whatever is
 * known about the tables: a plan that was made while they were small is kept, and must not read them whole when they
 * have grown. Queries that are no look-ups set their own.
 */
export const plannerSettings = {
  enable_seqscan: "off",
  enable_hashjoin: "off",
  enable_mergejoin: "off",
  random_page_cost: "1.1",
  // The plan of a look-up is the same for all values; making one for those of each call took longer than the look-up.
  plan_cache_mode: "force_generic_plan",
  // Costs of disabled plans count as high, and would have short queries compiled.
  jit: "off",
};

/** The time for running queries when the pool is closed: short, because their callers are gone by then. */
const endSeconds = 1;

export function openDatabase(options: DatabaseOptions): Database {
  const max = options.max ?? 12;
  const readiness = new Readiness();
  const gate = new Gate({
    onError: readiness.note,
    slots: max,
    maxWaiting: 50 * max,
    waitMs: 2_000,
    answerMs: statementMs + 500,
  });
  const sockets = new Sockets(statementMs + 250, () => gate.isOverdue);
  const settings = {
    max,
    fetch_types: false,
    connect_timeout: 2,
    // Reconnecting waits 0.1 to 0.25 s and does not back off further: callers learn quickly that the database is away,
    // and that it is back.
    backoff: () => 0.1 + 0.15 * Math.random(),
    keep_alive: 15,
    onnotice: () => {},
    connection: {
      application_name: "vero",
      statement_timeout: statementMs,
      lock_timeout: 2_000,
      idle_in_transaction_session_timeout: 10_000,
      ...plannerSettings,
    },
  };
  const client = postgres(options.url, { ...settings, socket: (address: Address) => sockets.open(address) } as object);
  const executor: Executor = drizzle({ client: guarded(client, gate), schema });
  // An executor of its own, because drizzle would set these by another statement.
  const snapshots: Executor = drizzle({
    client: guarded(client, gate, "isolation level repeatable read read only"),
    schema,
  });
  return {
    executor,
    transaction: (work) => executor.transaction(work),
    snapshot: (work) => snapshots.transaction(work),
    notify: async (channel, payloads) => {
      await executor.execute(sql`
        select pg_notify(${channel}, payload)
        from (select payload from jsonb_array_elements_text(${JSON.stringify(payloads)}::jsonb)
          with ordinality as given (payload, ordinal) order by ordinal) ordered`);
    },
    listen: (to) => listen({ url: options.url, settings, ...to }),
    ping: async () => {
      await executor.execute(sql`select 1`);
    },
    ready: () => readiness.check(executor),
    close: async () => {
      await client.end({ timeout: endSeconds });
      sockets.close();
    },
  };
}
