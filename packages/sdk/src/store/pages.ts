/** Asks for a page of a list. */
type ListPage<T> = (cursor: string | undefined) => Promise<{ items: T[]; next_cursor: string | null }>;

/** Passes on the pages of a list until `onPage` answers false, and answers whether those were all. */
export async function walk<T>(list: ListPage<T>, onPage: (items: T[]) => boolean): Promise<boolean> {
  for (let cursor: string | undefined; ; ) {
    const page = await list(cursor);
    const goesOn = onPage(page.items);
    if (page.next_cursor === null) return true;
    if (!goesOn) return false;
    cursor = page.next_cursor;
  }
}

/** Answers all items of a list. */
export async function listAll<T>(list: ListPage<T>): Promise<T[]> {
  const all: T[] = [];
  await walk(list, (items) => all.push(...items) > 0);
  return all;
}
