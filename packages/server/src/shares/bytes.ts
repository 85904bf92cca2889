import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { shareTable } from "@vero/contracts";

/** Reserved for the parts of an answer other than its items. */
const envelopeBytes = 10_000;

/** The maximum size of all items of an answer, in bytes. */
export const maxItemsBytes = shareTable.list.maxBytes - envelopeBytes;
/** The same for the answers of searches. */
export const maxMatchesBytes = shareTable.search.maxBytes - envelopeBytes;

/** Returns the size of a value as JSON in UTF-8. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? "");

/** The size of the answer in progress, as far as it has been counted. */
const answers = new AsyncLocalStorage<{ bytes: number }>();

/** Does some work, and returns its result with the bytes that `noteAnswerBytes` counted for its answer. */
export async function weighAnswer<T>(work: () => Promise<T>): Promise<{ result: T; bytes: number }> {
  const answer = { bytes: 0 };
  const result = await answers.run(answer, async () => await work());
  return { result, bytes: answer.bytes };
}

/** Counts bytes of the answer in progress, which decide how long its slots stay taken by the pace of the share. */
export function noteAnswerBytes(bytes: number): void {
  const answer = answers.getStore();
  if (answer !== undefined) answer.bytes += bytes;
}

/**
 * Returns how many of the items, from the first one on, fit into `maxBytes`: at least one where there are any, however
 * large it is. Their bytes count for the answer in progress.
 */
export function countWithin<T>(
  items: readonly T[],
  { maxBytes = maxItemsBytes, weigh = bytesOf }: { maxBytes?: number; weigh?: (item: T) => number } = {},
): number {
  let bytes = 0;
  const beyond = items.findIndex((item) => {
    bytes += weigh(item) + 1;
    return bytes > maxBytes;
  });
  noteAnswerBytes(bytes);
  return beyond === -1 ? items.length : Math.max(1, beyond);
}

export interface Portions<Row> {
  limit: number;
  maxBytes?: number;
  weigh(row: Row): number;
  /** Reads up to `count` rows that come after the given one. */
  read(after: Row | undefined, count: number): Promise<readonly Row[]>;
}

/** How long rows are weighed before the event loop gets its turn, in milliseconds: weighing large rows is expensive. */
const sliceMs = 2;

/**
 * The rows of one read: those of a page of messages where nothing else is asked for, and one more. It bounds the rows that
 * are held beyond those that fit.
 */
const portion = 51;

/** Says whether `readWithin` reads once for a page of so many: one statement then needs no transaction. */
export const isOnePortion = (limit: number): boolean => limit < portion;

/** Returns the number of rows that `readWithin` asks for first: one more than the page may have shows that another follows. */
export const firstPortion = (limit: number): number => Math.min(portion, limit + 1);

/**
 * Reads rows until there are `limit` of them, or until they are too large for one answer. It reads in portions, so that
 * a page of the largest rows is not read as a whole for the few that fit. `hasMore` tells whether others follow.
 */
export async function readWithin<Row>({
  limit,
  maxBytes = maxItemsBytes,
  weigh,
  read,
}: Portions<Row>): Promise<{ rows: Row[]; hasMore: boolean }> {
  const rows: Row[] = [];
  let left = maxBytes;
  let sliceBegun = performance.now();
  for (;;) {
    const count = firstPortion(limit - rows.length);
    const found = await read(rows.at(-1), count);
    for (const row of found) {
      if (performance.now() - sliceBegun > sliceMs) {
        await setImmediate();
        sliceBegun = performance.now();
      }
      const bytes = weigh(row) + 1;
      noteAnswerBytes(bytes);
      left -= bytes;
      if (rows.length === limit || (left < 0 && rows.length > 0)) return { rows, hasMore: true };
      rows.push(row);
    }
    if (found.length < count) return { rows, hasMore: false };
  }
}
