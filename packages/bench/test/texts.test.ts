import { describe, expect, it } from "vitest";
import { createTexts, type ScriptName, scripts } from "../src/texts.js";

const names = Object.keys(scripts) as ScriptName[];

/** A letter by which somebody knows the script. */
const letters: Record<ScriptName, RegExp> = {
  latin: /[a-z]/,
  accents: /[à-žÀ-Ž]/,
  vietnamese: /[ạảấầẩậắặẹếềểệịọốồổộớờợụủứừửữựỳỹđ]/i,
  cyrillic: /\p{sc=Cyrl}/u,
  greek: /\p{sc=Grek}/u,
  arabic: /\p{sc=Arab}/u,
  hebrew: /\p{sc=Hebr}/u,
  devanagari: /\p{sc=Deva}\p{M}/u,
  thai: /\p{sc=Thai}/u,
  han: /\p{sc=Han}/u,
  kana: /[\p{sc=Hira}\p{sc=Kana}]/u,
  hangul: /\p{sc=Hang}/u,
};

describe("made texts", () => {
  it("are the same from the same seed, and others from another", () => {
    const [one, same, other] = [createTexts(7), createTexts(7), createTexts(8)].map((texts) => texts.chat());
    expect(one).toEqual(same);
    expect(one).not.toEqual(other);
  });

  it.each(names)("are in letters of their script: %s", (name) => {
    const texts = createTexts(1);
    expect(scripts[name].words.length).toBeGreaterThan(50);
    expect(Array.from({ length: 20 }, () => texts.sentence(name)).join(" ")).toMatch(letters[name]);
  });

  it("come in every script and with emoji, from two speakers, and none is empty or too long", () => {
    const texts = createTexts(1);
    const lines = Array.from({ length: 200 }, () => texts.chat()).flat();
    for (const letter of [...Object.values(letters), /\p{EPres}/u]) {
      expect(lines.some(([, text]) => letter.test(text))).toBe(true);
    }
    expect(new Set(lines.map(([speaker]) => speaker))).toEqual(new Set([1, 2]));
    for (const [, text] of lines) {
      expect(text.trim()).not.toBe("");
      expect(text.length).toBeLessThan(1_000);
    }
  });
});
