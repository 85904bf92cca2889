export interface QueueOptions {
  /** How many of a key have a place at once. */
  atOnce: number;
  /** How many of a key wait for one. */
  maxWaiting: number;
}

/** More of a key would wait than may. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

interface Line {
  taken: number;
  waiting: Set<() => void>;
}

/** Places for each key, given in the order of asking. */
export class Queue {
  readonly #options: QueueOptions;
  /** A key is in it while somebody has a place. */
  readonly #lines = new Map<string, Line>();

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Resolves with what gives the place back; `giveUp` leaves the queue and rejects with its reason. */
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

  /** A place goes to who has waited longest, without becoming free in between. */
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
