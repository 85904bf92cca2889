import { sleep } from "./abort.js";
import { isVeroError, type VeroError, type VeroErrorCode } from "./errors.js";

/** The policy by which idempotent calls are repeated. */
export interface RetryPolicy {
  /** Repetitions of a call after its first attempt. 0: none. */
  retries: number;
  /** Milliseconds; the first wait is between 0 and this. */
  minDelayMs: number;
  /** Milliseconds; no wait is longer. When `Retry-After` asks for more, the error is thrown at once instead. */
  maxDelayMs: number;
}

export const defaultRetry: RetryPolicy = { retries: 2, minDelayMs: 250, maxDelayMs: 20_000 };

/**
 * Answers the milliseconds to wait before the repetition with this number (0, 1, 2, …): exponential with full jitter, so
 * that clients which failed together do not come back together.
 */
export function backoff(repetition: number, { minDelayMs, maxDelayMs }: Omit<RetryPolicy, "retries">): number {
  return Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** repetition);
}

const transientStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** `upload_in_progress`: an attempt that broke off is still taken for one that is on its way. */
const transientCodes: ReadonlySet<VeroErrorCode> = new Set(["network_error", "timeout", "upload_in_progress"]);

/** Answers whether the same call may succeed a little later: after `error.retryAfter` seconds, if it says so. */
export const isTransient = (error: unknown): error is VeroError =>
  isVeroError(error) && (transientCodes.has(error.code) || transientStatuses.has(error.status));

/** Repeats `attempt` while it fails for a reason that may pass. Throws the last error. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  policy: RetryPolicy,
  signal?: AbortSignal | undefined,
): Promise<T> {
  for (let repetition = 0; ; repetition += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (repetition >= policy.retries || !isTransient(error)) throw error;
      const asked = (error.retryAfter ?? 0) * 1000;
      if (asked > policy.maxDelayMs) throw error;
      // The jitter comes on top of what the server asked for: everybody whom it refused got the same number.
      await sleep(asked + backoff(repetition, policy), signal);
    }
  }
}
