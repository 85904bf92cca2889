import { setTimeout as delay } from "node:timers/promises";
import { isVeroError } from "@vero/sdk";

/** Calls again whenever a rate limit says for how long to wait: a limit slows a replay down and does not fail it. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!isVeroError(error, "rate_limited")) throw error;
      await delay((error.retryAfter ?? 1) * 1000);
    }
  }
}
