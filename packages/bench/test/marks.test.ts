import { describe, expect, it } from "vitest";
import { createMarkFinder, markOf } from "../src/generators/marks.js";

const found = (...chunks: string[]): number[] => {
  const numbers: number[] = [];
  const find = createMarkFinder((number) => numbers.push(number));
  for (const chunk of chunks) find(Buffer.from(chunk));
  return numbers;
};

describe("the marks of messages", () => {
  it("are found in the bytes of a socket, and nothing else is", () => {
    expect(found(`{"text":"${markOf(7)} a # b #12"}`, `x${markOf(123_456_789)}${markOf(8)}`)).toEqual([
      7, 123_456_789, 8,
    ]);
  });

  it("are found wherever the bytes were cut, once", () => {
    const text = `a${markOf(7)}b`;
    for (let at = 0; at <= text.length; at += 1) expect(found(text.slice(0, at), text.slice(at))).toEqual([7]);
  });
});
