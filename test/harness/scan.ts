/**
 * Searches texts one after the other without an index; tests compare the search of the service with it. The two share
 * no code, only the definition of a word.
 */
export type Scanned = readonly ReadonlySet<string>[];

const accents = /(?<=[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Arab}\p{sc=Hebr}]\p{Mn}*)\p{Mn}/gu;
const others: Record<string, string> = { đ: "d", ł: "l", ø: "o", œ: "oe", æ: "ae", ς: "σ", "\u0640": "" };

/** Removes case, accents and compatibility forms; in other scripts marks are vowels. */
const simple = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(accents, "")
    .toLowerCase()
    .replace(/[đłøœæς\u0640]/g, (letter) => others[letter] as string);

/** Moves skin tones to the end. */
const simpleEmoji = (emoji: string): string =>
  emoji.replace(/[\ufe0f\p{EMod}]/gu, "") + (emoji.match(/\p{EMod}/gu) ?? []).join("");

/** The pattern as a string: the flag v is newer than the language that our sources are compiled to. */
const emojis = new RegExp(["\\p{RGI_Emoji}"].join(), "gv");
const pieces = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{N}\p{M}]+)*/gu;

const wordsOf = (text: string): Scanned =>
  [...simple(text).matchAll(pieces)].map(([word]) => {
    const pieces = word.split(/['’]/);
    return new Set([...pieces, pieces.join("")]);
  });

/** Lists the words of a text, each with the pieces that apostrophes make of it, and its emoji. */
export function scanned(text: string): Scanned {
  const all: ReadonlySet<string>[] = [];
  let at = 0;
  for (const { 0: emoji, index } of text.matchAll(emojis)) {
    all.push(...wordsOf(text.slice(at, index)), new Set([simpleEmoji(emoji)]));
    at = index + emoji.length;
  }
  return [...all, ...wordsOf(text.slice(at))];
}

const has = (words: ReadonlySet<string> | undefined, sought: string, mayGoOn: boolean): boolean =>
  words !== undefined && (words.has(sought) || (mayGoOn && [...words].some((word) => word.startsWith(sought))));

/** Says whether the words stand in the text one behind the other. */
export const holds = (text: Scanned, sought: readonly string[], mayGoOn = false): boolean =>
  text.some((_, at) => sought.every((word, n) => has(text[at + n], word, mayGoOn && n === sought.length - 1)));
