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

interface Handed {
  deadline: Deadline;
  isOver: boolean;
}

const handed = new AsyncLocalStorage<Handed>();

/**
 * Hands a deadline down to everything that `work` does; statements that are still running when it passes are cancelled.
 * What the work has only set in motion, such as a timer or the delivery of its events, is free of it once the work is done.
 */
export async function withDeadline<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const mine: Handed = { deadline, isOver: false };
  try {
    // Awaited inside: a query of drizzle begins when it is awaited, and not before.
    return await handed.run(mine, async () => await work());
  } finally {
    mine.isOver = true;
  }
}

/** The deadline of the work that this is a part of, if somebody waits for it. */
export function currentDeadline(): Deadline | undefined {
  const mine = handed.getStore();
  return mine === undefined || mine.isOver ? undefined : mine.deadline;
}
