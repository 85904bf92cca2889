import { type Database, listUnindexed, searchVectorOf, setSearch } from "@vero/db";
import { type IntervalJob, type Logger, startIntervalJob } from "@vero/server";

export interface IndexingDeps {
  database: Pick<Database, "executor" | "transaction">;
  log: Pick<Logger, "warn" | "info" | "debug">;
  /** The number of messages that are indexed in one transaction. */
  batch?: number;
  intervalMs?: number;
}

/** One run indexes all messages of a deployment that has just been upgraded. */
const maxRunMs = 24 * 3_600_000;

/**
 * Starts the job that indexes messages which were written before search vectors were stored with them, and ends with
 * the last of them. Every process may run it at the same time.
 */
export function startIndexing({ database, log, batch = 500, intervalMs = 5_000 }: IndexingDeps): IntervalJob {
  async function run(ended: AbortSignal): Promise<void> {
    for (let hasMore = true; hasMore && !ended.aborted; ) {
      const texts = await listUnindexed(database.executor, batch);
      const vectors = texts.map((one) => ({ ...one, search: searchVectorOf(one.text) ?? "" }));
      if (vectors.length > 0) await database.transaction((tx) => setSearch(tx, vectors));
      hasMore = texts.length === batch;
    }
  }

  return startIntervalJob({
    name: "search_index",
    intervalMs,
    maxRunMs,
    log,
    run,
    startsAtOnce: true,
    isOneOff: true,
  });
}
