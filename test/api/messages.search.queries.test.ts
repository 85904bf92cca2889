import { beforeAll, describe, expect, it } from "vitest";
import { search, sendAmong, textsFound } from "../harness/search.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

describe("200", () => {
  it.each([
    ["a word, whatever its case", "GRACE", ["Hello, Grace!"]],
    ["a word without its accents", "eclair", ["Un éclair", "e\u0301clairs"]],
    ["a word with accents that the text lacks", "Héllö", ["Hello, Grace!"]],
    ["all of several words", "the band", ["The Who, the band"]],
    ["words that mean little", "the who", ["The Who, the band", "who is the one?"]],
    ["nothing but such words", "to be or not to be", ["To be, or not to be", "not to be", "be to"]],
    ["a phrase", '"to be"', ["To be, or not to be", "not to be"]],
    ["what begins so", "hel", ["Hello, Grace!"]],
    ["a word between quotes only as it is", '"hel"', []],
    ["without a word", "band -who", ["headband or band-aid"]],
    ["without a phrase", 'be -"not to be"', ["be to"]],
    ["one or the other", "grace or headband", ["Hello, Grace!", "headband or band-aid"]],
    ["an address", "john.doe@example.com", ["Mail John.Doe@Example.com"]],
    ["the beginning of an address", "john.doe@exa", ["Mail John.Doe@Example.com"]],
    ["a part of an address", "example.com", ["Mail John.Doe@Example.com", "https://example.com/a-b?c=1#d"]],
    ["a link", "https://example.com/a-b?c=1#d", ["https://example.com/a-b?c=1#d"]],
    ["a word with a hyphen", "band-aid", ["headband or band-aid"]],
    ["the second half of it", "aid", ["headband or band-aid"]],
    ["a word with an apostrophe", "don't", ["I don’t know", "dont"]],
    ["the same without it", "dont", ["I don’t know", "dont"]],
    ["two Chinese characters", "京都", ["東京都に住む"]],
    ["one", "京", ["東京都に住む", "京"]],
    ["more", "東京都に", ["東京都に住む"]],
    ["not what stands in another order", "都京", []],
    ["Korean inside of a word", "학교", ["서울대학교에서"]],
    ["an emoji", "👍", ["fine 👍🏽", "👍"]],
    ["an emoji with its tone", "👍🏽", ["fine 👍🏽"]],
  ])("finds %s: %s", async (_, q, expected) => {
    expect((await textsFound(workspace.ada, q, { conversation_id: texts.id })).sort()).toEqual([...expected].sort());
  });
  let texts: { id: string };
  beforeAll(async () => {
    texts = await sendAmong(
      workspace,
      "Hello, Grace!",
      "Un éclair",
      "e\u0301clairs",
      "The Who, the band",
      "who is the one?",
      "To be, or not to be",
      "not to be",
      "be to",
      "headband or band-aid",
      "Mail John.Doe@Example.com",
      "https://example.com/a-b?c=1#d",
      "I don’t know",
      "dont",
      "東京都に住む",
      "京",
      "서울대학교에서",
      "fine 👍🏽",
      "👍",
    );
  });

  it.each(["?!", "-hello", '""', "-", "&", " ", "'", '"', "🏽", "\\", "%", "€"])(
    "finds nothing where nothing is asked for: %j",
    async (q) => {
      const { status, body } = await search(workspace.ada, { q, conversation_id: texts.id });
      expect({ status, body }).toEqual({ status: 200, body: { items: [], next_cursor: null } });
    },
  );

  it("answers every query, however it is made", async () => {
    const signs = [
      ..."\"'()&|!<>:*-\\%_$@#?;,.{}[]~`^=+/ \n\t\u200d\u0301\ufe0f",
      " or ",
      " -",
      "<->",
      ":*",
      "a",
      "京",
      "👍",
    ];
    let seed = 20_261_122;
    const next = (n: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    for (let n = 0; n < 150; n += 1) {
      const q = upTo(1 + next(40))
        .map(() => signs[next(signs.length)])
        .join("")
        .slice(0, 200);
      for (const sort of ["relevance", "newest"]) {
        const { status } = await search(workspace.ada, { q, sort });
        expect({ q, status }).toEqual({ q, status: 200 });
      }
    }
  });

  it("is done in time with the most that can be asked", async () => {
    const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
    const queries = [
      upTo(100)
        .map((n) => letters[n % 36])
        .join(" "),
      upTo(66)
        .map((n) => `${letters[n % 36]}${letters[(n * 7) % 36]}`)
        .join(" "),
      upTo(50)
        .map((n) => letters[n % 36])
        .join(" or "),
      `a ${upTo(66)
        .map((n) => `-${letters[n % 36]}`)
        .join(" ")}`,
      `"${upTo(99)
        .map((n) => letters[n % 36])
        .join(" ")}"`,
      "東".repeat(200),
      "x".repeat(200),
      "👍".repeat(200),
      "\ufdfa".repeat(200),
    ];
    for (const q of queries) {
      // One that takes longer than two seconds is answered 503.
      expect((await search(workspace.ada, { q: [...q].slice(0, 200).join("") })).status).toBe(200);
    }
  });

  it("writes any text down so that it can be found", async () => {
    const strange = [
      "\\ ' \\' '' :1A",
      "a".repeat(10_000),
      `${"x ".repeat(4_990)}needle`,
      "東".repeat(9_999),
      "\ufdfa ".repeat(2_000),
    ];
    const { id } = await sendAmong(workspace, ...strange.map((text) => `${text} findable`.slice(-10_000)));
    expect(await textsFound(workspace.ada, "findable", { conversation_id: id })).toHaveLength(strange.length);
    expect(await textsFound(workspace.ada, "needle", { conversation_id: id })).toHaveLength(1);
  });
});
