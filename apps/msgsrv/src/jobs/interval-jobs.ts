/** How many conversations or users are read for at a time: enough to make use of the database, and no burden to it. */
const atATime = 4;

/** Does the work for each of the items, for a few at a time. */
export async function forEachLimited<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: atATime }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(workers);
}

/** A round that has not ended by then counts as failed. */
const longestRoundMs = 10_000;

/**
 * Does the work in rounds. A round never begins while another is under way, but one that hangs must not be the last: a
 * connection may be lost in such a way that no answer ever comes.
 */
export function startIntervalJob(
  ms: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): NodeJS.Timeout {
  let current: object | undefined;
  const round = () => {
    if (current !== undefined) return;
    const mine = {};
    current = mine;
    const end = () => {
      clearTimeout(limit);
      if (current === mine) current = undefined;
    };
    const limit = setTimeout(() => {
      onError(new Error(`A round has not ended within ${longestRoundMs} ms.`));
      end();
    }, longestRoundMs).unref();
    work().catch(onError).finally(end);
  };
  return setInterval(round, ms).unref();
}
