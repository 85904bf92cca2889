import type { z } from "zod";
import { invalid } from "../errors/settle.js";
import { countWithin } from "../shares/bytes.js";

/**
 * Encodes the sort key of a page's last item as a cursor. The encoding discourages clients from building cursors
 * themselves.
 */
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
 * Makes a page of rows, of which one more than `limit` was asked for: its presence shows that another page follows. The
 * page ends before the item that would make the answer too large, and continues there by its cursor.
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
