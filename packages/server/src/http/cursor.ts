import type { z } from "zod";
import { invalid } from "../errors/settle.js";
import { countWithin } from "../shares/bytes.js";

/** A cursor is the sort key of the last item, in a form that invites nobody to build one. */
export const encodeCursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString("base64url");

export function decodeCursor<S extends z.ZodType>(
  schema: S,
  cursor: string | undefined,
  path = "cursor",
): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    throw invalid([{ path, code: "invalid_cursor", message: "is not a cursor of this operation" }], cause);
  }
}

/**
 * Asked for one more than the page holds: its presence says that there is another page. A page ends before the item
 * that is too much for one answer.
 */
export function pageOf<T, U>(rows: readonly T[], limit: number, view: (row: T) => U, keyOf: (row: T) => unknown) {
  const all = rows.slice(0, limit).map(view);
  const items = all.slice(0, countWithin(all));
  const last = rows[items.length - 1];
  return {
    items,
    next_cursor: rows.length > items.length && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
}
