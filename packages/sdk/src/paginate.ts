import type { CallOptions } from "./generated/client.js";

/** The answer of every list of the API. */
export interface Page<T> {
  items: T[];
  /** null on the last page. */
  next_cursor: string | null;
}

export type List<I, T> = (input: I, options?: CallOptions) => Promise<Page<T>>;

/** The input may be left out where the list itself can do without. */
export type ListArguments<I> = undefined extends I
  ? [input?: I, options?: CallOptions]
  : [input: I, options?: CallOptions];

/**
 * Walks through all items of a list, asking for a page when the one before is used up. `cursor` in the input is where to
 * begin, `limit` how many items a page has. Throws what the list throws.
 */
export async function* paginate<I, T>(
  list: List<I, T>,
  ...[input, options]: ListArguments<I>
): AsyncGenerator<T, void, undefined> {
  let next: I | undefined = input;
  for (;;) {
    const page: Page<T> = await list(next as I, options);
    yield* page.items;
    if (page.next_cursor === null) return;
    next = { ...input, cursor: page.next_cursor } as I;
  }
}
