import { shareTable } from "@vero/contracts";

/** What an answer holds besides its items. */
const envelopeBytes = 10_000;

/** What the items of one answer may weigh together. */
export const maxItemsBytes = shareTable.list.maxBytes - envelopeBytes;
/** The same where something was looked for. */
export const maxMatchesBytes = shareTable.search.maxBytes - envelopeBytes;

/** A value as JSON in UTF-8. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? "");

/** How many of the items, from the first one on, weigh no more than `maxBytes`; one goes out whatever it weighs. */
export function countWithin<T>(
  items: readonly T[],
  { maxBytes = maxItemsBytes, weigh = bytesOf }: { maxBytes?: number; weigh?: (item: T) => number } = {},
): number {
  let bytes = 0;
  const beyond = items.findIndex((item) => {
    bytes += weigh(item) + 1;
    return bytes > maxBytes;
  });
  return beyond === -1 ? items.length : Math.max(1, beyond);
}

export interface Portions<Row> {
  limit: number;
  maxBytes?: number;
  weigh(row: Row): number;
  /** Reads up to `count` rows that come after the given one. */
  read(after: Row | undefined, count: number): Promise<readonly Row[]>;
}

/** Rows that are held at once beyond what goes out: as many as most pages have. */
const portion = 64;

/**
 * Reads rows until there are enough, or they weigh too much for one answer: in portions, so that a page of the heaviest
 * rows is not read for the sake of the few that fit. `hasMore` says whether there are others behind them.
 */
export async function readWithin<Row>({
  limit,
  maxBytes = maxItemsBytes,
  weigh,
  read,
}: Portions<Row>): Promise<{ rows: Row[]; hasMore: boolean }> {
  const rows: Row[] = [];
  let left = maxBytes;
  for (;;) {
    // One more than may be delivered says that there is more.
    const count = Math.min(portion, limit + 1 - rows.length);
    const found = await read(rows.at(-1), count);
    for (const row of found) {
      left -= weigh(row) + 1;
      if (rows.length === limit || (left < 0 && rows.length > 0)) return { rows, hasMore: true };
      rows.push(row);
    }
    if (found.length < count) return { rows, hasMore: false };
  }
}
