import { currentDeadline } from "./deadline.js";
import { DatabaseUnavailableError } from "./failure.js";

export interface GateOptions {
  /** The number of calls that may run at once: as many as the pool has connections. */
  slots: number;
  /** The number of calls that may wait for one of them to end, and for how many milliseconds. */
  maxWaiting: number;
  waitMs: number;
  /** The milliseconds from the call to its answer, waiting included. The current deadline may shorten them. */
  answerMs: number;
  /** Receives every failure of the work before the caller does. */
  onError?: (error: unknown) => void;
}

/** A call that has been admitted and holds one of the slots. */
export interface Entry {
  /** True once the caller has been answered with a timeout: whatever the work does from then on is discarded. */
  readonly isOver: boolean;
  /**
   * Set by the work to abort the statement that is running; called when the caller is answered before the work is done.
   */
  cancel?: () => void;
}

/**
 * The gate admits calls to the pool and times them out in this process, since PostgreSQL's own limits do nothing while
 * the server hangs. It guarantees that every call is answered within `answerMs` and that no more than `maxWaiting`
 * calls queue. A call keeps its slot until its work has really settled, so that the pool never gets more work than
 * connections.
 */
export class Gate {
  readonly #options: GateOptions;
  readonly #waiting = new Set<() => void>();
  #free: number;
  #overdue = 0;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#free = options.slots;
  }

  /** True while the work of a call that timed out has not settled: a sign that the server may hang. */
  get isOverdue(): boolean {
    return this.#overdue > 0;
  }

  async run<T>(work: (entry: Entry) => PromiseLike<T>): Promise<T> {
    const { answerMs, waitMs } = this.#options;
    const remainingMs = Math.min(answerMs, currentDeadline()?.remainingMs ?? answerMs);
    if (remainingMs <= 0)
      throw new DatabaseUnavailableError("The deadline of the call has passed.", { hasBegun: false });
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
      // Started in a promise, so that work which throws synchronously releases its slot as well.
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
      throw new DatabaseUnavailableError("Too many are waiting for the database.", { hasBegun: false });
    }
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(new DatabaseUnavailableError("No connection to the database became free in time.", { hasBegun: false }));
      }, waitMs);
      this.#waiting.add(enter);
    });
  }

  /**
   * Hands the slot to the call that has waited longest, without freeing it in between, so that no later call
   * overtakes.
   */
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
