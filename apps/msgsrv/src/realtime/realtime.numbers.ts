/** Keeps which of ascending numbers have been delivered, in whatever order. */
export interface Delivered {
  /** Every number up to this one has been delivered. */
  upTo: number;
  ahead: Set<number>;
}

export const deliveredUpTo = (upTo: number): Delivered => ({ upTo, ahead: new Set() });

function advance({ ahead, ...delivered }: Delivered): number {
  let { upTo } = delivered;
  while (ahead.delete(upTo + 1)) upTo += 1;
  return upTo;
}

/** Notes that a number is delivered; answers false where it was before. */
export function noteDelivered(delivered: Delivered, number: number): boolean {
  if (number <= delivered.upTo || delivered.ahead.has(number)) return false;
  delivered.ahead.add(number);
  delivered.upTo = advance(delivered);
  return true;
}

/** Notes that no number up to this one is missing any more. */
export function settleDelivered(delivered: Delivered, upTo: number): void {
  delivered.upTo = Math.max(delivered.upTo, upTo);
  for (const number of delivered.ahead) if (number <= delivered.upTo) delivered.ahead.delete(number);
  delivered.upTo = advance(delivered);
}
