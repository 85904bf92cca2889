export interface QueueOptions {
  /** How many callers of one key may hold a slot at once. */
  atOnce: number;
  /** How many callers of one key may wait for a slot. */
  maxWaiting: number;
}

/** Thrown where one more caller of a key would wait than may. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

interface Line {
  taken: number;
  waiting: Set<() => void>;
}

/** Gives out slots for each key, in the order of asking. */
export class Queue {
  readonly #options: QueueOptions;
  /** Holds a key while somebody has a slot of it. */
  readonly #lines = new Map<string, Line>();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /**
   * Resolves to the function that gives the slot back. Where `giveUp` is aborted first, it leaves the queue and
   * rejects with its reason.
   */
  async enter(key: string, giveUp: AbortSignal): Promise<() => void> {
    giveUp.throwIfAborted();
    const line = this.#lines.get(key) ?? { taken: 0, waiting: new Set() };
    if (line.taken < this.#options.atOnce) {
      line.taken += 1;
      this.#lines.set(key, line);
    } else {
      if (line.waiting.size >= this.#options.maxWaiting) throw new QueueFullError();
      await new Promise<void>((resolve, reject) => {
        const enter = () => {
          giveUp.removeEventListener("abort", leave);
          resolve();
        };
        const leave = () => {
          line.waiting.delete(enter);
          reject(giveUp.reason);
        };
        line.waiting.add(enter);
        giveUp.addEventListener("abort", leave, { once: true });
      });
    }
    return () => this.#release(key, line);
  }

  /**
   * Hands the slot to the caller that has waited longest. It is never free in between, so that no newcomer can take
   * it.
   */
  #release(key: string, line: Line): void {
    const [next] = line.waiting;
    if (next !== undefined) {
      line.waiting.delete(next);
      next();
      return;
    }
    line.taken -= 1;
    if (line.taken === 0) this.#lines.delete(key);
  }
}
