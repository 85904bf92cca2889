/** Chance that can be repeated: the same seed, the same throws (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  oneOf<T>(all: readonly T[]): T | undefined {
    return all[this.below(all.length)];
  }

  /** In a new order. */
  shuffled<T>(all: readonly T[]): T[] {
    const rest = [...all];
    for (let at = rest.length - 1; at > 0; at -= 1) {
      const other = this.below(at + 1);
      [rest[at], rest[other]] = [rest[other] as T, rest[at] as T];
    }
    return rest;
  }

  some<T>(all: readonly T[], most: number): T[] {
    return this.shuffled(all).slice(0, 1 + this.below(most));
  }
}

/** The throws of one history among those of a seed. */
export const diceOf = (seed: number, index: number): Dice => new Dice(Math.imul(seed, 0x9e3779b1) + index * 0x85ebca6b);
