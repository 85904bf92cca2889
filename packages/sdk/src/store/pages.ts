/** Answers all items of a list, or those of its first pages. */
export async function walk<T>(
  list: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>,
  onPage: (items: T[]) => boolean,
): Promise<boolean> {
  for (let cursor: string | undefined; ; ) {
    const page = await list(cursor);
    const goesOn = onPage(page.items);
    if (page.next_cursor === null) return true;
    if (!goesOn) return false;
    cursor = page.next_cursor;
  }
}
