import { describe, expect, it } from "vitest";
import { ratioOf } from "../../../test/harness/timing.js";
import { searchVectorOf, wordsOf } from "../src/tokenizer/tokenizer.js";

const lexemes = (text: string): string[] => wordsOf(text).map(({ lexeme }) => lexeme);
/** The lexemes of each position. */
function placesOf(text: string): string[][] {
  const places: string[][] = [];
  for (const { lexeme, position } of wordsOf(text)) {
    places[position - 1] = [...(places[position - 1] ?? []), lexeme];
  }
  return places;
}

describe("words", () => {
  it.each([
    ["case and accents", "Éclair ÉCLAIR e\u0301clair", ["eclair", "eclair", "eclair"]],
    ["letters with strokes", "Łódź Søren Ærø Œuvre Þór", ["lodz", "soren", "aero", "oeuvre", "thor"]],
    [
      "the other forms of s",
      "Straße STRASSE GROẞE ΣΊΣΥΦΟΣ Σίσυφος",
      ["strasse", "strasse", "grosse", "σισυφοσ", "σισυφοσ"],
    ],
    ["the Turkish i", "İstanbul ısı", ["istanbul", "isi"]],
    ["compatibility forms", "ﬁne Ｆｕｌｌ 𝐇𝐞𝐥𝐥𝐨 ①", ["fine", "full", "hello", "1"]],
    ["Arabic with and without its points", "مُحَمَّد محمد محـمد", ["محمد", "محمد", "محمد"]],
    ["the vowels of India", "हिन्दी में", ["हिन्दी", "में"]],
    ["soft hyphens and joiners", "so\u00adft می\u200cخواهم \u202bשלום\u202c", ["soft", "میخواهم", "שלום"]],
    ["a space of no width", "one\u200btwo", ["one", "two"]],
    ["stop words", "to be or not to be", ["to", "be", "or", "not", "to", "be"]],
    ["numbers", "3.14 x2 2x", ["3", "14", "x2", "2x"]],
  ])("know %s", (_, text, expected) => {
    expect(lexemes(text)).toEqual(expected);
  });

  it.each(["john.doe@Example.com", "john doe example com", "John-Doe/example_com", "…john; (doe) «example» #com!"])(
    "of %s stand one behind the other",
    (text) => {
      expect(placesOf(text)).toEqual([["john"], ["doe"], ["example"], ["com"]]);
    },
  );

  it.each(["'", "’", "ʼ", "＇"])("with %s are found as a whole and in pieces, at one position", (apostrophe) => {
    expect(placesOf(`I don${apostrophe}t like l${apostrophe}École`)).toEqual([
      ["i"],
      ["don", "t", "dont"],
      ["like"],
      ["l", "ecole", "lecole"],
    ]);
    expect(lexemes(`${apostrophe}quoted${apostrophe} ${apostrophe}`)).toEqual(["quoted"]);
  });

  it.each([
    ["Chinese", "東京都", ["東京", "京都", "都"]],
    ["Japanese", "スーパーだ", ["スー", "ーパ", "パー", "ーだ", "だ"]],
    ["narrow kana", "ｶﾞｽ ガス", ["ガス", "ス", "ガス", "ス"]],
    ["Korean", "대학교", ["대학", "학교", "교"]],
    ["Korean in pieces", "대학".normalize("NFD"), ["대학", "학"]],
    ["Thai", "ที่นี่", ["ที่นี่", "นี่"]],
    ["a mixture", "iPhone買う", ["iphone", "買う", "う"]],
  ])("without spaces are pairs of characters: %s", (_, text, expected) => {
    expect(lexemes(text)).toEqual(expected);
  });

  it.each([
    ["each by itself", "👍👍🎉", ["👍", "👍", "🎉"]],
    ["in either style", "❤️ ❤", ["❤", "❤"]],
    ["made of several", "👨‍👩‍👧 🇩🇪🇫🇷 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", ["👨‍👩‍👧", "🇩🇪", "🇫🇷", "1⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"]],
    ["with their tone last", "👍🏽 👩🏽‍💻", ["👍🏽", "👩‍💻🏽"]],
    ["right beside words", "ok👍fine", ["ok", "👍", "fine"]],
  ])("are also emoji: %s", (_, text, expected) => {
    expect(lexemes(text)).toEqual(expected);
  });

  it("say where they stand", () => {
    const text = "😀 E\u0301tude, don’t 東京";
    const found = wordsOf(text).map(({ start, end, reach }) => [text.slice(start, end), text.slice(start, reach)]);
    expect(found).toEqual([
      ["😀", "😀"],
      ["E\u0301tude", "E\u0301tude"],
      ["don", "don"],
      ["t", "t"],
      ["don’t", "don’t"],
      ["東", "東京"],
      ["京", "京"],
    ]);
  });

  it("are none in nothing but signs", () => {
    expect(lexemes("?! … -- € \u0301 \u200d ' 🏽")).toEqual([]);
  });

  it.each(["a'", "東", "👩‍", "\u1100", "'"])("are found in time, however a text is made (%#)", (piece) => {
    const [strange, ordinary] = [piece, "some words "].map((one) => one.repeat(10_000 / one.length));
    // By a search through all earlier ones for each it would be thousands of times as long.
    expect(
      ratioOf(
        () => wordsOf(strange as string),
        () => wordsOf(ordinary as string),
      ),
    ).toBeLessThan(200);
  });
});

describe("the vector of a text", () => {
  it("has each word once, with its places", () => {
    expect(searchVectorOf("the cat, the dog's")).toBe("'the':1,3 'cat':2 'dog':4 's':4 'dogs':4");
    expect(searchVectorOf("…")).toBe("");
    expect(searchVectorOf(null)).toBeNull();
  });

  it("keeps to what PostgreSQL can hold", () => {
    const [, places = ""] = searchVectorOf("no ".repeat(400))?.split(":") ?? [];
    expect(places.split(",")).toHaveLength(255);
    const long = searchVectorOf("é".repeat(10_000)) ?? "";
    expect(Buffer.byteLength(long)).toBeLessThan(2_046);
  });
});
