import { AsyncLocalStorage } from "node:async_hooks";

/**
 * A deadline is the moment at which the caller of some work gets an answer, whether or not the work is done. It is kept
 * on the monotonic clock, so that adjusting the system's time does not move it.
 */
export class Deadline {
  readonly #at: number;

  /** `from` is a reading of `performance.now()`. */
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
 * Sets the deadline of everything that `work` does: the gate cancels statements that still run when it passes, and
 * starts no more. Timers and events that the work leaves behind are not bound by it once the work has settled.
 */
export async function withDeadline<T>(deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const mine: Handed = { deadline, isOver: false };
  try {
    // Awaited inside the context, because a drizzle query starts only when it is awaited.
    return await handed.run(mine, async () => await work());
  } finally {
    mine.isOver = true;
  }
}

/** Returns the deadline of the work that is running, or undefined where there is none or its work has settled. */
export function currentDeadline(): Deadline | undefined {
  const mine = handed.getStore();
  return mine === undefined || mine.isOver ? undefined : mine.deadline;
}
