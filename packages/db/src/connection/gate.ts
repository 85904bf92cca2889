import { currentDeadline } from "./deadline.js";
import { DatabaseUnavailableError } from "./failure.js";

export interface GateOptions {
  /** How many may be inside: the connections of the pool. */
  places: number;
  /** How many may wait for a place, and for how long. */
  maxWaiting: number;
  waitMs: number;
  /** From the call to its answer, waiting included. A deadline that is handed down shortens it. */
  answerMs: number;
  /** Sees every failure before the caller does. */
  onError?: (error: unknown) => void;
}

/** Work that is inside. */
export interface Entry {
  /** Its caller has been answered: whatever it does from then on is in vain. */
  readonly isOver: boolean;
  /** Called when the caller is answered before the work is done. */
  cancel?: () => void;
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

  async run<T>(work: (entry: Entry) => PromiseLike<T>): Promise<T> {
    const { answerMs, waitMs } = this.#options;
    const remainingMs = Math.min(answerMs, currentDeadline()?.remainingMs ?? answerMs);
    if (remainingMs <= 0) throw new DatabaseUnavailableError("The deadline of the call has passed.", false);
    const since = performance.now();
    await this.#enter(Math.min(waitMs, remainingMs));
    const entry = { isOver: false, cancel: () => {} };
    return new Promise<T>((resolve, reject) => {
      const answer = () => {
        entry.isOver = true;
        this.#overdue += 1;
        reject(new DatabaseUnavailableError("The database did not answer in time."));
        entry.cancel();
      };
      const timer = setTimeout(answer, remainingMs - (performance.now() - since));
      const leave = () => {
        clearTimeout(timer);
        if (entry.isOver) this.#overdue -= 1;
        this.#leave();
      };
      // A work that throws at once leaves like one that fails.
      Promise.resolve()
        .then(() => work(entry))
        .finally(leave)
        .then(resolve, (error: unknown) => {
          this.#options.onError?.(error);
          reject(error);
        });
    });
  }

  async #enter(waitMs: number): Promise<void> {
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
      }, waitMs);
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
