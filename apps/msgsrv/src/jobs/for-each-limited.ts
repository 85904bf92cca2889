import pLimit from "p-limit";

/** Enough to make use of the database, and no burden to it. */
const maxRunning = 4;

/** Does the work for each of the items, for a few at a time. Rejects with the first failure. */
export async function forEachLimited<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  await pLimit(maxRunning).map(items, work);
}
