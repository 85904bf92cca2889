import { inspect } from "node:util";

/**
 * Scales all time limits of tests by one factor, VERO_TEST_PATIENCE. 1 is enough for a fast machine with nothing else
 * to do, the default suits two cores, and one that is shared with others wants more. A test that passes takes no longer
 * for it.
 */
const { VERO_TEST_PATIENCE = "2" } = process.env;
const patience = Number(VERO_TEST_PATIENCE);
if (!(patience > 0)) throw new Error("VERO_TEST_PATIENCE has to be a number above 0; the default is 2");

/** Scales a duration that is enough on a fast machine to this one. */
export const scaledMs = (ms: number): number => ms * patience;

/** The environment of services whose time limits are not tested: they complete their work on a busy machine too. */
export const unhurried = { VERO_DEADLINE_FACTOR: String(Math.max(1, patience)) };

/** The limit of each wait for a condition. */
export const waitMs = scaledMs(20_000);
/** The limits of tests and hooks: a wait that fails has to be reported before they are over. */
export const testMs = scaledMs(60_000);
export const hookMs = scaledMs(90_000);

// The real timers, also in tests that set the clock.
const { setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Describes the value seen last, cut to a readable length. */
const shown = (value: unknown): string =>
  (value instanceof Error ? value.message : typeof value === "string" ? value : inspect(value, { depth: 6 })).slice(
    0,
    4_000,
  );

interface WaitOptions {
  /**
   * Makes the report when the condition is not met in time; by default it is what the condition answered or threw last.
   */
  seen?: () => unknown;
  /** Resolves when the condition may have changed, after `leftMs` at the latest. */
  changed?: (leftMs: number) => Promise<void>;
}

type Met<T> = Exclude<T, false | null | undefined | 0 | "">;

/** Waits until the condition answers something truthy, and returns that. One that throws is asked again. */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  what = String(condition),
  { seen, changed = () => pause(20) }: WaitOptions = {},
): Promise<Met<T>> {
  const end = now() + waitMs;
  for (;;) {
    let last: unknown;
    try {
      last = await condition();
      if (last) return last as Met<T>;
    } catch (error) {
      last = error;
    }
    const leftMs = end - now();
    if (leftMs <= 0) {
      throw new Error(`waited ${waitMs} ms for ${what}; seen last: ${shown(seen ? seen() : last)}`, { cause: last });
    }
    await changed(leftMs);
  }
}

/** Waits until the check, which is made of expectations, passes. */
export async function eventually(check: () => unknown, what = String(check)): Promise<void> {
  await waitFor(
    async () => {
      await check();
      return true;
    },
    what,
    { changed: () => pause(5) },
  );
}

/** Waits for a promise; the error of a wait in vain names it. */
export async function within<T>(promise: Promise<T>, what: string, seen?: () => unknown): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${waitMs} ms for ${what}${seen ? `; seen last: ${shown(seen())}` : ""}`)),
      waitMs,
    );
  });
  return await Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
