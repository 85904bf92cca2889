import { type Database, listUnindexed, searchVectorOf, setSearch } from "@vero/db";
import type { Logger } from "@vero/server";

export interface IndexingDeps {
  database: Pick<Database, "executor" | "transaction">;
  log: Pick<Logger, "warn">;
  /** Messages at once. */
  batch?: number;
  /** Before another attempt, in milliseconds. */
  pause?: number;
}

/**
 * Finds the words of messages that were written before their words were kept, a batch at a time. Every process may do it
 * at the same time. `done` settles at the end, `stop` ends it after the batch under way.
 */
export function startIndexing({ database, log, batch = 500, pause = 5_000 }: IndexingDeps) {
  const stopping = new AbortController();
  const { signal } = stopping;

  /** Whether there may be more. */
  async function next(): Promise<boolean> {
    const texts = await listUnindexed(database.executor, batch);
    const found = texts.map((one) => ({ ...one, search: searchVectorOf(one.text) ?? "" }));
    if (found.length > 0) await database.transaction((tx) => setSearch(tx, found));
    return texts.length === batch;
  }

  async function run(): Promise<void> {
    for (let more = true; more && !signal.aborted; ) {
      try {
        more = await next();
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
