import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { shareTable } from "@vero/contracts";

/** What an answer holds besides its items. */
const envelopeBytes = 10_000;

/** What the items of one answer may weigh together. */
export const maxItemsBytes = shareTable.list.maxBytes - envelopeBytes;
/** The same where something was looked for. */
export const maxMatchesBytes = shareTable.search.maxBytes - envelopeBytes;

/** A value as JSON in UTF-8. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? "");

/** What the answer that is being made weighs, as far as that is known. */
const answers = new AsyncLocalStorage<{ bytes: number }>();

/** Does some work, and tells what its answer weighs: those who weighed it have noted that. */
export async function weighAnswer<T>(work: () => Promise<T>): Promise<{ result: T; bytes: number }> {
  const answer = { bytes: 0 };
  const result = await answers.run(answer, async () => await work());
  return { result, bytes: answer.bytes };
}

/** Notes that so many bytes more belong to the answer, for the pace of its share. */
export function noteAnswerBytes(bytes: number): void {
  const answer = answers.getStore();
  if (answer !== undefined) answer.bytes += bytes;
}

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

/** How long rows are weighed, which may be heavy, before everybody else has their turn. */
const sliceMs = 2;

/** Rows that are held at once beyond what goes out: as many as most pages have. */
const portion = 32;

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
  let sliceBegun = performance.now();
  for (;;) {
    // One more than may be delivered says that there is more.
    const count = Math.min(portion, limit + 1 - rows.length);
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
