import type { z } from "zod";
import { invalid } from "../errors/settle.js";

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

/** Asked for one more than the page holds: its presence says that there is another page. */
export function pageOf<T, U>(rows: readonly T[], limit: number, view: (row: T) => U, keyOf: (row: T) => unknown) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(view),
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
}
