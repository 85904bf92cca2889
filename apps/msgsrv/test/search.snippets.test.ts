import { describe, expect, it } from "vitest";
import { searchQueryOf } from "../src/search/search.query.js";
import { snippetOf } from "../src/search/search.snippets.js";

const snippet = (text: string, query: string) => snippetOf(text, searchQueryOf(query)?.terms ?? []);
/** Lists the highlighted parts of a snippet. */
function lit(text: string, query: string): string[] {
  const { text: shown, ranges } = snippet(text, query);
  const points = [...shown];
  return ranges.map(({ start, length }) => points.slice(start, start + length).join(""));
}

describe("a snippet", () => {
  it.each([
    ["words and what they begin", "Hello, helpful Hel!", "hel", ["Hello", "helpful", "Hel"]],
    ["only whole words of a phrase", "to be, or to begin", '"to be"', ["to be"]],
    ["addresses in one piece", "Write to John.Doe@example.com!", "john.doe@example.com", ["John.Doe@example.com"]],
    ["every term of an or", "cats and dogs", "dog or cat", ["cats", "dogs"]],
    ["nothing for what is excluded", "cats and dogs", "cat -bird", ["cats"]],
    ["what lies over each other once", "one two three", '"one two" "two three"', ["one two three"]],
    ["accents", "un e\u0301clair", "eclair", ["e\u0301clair"]],
    ["a piece of a word", "l'École", "école", ["École"]],
    ["a word with its apostrophe", "I don’t", "dont", ["don’t"]],
    ["characters", "私は東京都に", "東京", ["東京"]],
    ["more of them", "私は東京都に", "東京都", ["東京都"]],
    ["one of them", "京都と東京", "京", ["京", "京"]],
    ["an emoji with its tone", "👍🏽!", "👍", ["👍🏽"]],
  ])("lights up %s", (_, text, query, expected) => {
    expect(lit(text, query)).toEqual(expected);
  });

  it("counts code points, whatever stands before", () => {
    expect(snippet("👩‍💻 e\u0301 😀 word", "word").ranges).toEqual([{ start: 9, length: 4 }]);
  });

  it("is the whole of a short text, as it is", () => {
    const text = " <b>one</b>\n&amp; two ";
    expect(snippet(text, "two").text).toBe(text);
    expect(snippet("x".repeat(160), "x").text).toBe("x".repeat(160));
  });

  it("shows where the most is found, between words", () => {
    const filler = Array.from({ length: 60 }, (_, n) => `filler${n}`).join(" ");
    const text = `apple ${filler} apple and pear ${filler}`;
    const { text: shown } = snippet(text, "apple pear");
    expect(lit(text, "apple pear")).toEqual(["apple", "pear"]);
    expect(shown).toMatch(/^…filler\d+ .*apple and pear.* filler\d+…$/);
    expect(shown.length).toBeLessThanOrEqual(162);
    expect(text).toContain(shown.slice(1, -1));
  });

  it.each([
    ["at the start", "needle ", "", /^needle.*…$/],
    ["at the end", "", " needle", /^….*needle$/],
  ])("has an ellipsis only where the text goes on: %s", (_, before, after, expected) => {
    expect(snippet(`${before}${"hay ".repeat(100).trim()}${after}`, "needle").text).toMatch(expected);
  });

  it("keeps its length with words that are longer, and its ranges inside", () => {
    for (const text of [
      "long".repeat(100),
      "東京".repeat(200),
      "a-".repeat(300),
      "😀".repeat(300),
      "e\u0301".repeat(300),
    ]) {
      for (const query of ["long", "東京", "a", "a-a-a-a", "😀", "e"]) {
        const { text: shown, ranges } = snippet(text, query);
        expect([...shown].length).toBeLessThanOrEqual(162);
        let end = 0;
        for (const { start, length } of ranges) {
          expect(start).toBeGreaterThanOrEqual(end);
          expect(length).toBeGreaterThan(0);
          end = start + length;
        }
        expect(end).toBeLessThanOrEqual([...shown].length);
      }
    }
  });
});
