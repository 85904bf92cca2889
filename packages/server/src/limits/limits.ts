import { AppError, type RateName, rateTable, widerNetworks } from "@vero/contracts";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { type WiderNetwork, widerNetworksOf } from "./networks.js";

export interface Limits {
  /** Multiplies the limits of the contract; infinite where limits are off. */
  factor: number;
  /** Counts one call; throws `rate_limited` when the limit is exceeded. */
  consume(name: RateName, key: string): Promise<void>;
  /** Takes back one call that was counted and turned out not to count. */
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

const widerOf = (name: RateName): readonly WiderNetwork[] => {
  const { by } = rateTable[name];
  return by === "ip" || by === "account_and_ip" ? widerNetworks[by] : [];
};

/** Creates rate limits that this process counts in memory, each `factor` times as generous as in the contract. */
export function createLimits(factor = 1): Limits {
  const limiterFor = (name: RateName, prefix: string, times: number) => {
    const { points, seconds } = rateTable[name];
    return new RateLimiterMemory({ keyPrefix: `${name}${prefix}`, points: points * factor * times, duration: seconds });
  };
  const names = Object.keys(rateTable) as RateName[];
  const limiters = new Map(names.map((name) => [name, limiterFor(name, "", 1)]));
  const wider = new Map(
    names.flatMap((name) =>
      widerOf(name).map((one) => [`${name}/${one.prefix}`, limiterFor(name, `/${one.prefix}`, one.factor)]),
    ),
  );

  /** Yields the limiters in which a call counts: its own, then those of the networks around its address. */
  function* limitersOf(name: RateName, key: string): Generator<[RateLimiterMemory, string]> {
    yield [limiters.get(name) as RateLimiterMemory, key];
    for (const { prefix, network } of widerNetworksOf(key, widerOf(name))) {
      yield [wider.get(`${name}/${prefix}`) as RateLimiterMemory, network];
    }
  }

  return {
    factor,
    async consume(name, key) {
      for (const [limiter, one] of limitersOf(name, key)) {
        try {
          await limiter.consume(one);
        } catch (refusal) {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          throw limited(limiter.points, rateTable[name].seconds, refusal);
        }
      }
    },
    async refund(name, key) {
      for (const [limiter, one] of limitersOf(name, key)) await limiter.reward(one);
    },
  };
}
