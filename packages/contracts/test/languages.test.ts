import { describe, expect, it } from "vitest";
import { emitAsyncApi } from "../src/emit/asyncapi.js";
import { emitOpenApi } from "../src/emit/openapi.js";
import { everyObject } from "./documented.js";
import { unportable } from "./portable.js";

/** The documents, which generators and regular-expression engines of other languages must understand. */
const documents = [
  ["openapi.json", emitOpenApi()],
  ["asyncapi.json", emitAsyncApi()],
] as const;

describe.each(documents)("%s", (_, document) => {
  it("has only patterns that ECMA-262, RE2, Java and Python read alike", () => {
    const patterns = new Set<string>();
    everyObject((node) => typeof node["pattern"] === "string" && patterns.add(node["pattern"]), document);
    expect(patterns.size).toBeGreaterThan(0);
    for (const pattern of patterns) expect([pattern, unportable(pattern)]).toEqual([pattern, []]);
  });

  it("has no pattern for what generated clients make a date or an id of", () => {
    everyObject((node, path) => {
      if (["date-time", "uuid"].includes(node["format"] as string))
        expect([path, node["pattern"]]).toEqual([path, undefined]);
    }, document);
  });

  it("has no boolean schemas but that an object has no further fields", () => {
    const schemas = ["not", "if", "then", "else", "items", "contains", "propertyNames", "unevaluatedProperties"];
    everyObject((node, path) => {
      for (const key of schemas)
        expect([`${path}/${key}`, typeof node[key]]).not.toEqual([`${path}/${key}`, "boolean"]);
      expect([path, node["additionalProperties"]]).not.toEqual([path, true]);
      if (!/\/(properties|patternProperties|dependentSchemas|\$defs)$/.test(path)) return;
      for (const [name, schema] of Object.entries(node))
        expect([`${path}/${name}`, typeof schema]).toEqual([`${path}/${name}`, "object"]);
    }, document);
  });

  it("says int64 of every integer that can pass 32 bits, and of no other", () => {
    let found = 0;
    everyObject((node, path) => {
      if (node["type"] !== "integer" && !(Array.isArray(node["type"]) && node["type"].includes("integer"))) return;
      const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = node as Record<string, number>;
      const isLarge = maximum > 2 ** 31 - 1 || minimum < -(2 ** 31);
      expect([path, node["format"]]).toEqual([path, isLarge ? "int64" : undefined]);
      found += 1;
    }, document);
    expect(found).toBeGreaterThan(10);
  });
});

describe("a pattern", () => {
  it.each(["^[^\\x00]*$", "^[\\x01-\\x20\\xad]+$", "^(?:a|b)?([0-9]{1,64})\\.$", "^\\+[ ()./-]*$", "^https:\\/\\/a$"])(
    "is portable as %s",
    (pattern) => expect(unportable(pattern)).toEqual([]),
  );

  it.each([
    ["a class of other characters in each engine", "^\\d+$", "\\d"],
    ["white space, which is ASCII in RE2", "^\\s$", "\\s"],
    ["an edge of words", "^\\bword$", "\\b"],
    ["a property of Unicode", "^\\p{L}$", "\\p{L}"],
    ["an escape that RE2 does not know", "^\\u200b$", "\\u200b"],
    ["a surrogate", "^[\\ud800]$", "\\ud800"],
    ["a character that nobody sees", "^\u200b$", "\u200b"],
    ["a line break, whose escape is no character in some engines", "^\\n$", "\\n"],
    ["a dot, which is another set in each engine", "^.*$", "."],
    ["a lookahead", "^(?=a)b$", "(?=a)"],
    ["a lookbehind", "^b(?<!a)$", "(?<!a)"],
    ["a named group", "^(?<name>a)$", "(?<name>a)"],
    ["a reference back", "^(a)\\1$", "\\1"],
    ["more repetitions than RE2 takes", "^a{1001}$", "a{1001}"],
    ["an operation on sets", "^[a&&b]$", "[a&&b]"],
    ["no anchors", "a", "is not anchored at both ends"],
  ])("is not portable with %s", (_, pattern, why) => expect(unportable(pattern)).toEqual([why]));
});
