import { describe, expect, it } from "vitest";
import { compare, flawless, percentile, type Sent } from "../src/order.js";

const [one, two, three, four] = ["one", "two", "three", "four"].map((text, index) => ({
  key: String(index),
  seq: index + 1,
  text,
})) as [Sent, Sent, Sent, Sent];
const sent = [one, two, three, four];

describe("the comparison of what was sent with what arrived", () => {
  it("finds nothing when all arrived once, in order, as it was", () => {
    expect(compare(sent, sent)).toEqual(flawless());
    expect(compare([], [])).toEqual(flawless());
  });

  it.each<[string, Sent[], Partial<ReturnType<typeof flawless>>]>([
    ["a lost message", [one, three, four], { lost: 1 }],
    ["a lost end", [one, two], { lost: 2 }],
    ["a duplicate", [one, two, two, three, four], { duplicates: 1 }],
    ["a duplicate that comes late", [one, two, three, four, one], { duplicates: 1 }],
    ["two that were swapped", [one, three, two, four], { out_of_order: 1 }],
    ["a last one that came first", [four, one, two, three], { out_of_order: 3 }],
    ["another text", [one, two, { ...three, text: "3" }, four], { altered: 1 }],
    ["another seq", [one, two, { ...three, seq: 7 }, four], { altered: 1 }],
    ["a message of nobody", [one, two, { ...three, key: "x" }, three, four], { altered: 1 }],
    ["a lost one beside a duplicate", [one, one, three, four], { lost: 1, duplicates: 1 }],
  ])("finds %s", (_, received, found) => {
    expect(compare(sent, received)).toEqual({ ...flawless(), ...found });
  });

  it("finds numbers that go against the order of sending, although they arrive like that", () => {
    const misnumbered = [one, { ...two, seq: 3 }, { ...three, seq: 2 }, four];
    expect(compare(misnumbered, misnumbered)).toEqual({ ...flawless(), out_of_order: 1 });
  });
});

describe("a percentile", () => {
  it.each([
    [50, 50],
    [99, 99],
    [100, 100],
  ])("%i of 1 to 100 is %i", (percent, expected) => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, percent)).toBe(expected);
  });

  it("is that of the only value there is, and of none not a number", () => {
    expect(percentile([7], 50)).toBe(7);
    expect(percentile([], 50)).toBeNaN();
  });
});
