import {
  addStorageChangesOfOne,
  type Database,
  deleteAttachmentsOfRemoved,
  deleteRemovals,
  deleteUnattachedMedia,
  deleteUnconfirmedMedia,
  takeDueRemovals,
} from "@vero/db";
import { type IntervalJob, type Logger, type ObjectStore, startIntervalJob } from "@vero/server";

export interface MediaCleanupDeps {
  database: Pick<Database, "executor" | "transaction">;
  objects: Pick<ObjectStore, "delete">;
  log: Logger;
  intervalMs?: number;
  /** The number of uploads, files and objects that one step takes at a time. */
  batch?: number;
}

/** The age in hours at which an upload that nobody has confirmed is deleted. */
const unconfirmedHours = 24;

/** The time after which another node takes over the objects that one has taken and not deleted. */
const retrySeconds = 60;

/** A run goes on until nothing is left to remove, which takes long after the storage of files was away. */
const maxRunMs = 10 * 60_000;

/**
 * Starts the job that removes files which nobody can see any more: uploads that were never confirmed, files that were
 * never attached, files of deleted conversations, and the objects of all of them, of deleted messages and of refused
 * files. The work to do is listed in the database, so every process may run the job at the same time, and any other one
 * goes on where one was stopped.
 */
export function startMediaCleanup({
  database,
  objects,
  log,
  intervalMs = 5_000,
  batch = 200,
}: MediaCleanupDeps): IntervalJob {
  /**
   * Deletes the objects first and their rows after that: where it fails in between, the rows are left, and the next run
   * deletes the objects once more.
   */
  async function removeObjects(): Promise<boolean> {
    const due = await takeDueRemovals(database.executor, { limit: batch, retrySeconds });
    if (due.length === 0) return false;
    await objects.delete(due.map(({ key }) => key));
    await deleteRemovals(database.executor, due);
    return due.length === batch;
  }

  /** Each step tells whether there may be more to do. */
  const steps = [
    async () =>
      (await deleteUnconfirmedMedia(database.executor, { ageHours: unconfirmedHours, limit: batch })) === batch,
    async () => (await database.transaction((tx) => deleteUnattachedMedia(tx, batch))) === batch,
    () => database.transaction((tx) => deleteAttachmentsOfRemoved(tx, batch)),
    () => database.transaction(addStorageChangesOfOne),
    removeObjects,
  ];

  /** Runs all steps, also after one that has failed, and throws the failures in the end. */
  async function run(ended: AbortSignal): Promise<void> {
    const errors: unknown[] = [];
    for (const step of steps) {
      try {
        for (let hasMore = true; hasMore && !ended.aborted; ) hasMore = await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors.length === 1 ? errors[0] : new AggregateError(errors);
  }

  return startIntervalJob({ name: "media_cleanup", intervalMs, maxRunMs, log, run, startsAtOnce: true });
}
