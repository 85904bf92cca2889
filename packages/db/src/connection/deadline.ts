import { AsyncLocalStorage } from "node:async_hooks";

/** The moment at which the caller of some work is answered, whatever has become of it. By a clock that nobody sets. */
export class Deadline {
  readonly #at: number;

  /** `from` as told by `performance.now()`. */
  constructor(milliseconds: number, from = performance.now()) {
    this.#at = from + milliseconds;
  }

  get remainingMs(): number {
    return Math.max(0, this.#at - performance.now());
  }
}

const current = new AsyncLocalStorage<Deadline>();

/** Hands a deadline down to everything that `work` does; the statements among it are given up when it passes. */
export const withDeadline = <T>(deadline: Deadline, work: () => T): T => current.run(deadline, work);

/** The deadline of the work that this is a part of, if somebody waits for it. */
export const currentDeadline = (): Deadline | undefined => current.getStore();
