import { DatabaseUnavailableError } from "./failure.js";

export interface GateOptions {
  /** How many may be inside: the connections of the pool. */
  places: number;
  /** How many may wait for a place, and for how long. */
  maxWaiting: number;
  waitMs: number;
  /** From the call to its answer, waiting included. */
  answerMs: number;
  /** Sees every failure before the caller does. */
  onError?: (error: unknown) => void;
}

/**
 * Stands before the pool, because the limits that PostgreSQL keeps are worth nothing when it hangs: every call is
 * answered in time, and those that wait are few.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #waiting = new Set<() => void>();
  #free: number;
  #overdue = 0;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#free = options.places;
  }

  /** Some call was answered for the database, and still has its place. */
  get isOverdue(): boolean {
    return this.#overdue > 0;
  }

  /** `isOver` tells the work that its caller has been answered: whatever it does from then on is in vain. */
  async run<T>(work: (isOver: () => boolean) => PromiseLike<T>): Promise<T> {
    const deadline = performance.now() + this.#options.answerMs;
    await this.#enter();
    let isOver = false;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        isOver = true;
        this.#overdue += 1;
        reject(new DatabaseUnavailableError("The database did not answer in time."));
      }, deadline - performance.now());
      const leave = () => {
        clearTimeout(timer);
        if (isOver) this.#overdue -= 1;
        this.#leave();
      };
      // A work that throws at once leaves like one that fails.
      Promise.resolve()
        .then(() => work(() => isOver))
        .finally(leave)
        .then(resolve, (error: unknown) => {
          this.#options.onError?.(error);
          reject(error);
        });
    });
  }

  async #enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    if (this.#waiting.size >= this.#options.maxWaiting) {
      throw new DatabaseUnavailableError("Too many are waiting for the database.", false);
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(new DatabaseUnavailableError("No connection to the database became free in time.", false));
      }, this.#options.waitMs);
      this.#waiting.add(enter);
    });
  }

  /** A place goes to who has waited longest, without becoming free in between. */
  #leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free += 1;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
