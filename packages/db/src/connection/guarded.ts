import type postgres from "postgres";
import { cancelQuery, type Running } from "./cancel.js";
import { DatabaseUnavailableError } from "./failure.js";
import type { Entry, Gate } from "./gate.js";

type Rows = Promise<unknown> & { values(): Promise<unknown> };
type Query = PromiseLike<unknown> & Running & { values(): PromiseLike<unknown> };
type Unsafe = (text: string, parameters: unknown[], options: object) => Query;
type Work = (inner: postgres.TransactionSql) => Promise<unknown>;
type Scope = (work: Work) => Promise<unknown>;

/**
 * drizzle prepares only what it is told to by name; postgres.js caches prepared statements by their text. So every
 * statement of ours is prepared: lists are passed as one array parameter, which keeps the texts few.
 */
const preparing =
  (client: postgres.Sql | postgres.TransactionSql): Unsafe =>
  (text, parameters, options) =>
    client.unsafe(text, parameters as [], { ...options, prepare: true }) as unknown as Query;

/** drizzle says whether it wants arrays right after the call: `unsafe(…).values()`. Only then does it begin. */
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

/** A transaction whose caller was answered for neither goes on nor commits. */
function withinTime(client: postgres.TransactionSql, entry: Entry): postgres.TransactionSql {
  const unsafe = preparing(client);
  return replacing(client, {
    unsafe: (...call: Parameters<Unsafe>) => {
      if (entry.isOver) throw late();
      const query = unsafe(...call);
      entry.cancel = () => cancelQuery(query);
      return query;
    },
    savepoint: (work: Work) => (client.savepoint as Scope)((inner) => work(withinTime(inner, entry))),
  });
}

/** The client as drizzle uses it: every statement prepared, and everything through the gate. */
export function guarded(client: postgres.Sql, gate: Gate): postgres.Sql {
  return replacing(client, {
    unsafe: gated(gate, preparing(client)),
    begin: (work: Work) =>
      gate.run((entry) =>
        (client.begin as Scope)(async (tx) => {
          const result = await work(withinTime(tx, entry));
          if (entry.isOver) throw late();
          entry.cancel = () => {};
          return result;
        }),
      ),
  });
}
