/**
 * Measures how many times as long one piece of work takes as another. The two run in turns, and the shortest of several
 * runs counts, so that other load of the machine affects both or neither.
 */
export function ratioOf(work: () => void, base: () => void): number {
  const shortest = new Map([work, base].map((one) => [one, Number.POSITIVE_INFINITY]));
  // The first runs are those of code that is not compiled yet.
  for (let turn = 0; turn < 7; turn += 1) {
    for (const one of shortest.keys()) {
      const start = performance.now();
      one();
      shortest.set(one, Math.min(shortest.get(one) as number, performance.now() - start));
    }
  }
  return (shortest.get(work) as number) / (shortest.get(base) as number);
}
