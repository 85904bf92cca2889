import { Faker, type LocaleDefinition } from "@faker-js/faker";
import { faker as arabic } from "@faker-js/faker/locale/ar";
import { faker as czech } from "@faker-js/faker/locale/cs_CZ";
import { faker as greek } from "@faker-js/faker/locale/el";
import { faker as english } from "@faker-js/faker/locale/en";
import { faker as french } from "@faker-js/faker/locale/fr";
import { faker as hebrew } from "@faker-js/faker/locale/he";
import { faker as japanese } from "@faker-js/faker/locale/ja";
import { faker as korean } from "@faker-js/faker/locale/ko";
import { faker as nepali } from "@faker-js/faker/locale/ne";
import { faker as polish } from "@faker-js/faker/locale/pl";
import { faker as russian } from "@faker-js/faker/locale/ru";
import { faker as thai } from "@faker-js/faker/locale/th";
import { faker as vietnamese } from "@faker-js/faker/locale/vi";
import { faker as chinese } from "@faker-js/faker/locale/zh_CN";

type Words = readonly string[];
interface Script {
  words: Words;
  /** Between two words, and at the end. */
  space: string;
  ends: Words;
}

const spaced = { space: " ", ends: [".", "!", "?", "…", ""] };
const unspaced = { space: "", ends: ["。", "！", "？", ""] };

/** Few locales have texts, and all have names of people and places: those are words, too. */
function wordsOf({ rawDefinitions: { person, location, lorem } }: { rawDefinitions: LocaleDefinition }): Words {
  const { generic, female, male } = person?.first_name ?? {};
  const names = [generic, female, male, location?.city_name].flatMap((list) => (list ?? []) as Words);
  return [...((lorem?.word ?? []) as Words), ...names];
}

/** Only those of its own letters: where a locale has no list, it answers that of the English one. */
const written = (pattern: RegExp, ...lists: Words[]): Words => lists.flat().filter((word) => pattern.test(word));

const said =
  "the the the to to be be it it a a who is you and or not do like of in that this was I'm don't it's you're Grace's";
const { noun, verb, adjective } = english.rawDefinitions.word ?? {};
const common = [noun, verb, adjective].flatMap((list) => list ?? []);
const accented = "l'école d'accord aujourd'hui déjà où être naïve Noël café";

export const scripts = {
  latin: { ...spaced, words: [...Array(150).fill(said.split(" ")).flat(), ...common] },
  accents: {
    ...spaced,
    words: [...accented.split(" "), ...written(/[^\x20-\x7f]/, wordsOf(french), wordsOf(czech), wordsOf(polish))],
  },
  vietnamese: { ...spaced, words: wordsOf(vietnamese) },
  cyrillic: { ...spaced, words: written(/^[\p{sc=Cyrl} -]+$/u, wordsOf(russian)) },
  greek: { ...spaced, words: written(/^[\p{sc=Grek} ]+$/u, wordsOf(greek)) },
  arabic: { ...spaced, ends: [".", "!", "؟", ""], words: written(/^[\p{sc=Arab}\p{M} ]+$/u, wordsOf(arabic)) },
  hebrew: { ...spaced, words: written(/^[\p{sc=Hebr}\p{M}' ]+$/u, wordsOf(hebrew)) },
  devanagari: { ...spaced, ends: ["।", "!", "?", ""], words: written(/^[\p{sc=Deva}\p{M} ]+$/u, wordsOf(nepali)) },
  thai: { ...unspaced, ends: [" ", "!", ""], words: written(/^\p{sc=Thai}+$/u, wordsOf(thai)) },
  han: { ...unspaced, words: written(/^\p{sc=Han}+$/u, wordsOf(chinese)) },
  kana: { ...unspaced, words: written(/^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]+$/u, wordsOf(japanese)) },
  hangul: { ...spaced, words: written(/^\p{sc=Hang}+$/u, wordsOf(korean)) },
} satisfies Record<string, Script>;
export type ScriptName = keyof typeof scripts;

const names = Object.keys(scripts) as ScriptName[];

export type Line = [speaker: 1 | 2, text: string];

/** Makes texts such as people write, in many scripts; always the same ones from the same seed. */
export function createTexts(seed: number): {
  sentence(script: ScriptName): string;
  message(script: ScriptName): string;
  chat(script?: ScriptName): Line[];
} {
  const { helpers, number, internet } = new Faker({ locale: english.rawDefinitions, seed });

  function sentence(script: ScriptName): string {
    const { words, space, ends }: Script = scripts[script];
    const some = Array.from({ length: number.int({ min: 1, max: 14 }) }, () => helpers.arrayElement(words));
    return some.join(space) + helpers.arrayElement(ends);
  }

  /** One message: mostly in one script, now and then with an emoji or in a second one. */
  function message(script: ScriptName): string {
    const also = helpers.maybe(() => internet.emoji(), { probability: 0.15 });
    const other = helpers.maybe(() => sentence(helpers.arrayElement(names)), { probability: 0.05 });
    return [sentence(script), other, also].filter((part) => part !== undefined).join(" ");
  }

  /** A conversation of two, in one script. */
  function chat(script: ScriptName = helpers.arrayElement([...names, "latin", "latin"])): Line[] {
    return Array.from({ length: number.int({ min: 12, max: 32 }) }, () => [
      number.int({ min: 1, max: 2 }) as 1 | 2,
      message(script),
    ]);
  }

  return { sentence, message, chat };
}
