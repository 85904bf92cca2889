/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** 0 … below n. */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** Up to `most` different ones, at least one. */
  some<T>(from: readonly T[], most: number): T[];
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const random: Random = {
    below: (n) => Math.floor(next() * n),
    chance: (probability) => next() < probability,
    pick(from) {
      if (from.length === 0) throw new Error("nothing to pick from");
      return from[random.below(from.length)] as (typeof from)[number];
    },
    some(from, most) {
      const left = [...from];
      const taken: (typeof from)[number][] = [];
      const count = 1 + random.below(Math.min(most, left.length));
      while (taken.length < count) taken.push(...left.splice(random.below(left.length), 1));
      return taken;
    },
  };
  return random;
}

/** From `VERO_SEED`, to see again what was seen once. */
export const seedOfRun = (): number => Number(process.env["VERO_SEED"] ?? Math.floor(Math.random() * 2 ** 32));
