import { AppError } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { parseJson } from "../src/index.js";

const lists = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("parseJson", () => {
  it.each<[string, unknown]>([
    ['{"a":[1,null,true,"ü💬"]}', { a: [1, null, true, "ü💬"] }],
    [' "text" ', "text"],
    ["null", null],
    ['"a\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["', 'a"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[['],
    ['{"a":"\\\\","b":"]"}', { a: "\\", b: "]" }],
    ['{"proto":1,"constructors":2}', { proto: 1, constructors: 2 }],
  ])("reads %s", (text, value) => {
    expect(parseJson(Buffer.from(text))).toEqual(value);
  });

  it("reads what is as deep as allowed, side by side as often as one likes", () => {
    expect(parseJson(Buffer.from(lists(36)))).toBeInstanceOf(Array);
    expect(parseJson(Buffer.from(`[${Array(100).fill(lists(35)).join(",")}]`))).toHaveLength(100);
  });

  it.each([
    ["nothing", ""],
    ["half of something", '{"a":'],
    ["two values", "1 2"],
    ["single quotes", "{'a':1}"],
    ["one level too many", lists(37)],
    ["more levels than a recursive reader survives", lists(1_000_000)],
    ["__proto__", '{"a":{"__proto__":{"b":1}}}'],
    ["__proto__ in disguise", '{"\\u005f\\u005fproto__":{}}'],
    ["a constructor with a prototype", '{"constructor":{"prototype":{}}}'],
  ])("refuses %s as malformed_json", (_name, text) => {
    expect(() => parseJson(Buffer.from(text))).toThrow(expect.objectContaining({ code: "malformed_json" }));
  });

  it.each([
    ["a byte that begins nothing", [0x22, 0xff, 0x22]],
    ["an overlong form", [0x22, 0xc0, 0xaf, 0x22]],
    ["a surrogate as bytes", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["a character cut short", [0x22, 0xf0, 0x9f, 0x92, 0x22]],
  ])("refuses %s, which is not UTF-8", (_name, bytes) => {
    expect(() => parseJson(Buffer.from(bytes))).toThrow(AppError);
  });
});
