import type postgres from "postgres";
import { cancelQuery, type Running } from "./cancel.js";
import { DatabaseUnavailableError } from "./failure.js";
import type { Entry, Gate } from "./gate.js";

type Rows = Promise<unknown> & { values(): Promise<unknown> };
type Query = PromiseLike<unknown> & Running & { values(): PromiseLike<unknown> };
type Unsafe = (text: string, parameters: unknown[], options: object) => Query;
type Work = (inner: postgres.TransactionSql) => Promise<unknown>;
type Scope = (work: Work) => Promise<unknown>;
type Begin = (options: string, work: Work) => Promise<unknown>;

/**
 * Runs every statement as a prepared one. drizzle prepares only statements that it is given a name for, while
 * postgres.js caches prepared statements by their text. Lists are passed as one array parameter, which keeps the number
 * of texts small.
 */
const preparing =
  (client: postgres.Sql | postgres.TransactionSql): Unsafe =>
  (text, parameters, options) =>
    client.unsafe(text, parameters as [], { ...options, prepare: true }) as unknown as Query;

/**
 * Runs single statements through the gate. drizzle asks for rows as arrays by calling `.values()` on the returned
 * promise, right after the call, so the statement begins only after that (one microtask later).
 */
function gated(gate: Gate, unsafe: Unsafe): (...call: Parameters<Unsafe>) => Rows {
  return (...call) => {
    let inArrays = false;
    const rows = Promise.resolve().then(() =>
      gate.run((entry) => {
        const query = unsafe(...call);
        entry.cancel = () => cancelQuery(query);
        return inArrays ? query.values() : query;
      }),
    );
    return Object.assign(rows, {
      values() {
        inArrays = true;
        return rows;
      },
    });
  };
}

const late = () => new DatabaseUnavailableError("The transaction took too long.");

function replacing<C extends object>(client: C, replacements: Record<string | symbol, unknown>): C {
  return new Proxy(client, { get: (target, key) => replacements[key] ?? Reflect.get(target, key) });
}

/**
 * Wraps a transaction so that, once its caller has been answered with a timeout, it sends no further statement.
 * `guarded` makes sure that such a transaction is not committed.
 */
function withinTime(client: postgres.TransactionSql, entry: Entry): postgres.TransactionSql {
  const unsafe = preparing(client);
  /** The queries so far: several may have been sent, of which the server works on one at a time. */
  const queries: Query[] = [];
  entry.cancel = () => {
    for (const query of queries) cancelQuery(query);
  };
  return replacing(client, {
    unsafe: (...call: Parameters<Unsafe>) => {
      if (entry.isOver) throw late();
      const query = unsafe(...call);
      queries.push(query);
      return query;
    },
    savepoint: (work: Work) => (client.savepoint as Scope)((inner) => work(withinTime(inner, entry))),
  });
}

/**
 * Wraps the client that drizzle uses: all statements are prepared, and statements and transactions pass through the
 * gate. Transactions begin with `options`, as BEGIN has them.
 */
export function guarded(client: postgres.Sql, gate: Gate, options = ""): postgres.Sql {
  return replacing(client, {
    unsafe: gated(gate, preparing(client)),
    begin: (work: Work) =>
      gate.run((entry) =>
        (client.begin as Begin)(options, async (tx) => {
          const result = await work(withinTime(tx, entry));
          if (entry.isOver) throw late();
          entry.cancel = () => {};
          return result;
        }),
      ),
  });
}
