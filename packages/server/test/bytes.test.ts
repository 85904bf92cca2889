import { expect, test } from "vitest";
import { bytesOf, countWithin, maxItemsBytes, readWithin } from "../src/shares/bytes.js";

test("bytes: a value weighs what it takes as JSON in UTF-8", () => {
  expect(bytesOf({ text: "é\n" })).toBe(Buffer.byteLength('{"text":"é\\n"}'));
});

test("bytes: items are counted up to the one that is too much, and one always goes out", () => {
  const items = ["a".repeat(97), "b".repeat(97), "c"];
  expect(countWithin(items, { maxBytes: 200 })).toBe(2);
  expect(countWithin(items, { maxBytes: 199 })).toBe(1);
  expect(countWithin(items, { maxBytes: 10 })).toBe(1);
  expect(countWithin(items)).toBe(3);
  expect(countWithin([])).toBe(0);
});

const rows = Array.from({ length: 200 }, (_, index) => index);
/** Makes a read that notes how many items are read at a time. */
function reading(limit: number, weight: number) {
  const portions: number[] = [];
  const result = readWithin<number>({
    limit,
    weigh: () => weight,
    read: async (after, count) => {
      portions.push(count);
      const from = after === undefined ? 0 : after + 1;
      return rows.slice(from, from + count);
    },
  });
  return result.then((found) => ({ ...found, portions }));
}

test("bytes: a page of light rows is read as far as its limit, and knows whether there are more", async () => {
  expect(await reading(50, 10)).toMatchObject({ rows: rows.slice(0, 50), hasMore: true, portions: [51] });
  expect(await reading(100, 10)).toMatchObject({ rows: rows.slice(0, 100), hasMore: true, portions: [51, 50] });
  expect(await reading(199, 10)).toMatchObject({ rows: rows.slice(0, 199), hasMore: true });
  expect(await reading(200, 10)).toMatchObject({ rows, hasMore: false });
  expect(await reading(300, 10)).toMatchObject({ rows, hasMore: false });
});

test("bytes: a page of heavy rows ends before the one that is too much, and the others are not read", async () => {
  const page = await reading(200, maxItemsBytes / 10);
  expect(page).toMatchObject({ rows: rows.slice(0, 9), hasMore: true });
  expect(page.portions).toHaveLength(1);
});

test("bytes: a row goes out whatever it weighs", async () => {
  expect(await reading(200, maxItemsBytes * 2)).toMatchObject({ rows: [0], hasMore: true });
});
