import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeCursor, encodeCursor, pageOf } from "../src/index.js";

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
  const page = (rows: number[]) => pageOf(rows, 3, String, (row) => row);

  it("shows the limit and, where there is one more, a cursor of the last one shown", () => {
    expect(page([1, 2, 3, 4])).toEqual({ items: ["1", "2", "3"], next_cursor: encodeCursor(3) });
  });

  it.each([[[]], [[1]], [[1, 2, 3]]])("is the last one with %j", (rows) => {
    expect(page(rows)).toEqual({ items: rows.map(String), next_cursor: null });
  });
});
