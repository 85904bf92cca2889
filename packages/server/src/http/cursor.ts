import { z } from "zod";
import { invalid } from "../errors/to-app-error.js";
import { countWithin } from "../shares/bytes.js";

/** Encodes a position. The encoding discourages clients from building cursors themselves. */
export const encodeCursor = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString("base64url");

/** Decodes a position; fails with `invalid_cursor` at the field of the input that has it. */
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

/** A timestamp as the cursors of lists have it. PostgreSQL knows no year 0. */
export const cursorTime = z.iso.datetime().regex(/^[12]/);

/** The query of a page: the sort key of the last item before it, and one row more than the page may have. */
export interface PageQuery<Key> {
  after?: Key;
  limit: number;
}

/**
 * Defines the cursor of a list by the fields of its sort key, in their order. On the wire it is an array of the list's
 * name and of them: the sort keys of two lists often look alike, and a cursor of another list would be answered with
 * a page that begins anywhere. The name is the operation's, with the order behind it where it has several.
 */
export function listCursor<Fields extends z.ZodRawShape>(list: `${string}.${string}`, fields: Fields) {
  type Key = z.output<z.ZodObject<Fields>>;
  const names = Object.keys(fields) as (keyof Key & string)[];
  const parts = z.tuple([z.literal(list), ...(Object.values(fields) as z.ZodType[])]);

  function decode(cursor: string | undefined): Key | undefined {
    const [, ...values] = decodeCursor(parts, cursor) ?? [];
    return values.length === 0
      ? undefined
      : (Object.fromEntries(names.map((name, index) => [name, values[index]])) as Key);
  }

  const encode = (key: Key): string => encodeCursor([list, ...names.map((name) => key[name])]);

  return {
    decode,
    encode,

    query({ cursor, limit }: { cursor?: string | undefined; limit: number }): PageQuery<Key> {
      const after = decode(cursor);
      return { limit: limit + 1, ...(after && { after }) };
    },

    /**
     * Makes a page of the rows of a query, whose one row more shows that another page follows. The page ends before the
     * item that would make the answer too large, and continues there by its cursor.
     */
    page<Row, Item>(
      rows: readonly Row[],
      { limit, view, keyOf }: { limit: number; view(row: NoInfer<Row>): Item; keyOf(row: NoInfer<Row>): Key },
    ): { items: Item[]; next_cursor: string | null } {
      const all = rows.slice(0, limit).map(view);
      const items = all.slice(0, countWithin(all));
      const last = rows[items.length - 1];
      return { items, next_cursor: rows.length > items.length && last !== undefined ? encode(keyOf(last)) : null };
    },
  };
}
