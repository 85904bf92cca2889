/** A source of chance that gives the same for the same seed. */
export interface Random {
  /** An integer from 0 to below `sides`. */
  roll(sides: number): number;
  pick<T>(choices: readonly T[]): T;
  /** Some of the items, in their order. */
  some<T>(items: readonly T[]): T[];
  shuffled<T>(items: readonly T[]): T[];
}

/** Mulberry32. */
export function randomFrom(seed: number): Random {
  let state = seed * 0x9e3779b9;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const roll = (sides: number): number => Math.floor(next() * sides);
  return {
    roll,
    pick: (choices) => choices[roll(choices.length)] as (typeof choices)[number],
    some: (items) => items.filter(() => roll(3) === 0),
    shuffled: (items) => {
      const copy = [...items];
      for (let index = copy.length - 1; index > 0; index -= 1) {
        const other = roll(index + 1);
        [copy[index], copy[other]] = [copy[other] as (typeof copy)[number], copy[index] as (typeof copy)[number]];
      }
      return copy;
    },
  };
}
