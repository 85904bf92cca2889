import { type Database, listForIndexing, type MessagePlace, setSearch } from "@vero/db";
import type { Logger } from "@vero/server";
import { searchVectorOf } from "./words.service.js";

export interface IndexingDeps {
  database: Pick<Database, "executor" | "transaction">;
  log: Pick<Logger, "warn">;
  /** Messages at once. */
  batch?: number;
  /** Before another attempt, in milliseconds. */
  pause?: number;
}

const before: MessagePlace = {
  tenant_id: "00000000-0000-0000-0000-000000000000",
  id: "00000000-0000-0000-0000-000000000000",
};

/**
 * Finds the words of messages that were written before their words were kept: once through all messages, in the order
 * of the primary key and a batch at a time, since no index knows which they are. Every process may do it at the same
 * time. `done` settles at the end, `stop` ends it after the batch under way.
 */
export function startIndexing({ database, log, batch = 500, pause = 5_000 }: IndexingDeps) {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** The last message of the batch, if there may be more behind it. */
  async function next(after: MessagePlace): Promise<MessagePlace | undefined> {
    const rows = await listForIndexing(database.executor, after, batch);
    const found = rows.flatMap(({ tenant_id, id, text }) =>
      text === null ? [] : [{ tenant_id, id, text, search: searchVectorOf(text) ?? "" }],
    );
    if (found.length > 0) await database.transaction((tx) => setSearch(tx, found));
    return rows.length < batch ? undefined : rows.at(-1);
  }

  async function run(): Promise<void> {
    for (let at: MessagePlace | undefined = before; at !== undefined && !signal.aborted; ) {
      try {
        at = await next(at);
      } catch (err) {
        if (signal.aborted) return;
        log.warn({ err }, "messages not indexed for search; the next attempt is due soon");
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, pause);
          signal.addEventListener("abort", () => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    }
  }

  const done = run();
  return {
    done,
    stop: async (): Promise<void> => {
      stopping.abort();
      await done;
    },
  };
}
