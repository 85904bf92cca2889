import { isUnavailable } from "@vero/db";

export type Outcome<Result> = { result: Result } | { error: unknown };

interface Waiting<Item, Result> {
  item: Item;
  settle(outcome: Outcome<Result>): void;
}

export interface OutboxOptions<Item, Result> {
  /** Writes items of one key, and says of each what became of it, in their order; rejects when nothing was written. */
  write(items: readonly Item[]): Promise<readonly Outcome<Result>[]>;
  /** How many to write at once. */
  most?: number;
}

/**
 * Gathers what is to be written under the same lock, which one transaction can take as well as many: at once while
 * nothing of the key is being written, so that nobody waits for company, else together when that is done.
 */
export function createOutbox<Item, Result>({ write, most = 100 }: OutboxOptions<Item, Result>) {
  /** A key is in it exactly while something of it is being written. */
  const queues = new Map<string, Waiting<Item, Result>[]>();

  async function attempt(items: readonly Item[]): Promise<readonly Outcome<Result>[]> {
    try {
      return await write(items);
    } catch (error) {
      // To an absent database each would be one more vain call. Otherwise one item is to blame, and we cannot tell which.
      if (items.length === 1 || isUnavailable(error)) return items.map(() => ({ error }));
      const outcomes: Outcome<Result>[] = [];
      for (const item of items) outcomes.push(...(await attempt([item])));
      return outcomes;
    }
  }

  async function empty(key: string, queue: Waiting<Item, Result>[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, most);
      const outcomes = await attempt(batch.map(({ item }) => item));
      for (const [index, { settle }] of batch.entries()) {
        settle(outcomes[index] ?? { error: new Error("an item without an outcome") });
      }
    }
    queues.delete(key);
  }

  return {
    add(key: string, item: Item): Promise<Result> {
      return new Promise((resolve, reject) => {
        const settle = (outcome: Outcome<Result>) =>
          "error" in outcome ? reject(outcome.error) : resolve(outcome.result);
        const queue = queues.get(key);
        if (queue !== undefined) {
          queue.push({ item, settle });
          return;
        }
        const begun = [{ item, settle }];
        queues.set(key, begun);
        void empty(key, begun);
      });
    },
  };
}
