import { AppError } from "@vero/contracts";
import { currentDeadline, Deadline, isAway, isConflict, isUnavailable, withDeadline } from "@vero/db";

export type Outcome<Result> = { result: Result } | { error: unknown };

interface Waiting<Item, Result> {
  item: Item;
  deadline: Deadline;
  settle(outcome: Outcome<Result>): void;
}

export interface BatcherOptions<Item, Result> {
  /** Writes items of one key, and says of each what became of it, in their order; rejects when nothing was written. */
  write(items: readonly Item[]): Promise<readonly Outcome<Result>[]>;
  /** How many to write at once. */
  most?: number;
  /** How many may wait, of all keys. */
  maxWaiting?: number;
  /** How long an item may take that no deadline was handed down with. */
  itemMs?: number;
}

const tooMany = () => new AppError("unavailable", { detail: "Too many are waiting to be written.", retryAfter: 1 });
const tooLate = () => new AppError("unavailable", { detail: "The call could not be made in time.", retryAfter: 1 });

const isOfAbsence = (outcome: Outcome<unknown>): boolean => "error" in outcome && isAway(outcome.error);

/**
 * Gathers what is to be written under the same lock, which one transaction can take as well as many: at once while
 * nothing of the key is being written, so that nobody waits for company, else together when that is done. What waits
 * is bounded in number and age: an item whose caller has been answered is not written any more, and when the database
 * is away, all that wait for it fail with the batch that found out. What goes wrong while it is there is the batch's own.
 */
export function createBatcher<Item, Result>({
  write,
  most = 100,
  maxWaiting = 1_000,
  itemMs = 4_500,
}: BatcherOptions<Item, Result>) {
  /** A key is in it exactly while something of it is being written. */
  const queues = new Map<string, Waiting<Item, Result>[]>();
  let waiting = 0;

  /** The deadline of a batch is the latest of its items: those that have passed by then are answered by their callers. */
  function writeInTime(batch: readonly Waiting<Item, Result>[]): Promise<readonly Outcome<Result>[]> {
    const remainingMs = Math.max(...batch.map(({ deadline }) => deadline.remainingMs));
    return withDeadline(new Deadline(remainingMs), () => write(batch.map(({ item }) => item)));
  }

  async function attempt(batch: readonly Waiting<Item, Result>[]): Promise<readonly Outcome<Result>[]> {
    try {
      return await writeInTime(batch).catch((error: unknown) => {
        if (!isConflict(error)) throw error;
        return writeInTime(batch);
      });
    } catch (error) {
      // A database that is away or busy has nothing against any one of them. Otherwise one is to blame, and we cannot tell which.
      if (batch.length === 1 || isUnavailable(error)) return batch.map(() => ({ error }));
      const outcomes: Outcome<Result>[] = [];
      for (const one of batch)
        outcomes.push(...(outcomes.some(isOfAbsence) ? outcomes.slice(-1) : await attempt([one])));
      return outcomes;
    }
  }

  /** Takes what is next, without what has become too old. */
  function next(queue: Waiting<Item, Result>[]): Waiting<Item, Result>[] {
    const batch = queue.splice(0, most);
    waiting -= batch.length;
    return batch.filter(({ deadline, settle }) => {
      const isInTime = deadline.remainingMs > 0;
      if (!isInTime) settle({ error: tooLate() });
      return isInTime;
    });
  }

  async function empty(key: string, queue: Waiting<Item, Result>[]): Promise<void> {
    while (queue.length > 0) {
      const batch = next(queue);
      if (batch.length === 0) continue;
      const outcomes = await attempt(batch);
      for (const [index, { settle }] of batch.entries()) {
        settle(outcomes[index] ?? { error: new Error("an item without an outcome") });
      }
      const away = outcomes.find(isOfAbsence);
      if (away === undefined) continue;
      waiting -= queue.length;
      for (const { settle } of queue.splice(0)) settle(away);
    }
    queues.delete(key);
  }

  return {
    add(key: string, item: Item): Promise<Result> {
      return new Promise((resolve, reject) => {
        const settle = (outcome: Outcome<Result>) =>
          "error" in outcome ? reject(outcome.error) : resolve(outcome.result);
        const deadline = currentDeadline() ?? new Deadline(itemMs);
        const queue = queues.get(key);
        if (queue !== undefined && waiting >= maxWaiting) {
          reject(tooMany());
          return;
        }
        waiting += 1;
        if (queue !== undefined) {
          queue.push({ item, deadline, settle });
          return;
        }
        const begun = [{ item, deadline, settle }];
        queues.set(key, begun);
        void empty(key, begun);
      });
    },
  };
}
