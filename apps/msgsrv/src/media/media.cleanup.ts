import {
  addStorageChangesOfOne,
  type Database,
  deleteAttachmentsOfRemoved,
  deleteRemovals,
  deleteUnattachedMedia,
  deleteUnconfirmedMedia,
  takeDueRemovals,
} from "@vero/db";
import type { Logger, ObjectStore } from "@vero/server";

export interface MediaCleanupDeps {
  database: Pick<Database, "executor" | "transaction">;
  objects: Pick<ObjectStore, "delete">;
  log: Pick<Logger, "warn">;
  /** Between two rounds, in milliseconds. */
  pause?: number;
  /** Files, objects and uploads at once. */
  batch?: number;
}

/** Uploads that nobody has confirmed for so long are gone. */
const hours = 24;

/** Before another node takes over what one has not finished, in seconds. */
const retrySeconds = 60;

/**
 * Removes what nobody can see any more: uploads that were never confirmed, files that were never attached, files of
 * deleted conversations, and the objects of all of them, of deleted messages and of refused files. What is to be done stands in the database, so every process may do
 * it at the same time, and none has to come to an end.
 */
export function startMediaCleanup({ database, objects, log, pause = 5_000, batch = 200 }: MediaCleanupDeps) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  /** The object before its row: of what is in between, the row is left, and the object removed once more. */
  async function removeObjects(): Promise<boolean> {
    const due = await takeDueRemovals(database.executor, batch, retrySeconds);
    if (due.length === 0) return false;
    await objects.delete(due.map(({ key }) => key));
    await deleteRemovals(database.executor, due);
    return due.length === batch;
  }

  const steps = [
    async () => (await deleteUnconfirmedMedia(database.executor, hours, batch)) === batch,
    async () => (await database.transaction((tx) => deleteUnattachedMedia(tx, batch))) === batch,
    () => database.transaction((tx) => deleteAttachmentsOfRemoved(tx, batch)),
    () => database.transaction(addStorageChangesOfOne),
    removeObjects,
  ];

  /** Each for itself: what one cannot do must not keep the others from it. */
  async function take(step: () => Promise<boolean>): Promise<void> {
    try {
      for (let more = true; more && !stopped; ) more = await step();
    } catch (err) {
      if (!stopped) log.warn({ err }, "files not removed; the next attempt is due soon");
    }
  }

  async function run(): Promise<void> {
    for (const step of steps) await take(step);
    if (!stopped) timer = setTimeout(start, pause).unref();
  }

  let running = Promise.resolve();
  function start(): void {
    running = run();
  }
  start();

  return {
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
