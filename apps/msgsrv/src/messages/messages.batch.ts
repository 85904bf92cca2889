import { Deadline, isAway, isConflict, isLockTimeout, isUnavailable, withDeadline } from "@vero/db";

export type Answer<Result> = { result: Result } | { error: unknown };
/** The outcome of an item; `held` where another transaction had locked its conversation, so that nothing was tried. */
export type Outcome<Result> = Answer<Result> | { held: true };

/**
 * Writes items of one workspace, and returns the outcome of each, in their order; rejects when nothing was written. It
 * waits for the locks of conversations only where `waits` is set: then nothing is `held`.
 */
export type Write<Item, Result> = (
  items: readonly Item[],
  locks: { waits: boolean },
) => Promise<readonly Outcome<Result>[]>;
type WriteItems<Item, Result> = (items: readonly Item[]) => Promise<readonly Outcome<Result>[]>;

export interface Waiting<Item, Result> {
  item: Item;
  deadline: Deadline;
  answer(outcome: Answer<Result>): void;
}

/** The items of one conversation in a batch. */
export type Part<Item, Result> = readonly Waiting<Item, Result>[];

export const isOfAbsence = (outcome: Outcome<unknown>): boolean => "error" in outcome && isAway(outcome.error);

/** The deadline of a batch is the latest of its items: those that have passed by then are answered by their callers. */
function writeInTime<Item, Result>(items: Part<Item, Result>, write: WriteItems<Item, Result>) {
  const remainingMs = Math.max(...items.map(({ deadline }) => deadline.remainingMs));
  return withDeadline(new Deadline(remainingMs), () => write(items.map(({ item }) => item)));
}

const halves = <T>(list: readonly T[]): [T[], T[]] => {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
};

/** Splits a batch; a conversation is split only where it is the only one, so that its items stay in their order. */
function split<Item, Result>(parts: readonly Part<Item, Result>[]): [Part<Item, Result>[], Part<Item, Result>[]] {
  const [only, ...others] = parts;
  if (only === undefined || others.length > 0) return halves(parts);
  const [earlier, later] = halves(only);
  return [[earlier], [later]];
}

/**
 * Writes a batch, and returns the outcomes of its items in their order. One that lost against another transaction is
 * written once more. One of several conversations that waited too long for some other row is `held`, so that each is
 * tried by itself. One that fails otherwise, while the database is there, is written again by halves, so that an item
 * which cannot be written fails alone.
 */
export async function writeBatch<Item, Result>(
  parts: readonly Part<Item, Result>[],
  write: WriteItems<Item, Result>,
): Promise<readonly Outcome<Result>[]> {
  const items = parts.flat();
  if (items.length === 0) return [];
  const failed = (error: unknown): Outcome<Result>[] => items.map(() => ({ error }));
  try {
    return await writeInTime(items, write).catch((error: unknown) => {
      if (!isConflict(error)) throw error;
      return writeInTime(items, write);
    });
  } catch (error) {
    if (parts.length > 1 && isLockTimeout(error)) return items.map(() => ({ held: true }));
    // A database that is away or busy has nothing against any one of them.
    if (items.length === 1 || (isUnavailable(error) && !isConflict(error))) return failed(error);
    const [earlier, later] = split(parts);
    const outcomes = await writeBatch(earlier, write);
    // The later items of a conversation must not be written before earlier ones that are held.
    const isHeld = parts.length === 1 && outcomes.some((outcome) => "held" in outcome);
    const end = outcomes.find(isOfAbsence) ?? (isHeld ? { held: true as const } : undefined);
    return [...outcomes, ...(end === undefined ? await writeBatch(later, write) : later.flat().map(() => end))];
  }
}
