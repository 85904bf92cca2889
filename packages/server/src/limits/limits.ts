import { AppError, type RateName, rateTable } from "@vero/contracts";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

export interface Limits {
  /** How many times as generous as the contract says; without end where limits are off. */
  factor: number;
  /** Counts one call; throws `rate_limited` when the limit is exceeded. */
  consume(name: RateName, key: string): Promise<void>;
  /** Takes one call back that turned out not to count. */
  refund(name: RateName, key: string): Promise<void>;
}

function limited(points: number, seconds: number, state: RateLimiterRes): AppError {
  return new AppError("rate_limited", {
    detail: `At most ${points} in ${seconds} seconds.`,
    retryAfter: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
    limit: { points, seconds },
  });
}

export const noLimits: Limits = {
  factor: Number.POSITIVE_INFINITY,
  consume: async () => {},
  refund: async () => {},
};

/** `factor` makes every limit that many times as generous. */
export function createLimits(factor = 1): Limits {
  const limiters = new Map(
    Object.entries(rateTable).map(([name, { points, seconds }]) => [
      name as RateName,
      new RateLimiterMemory({ keyPrefix: name, points: points * factor, duration: seconds }),
    ]),
  );
  const limiterOf = (name: RateName) => limiters.get(name) as RateLimiterMemory;
  return {
    factor,
    async consume(name, key) {
      try {
        await limiterOf(name).consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw limited(limiterOf(name).points, rateTable[name].seconds, refusal);
      }
    },
    async refund(name, key) {
      await limiterOf(name).reward(key);
    },
  };
}
