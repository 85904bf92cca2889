import { maxQueryWords } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { searchQueryOf } from "../src/search/search.query.js";

describe("a query", () => {
  it.each([
    ["words, which may go on", "hello world", "'hello':* & 'world':*"],
    ["a phrase", '"hello world"', "('hello' <1> 'world')"],
    ["a phrase between the quotes of telephones", "“hello world”", "('hello' <1> 'world')"],
    ["what is excluded, as it is written", 'cat -dog -"big mouse"', "'cat':* & !'dog' & !('big' <1> 'mouse')"],
    ["or, which binds less", "cat OR dog house", "'cat':* | 'dog':* & 'house':*"],
    ["or as a word", '"or" or or', "'or' & 'or':*"],
    ["or where it joins nothing", "or cat or", "'or':* & 'cat':*"],
    ["an address", "john.doe@example.com", "('john' <1> 'doe' <1> 'example' <1> 'com':*)"],
    ["a word with hyphens", "state-of-the-art", "('state' <1> 'of' <1> 'the' <1> 'art':*)"],
    ["an option of a program", "--verbose", "'verbose':*"],
    ["an apostrophe", "don't", "'dont':*"],
    ["a quote that nothing closes", '"hello wor', "'hello':* & 'wor':*"],
    ["one character", "京", "'京':*"],
    ["one character to leave out", "x -京", "'x':* & !'京':*"],
    ["two", "東京", "'東京':*"],
    ["more, with what follows", '"東京都 hotel"', "('東京' <1> '京都' <2> 'hotel')"],
    ["the same twice", "cat cat or cat", "'cat':*"],
    ["signs that mean something to PostgreSQL", "a:* & b | !c <-> (d) \\ '", "'a':* & 'b':* & 'c':* & 'd':*"],
  ])("reads %s", (_, text, all) => {
    expect(searchQueryOf(text)?.all).toBe(all);
  });

  it.each(["", " ", "?!", '""', "-cat", '-"big cat" -dog', "- -- '", "“"])("asks for nothing with %j", (text) => {
    expect(searchQueryOf(text)).toBeUndefined();
  });

  it("counts no more words than may be looked for, and excludes nothing by half", () => {
    const words = Array.from({ length: 60 }, (_, n) => `w${n}`);
    const first = words.slice(0, maxQueryWords).map((word) => `'${word}':*`);
    expect(searchQueryOf(words.join(" "))?.all).toBe(first.join(" & "));
    const phrase = `"${words.join(" ")}"`;
    expect(searchQueryOf(phrase)?.all.split(" <1> ")).toHaveLength(maxQueryWords);
    expect(searchQueryOf(`cat -${phrase}`)?.all).toBe("'cat':*");
  });

  it("does not look for all that lacks a word", () => {
    expect(searchQueryOf("cat or -dog")?.all).toBe("'cat':*");
  });

  it("knows itself as it is written, and all of it in one piece", () => {
    expect(searchQueryOf("to be or not to be -cat")).toMatchObject({
      exact: "'to' & 'be' | 'not' & 'to' & 'be' & !'cat'",
      whole: "('to' <1> 'be' <1> 'or' <1> 'not' <1> 'to' <1> 'be')",
    });
    expect(searchQueryOf("東京 hotel")?.whole).toBe("('東京' <2> 'hotel')");
  });
});
