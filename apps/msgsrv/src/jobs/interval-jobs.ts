/** Items that are worked on at a time: enough to make use of the database, and no burden to it. */
const atATime = 4;

/** Does the work for each of the items, for a few at a time. */
export async function forEachLimited<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: atATime }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(workers);
}

/** Milliseconds after which a run counts as failed, and the next one may begin. */
const maxRunMs = 10_000;

/**
 * Starts an interval job. A run does not begin while another is under way, unless that one hangs: a connection may be
 * lost in such a way that no answer ever comes, and the job has to go on.
 */
export function startIntervalJob(
  ms: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): NodeJS.Timeout {
  let current: object | undefined;
  const run = () => {
    if (current !== undefined) return;
    const mine = {};
    current = mine;
    const end = () => {
      clearTimeout(limit);
      if (current === mine) current = undefined;
    };
    const limit = setTimeout(() => {
      onError(new Error(`A run of an interval job has not ended within ${maxRunMs} ms.`));
      end();
    }, maxRunMs).unref();
    work().catch(onError).finally(end);
  };
  return setInterval(run, ms).unref();
}
