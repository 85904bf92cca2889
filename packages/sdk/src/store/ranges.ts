/** A part of a conversation that is held without a gap; both ends belong to it. */
export interface Range {
  /** 0 where nothing visible is before. */
  readonly from: number;
  readonly to: number;
}

/** The end of the range that grows with the conversation. */
export const open = Number.MAX_SAFE_INTEGER;

/** Adds a range: those that meet or touch become one. */
export function withRange(ranges: readonly Range[], { from, to }: Range): readonly Range[] {
  if (to < from || ranges.some((one) => one.from <= from && one.to >= to)) return ranges;
  const apart = ranges.filter((one) => one.to + 1 < from || one.from > to + 1);
  const met = ranges.filter((one) => !apart.includes(one));
  const joined = { from: Math.min(from, ...met.map((one) => one.from)), to: Math.max(to, ...met.map((one) => one.to)) };
  return [...apart, joined].sort((a, b) => a.from - b.from);
}

/** The range that has the seq. */
export const rangeAt = (ranges: readonly Range[], seq: number): Range | undefined =>
  ranges.find(({ from, to }) => from <= seq && seq <= to);

/** The range that has the newest messages, and grows. */
export const newestRange = (ranges: readonly Range[]): Range => ranges.at(-1) as Range;
