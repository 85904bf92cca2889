import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, listCursor } from "../src/index.js";

const key = z.tuple([z.iso.datetime(), z.int()]);

describe("a cursor", () => {
  it("comes back as the key that it was made of", () => {
    const made = encodeCursor(["2026-03-01T12:00:00.000Z", 7]);
    expect(made).toMatch(/^[\w-]+$/);
    expect(decodeCursor(key, made)).toEqual(["2026-03-01T12:00:00.000Z", 7]);
    expect(decodeCursor(key, undefined)).toBeUndefined();
  });

  it.each(["", "%", "nonsense", "bnVsbA", encodeCursor([]), encodeCursor(["now", 1]), encodeCursor({ a: 1 })])(
    "that is %j is refused by the name of its field",
    (cursor) => {
      expect(() => decodeCursor(key, cursor)).toThrow(
        expect.objectContaining({
          code: "validation_failed",
          issues: [expect.objectContaining({ path: "cursor", code: "invalid_cursor" })],
        }),
      );
    },
  );
});

describe("a page", () => {
  const ascending = listCursor("numbers.list", { number: z.int(), id: z.string() });
  const page = (rows: number[]) =>
    ascending.page(rows, { limit: 3, view: String, keyOf: (number) => ({ number, id: "a" }) });

  it("is asked for with one row more than it may have, after the key of its cursor", () => {
    expect(ascending.query({ limit: 3 })).toEqual({ limit: 4 });
    const cursor = encodeCursor(["numbers.list", 3, "a"]);
    expect(ascending.query({ limit: 3, cursor })).toEqual({ limit: 4, after: { number: 3, id: "a" } });
  });

  it("shows the limit and, where there is one more, a cursor of the last one shown", () => {
    expect(page([1, 2, 3, 4])).toEqual({ items: ["1", "2", "3"], next_cursor: encodeCursor(["numbers.list", 3, "a"]) });
  });

  it.each([[[]], [[1]], [[1, 2, 3]]])("is the last one with %j", (rows) => {
    expect(page(rows)).toEqual({ items: rows.map(String), next_cursor: null });
  });

  it("refuses the cursor of another list, although their sort keys look alike", () => {
    const descending = listCursor("numbers.list:descending", { number: z.int(), id: z.string() });
    for (const cursor of [descending.encode({ number: 3, id: "a" }), encodeCursor([3, "a"])]) {
      expect(() => ascending.query({ limit: 3, cursor })).toThrow(
        expect.objectContaining({ issues: [expect.objectContaining({ path: "cursor", code: "invalid_cursor" })] }),
      );
    }
  });
});
