import { AppError } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { parseJson } from "../src/index.js";

const lists = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);

describe("parseJson", () => {
  it.each<[string, unknown]>([
    ['{"a":[1,null,true,"ü💬"]}', { a: [1, null, true, "ü💬"] }],
    [' "text" ', "text"],
    ["null", null],
    ['{"a":1e308,"b":"1e400","c":1e-400}', { a: 1e308, b: "1e400", c: 0 }],
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
  ])("refuses %s as malformed_json", (_name, text) => {
    expect(() => parseJson(Buffer.from(text))).toThrow(expect.objectContaining({ code: "malformed_json" }));
  });

  it.each([
    ["one level too many", lists(37), "", "too_deep"],
    ["more levels than a recursive reader survives", lists(1_000_000), "", "too_deep"],
    ["__proto__", '{"a":[{"__proto__":{"b":1}}]}', "a.0.__proto__", "forbidden_key"],
    ["__proto__ in disguise", '{"\\u005f\\u005fproto__":{}}', "__proto__", "forbidden_key"],
    ["a number beyond the range of a double", '{"a":[1,{"b":1e400}]}', "a.1.b", "inexact_number"],
    ["the same, negative, in disguise", `[-${"9".repeat(250)}.5E+99]`, "0", "inexact_number"],
    ["a constructor with a prototype", '{"constructor":{"prototype":{}}}', "constructor", "forbidden_key"],
  ])("refuses %s, which is well-formed, by the name of the rule", (_name, text, path, code) => {
    const issues = [expect.objectContaining({ path, code })];
    expect(() => parseJson(Buffer.from(text))).toThrow(expect.objectContaining({ code: "validation_failed", issues }));
  });

  it("reads what has a constructor, or a text that speaks of one", () => {
    const value = { constructor: "Babbage", note: "__proto__" };
    expect(parseJson(Buffer.from(JSON.stringify(value)))).toEqual(value);
  });

  it("reads past a byte order mark (RFC 8259 section 8.1), but only one, at the beginning", () => {
    expect(parseJson(Buffer.from('\ufeff{"a":1}'))).toEqual({ a: 1 });
    for (const text of ['\ufeff\ufeff{"a":1}', '{"a":\ufeff1}', "\ufeff"]) {
      expect(() => parseJson(Buffer.from(text))).toThrow(expect.objectContaining({ code: "malformed_json" }));
    }
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
