/** The kinds of characters that the tokenizer distinguishes; a separator is any character of no other kind. */
export const kinds = {
  unknown: 0,
  separator: 1,
  letter: 2,
  character: 3,
  mark: 4,
  apostrophe: 5,
  pictograph: 6,
} as const;
type Kind = (typeof kinds)[keyof typeof kinds];

/** Scripts whose words are not separated by spaces, and Korean, which writes compounds and endings without spaces. */
const unspaced =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Yiii}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
const letter = /[\p{L}\p{N}]/u;
const pictograph = /[\p{Extended_Pictographic}\p{RI}]/u;
const apostrophe = /['\u2018\u2019\u02bb\u02bc\uff07]/;
/**
 * Marks belong to the letter before: accents and vowel signs, the later parts of a Hangul syllable, halfwidth kana
 * sound marks, and invisible characters (soft hyphens, joiners, marks of direction, variation selectors).
 */
const mark = /[\p{M}\u1160-\u11ff\uff9e\uff9f\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;

function computeKind(character: string): Kind {
  if (pictograph.test(character)) return kinds.pictograph;
  if (apostrophe.test(character)) return kinds.apostrophe;
  if (mark.test(character)) return kinds.mark;
  if (!letter.test(character)) return kinds.separator;
  return unspaced.test(character) ? kinds.character : kinds.letter;
}

/**
 * A cache of kinds by code point: a regular expression with Unicode properties takes microseconds, once per character
 * is enough.
 */
const known = new Uint8Array(0x11_0000);

export function kindOf(codePoint: number): Kind {
  const cached = known[codePoint] as Kind;
  if (cached !== kinds.unknown) return cached;
  const found = computeKind(String.fromCodePoint(codePoint));
  known[codePoint] = found;
  return found;
}

/**
 * Returns the end of a run of characters of one kind, each with its marks, and at most `maxCharacters` of them; `start`
 * when there is none.
 */
export function endOf(text: string, start: number, wanted: Kind, maxCharacters = Number.POSITIVE_INFINITY): number {
  let end = start;
  for (let count = 0; end < text.length; ) {
    const codePoint = text.codePointAt(end) as number;
    const found = kindOf(codePoint);
    if (found === wanted) count += 1;
    else if (found !== kinds.mark || count === 0) break;
    if (count > maxCharacters) break;
    end += codePoint > 0xffff ? 2 : 1;
  }
  return end;
}

/**
 * Scripts in which combining marks are accents, which people leave out. In others they are vowels, and the word without
 * is another.
 */
const accents = /([\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Arab}\p{sc=Hebr}])\p{Mn}+/gu;
/** Letters that Unicode does not decompose, mapped to what people type who lack them on their keyboard. */
const strokes = { ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ŧ: "t", æ: "ae", œ: "oe", þ: "th", ς: "σ" };
const stroked = new RegExp(`[${Object.keys(strokes).join("")}]`, "g");
/** Characters that are no part of a word's spelling, such as the tatweel, which only stretches Arabic words. */
const beside = /[^\p{L}\p{N}\p{M}]|\u0640|\u02bb|\u02bc|\p{Variation_Selector}/gu;

/**
 * The length limit of lexemes: longer than any word of a query, and below PostgreSQL's 2,046 bytes. Index and query cut
 * words alike, so they still agree.
 */
const maxLexemeLength = 256;

/** Folds a word: removes case, accents and compatibility forms. */
export function folded(word: string): string {
  if (/^[A-Za-z0-9]+$/.test(word)) return word.slice(0, maxLexemeLength).toLowerCase();
  const spelling = word.normalize("NFKD").replace(beside, "").replace(accents, "$1");
  // Through both cases, as Unicode folds: ẞ becomes ß in lower case only, and ß SS in upper case only.
  const lower = spelling.toLowerCase().toUpperCase().normalize("NFKD").replace(accents, "$1").toLowerCase();
  const lexeme = lower.replace(stroked, (found) => strokes[found as keyof typeof strokes]).normalize("NFC");
  return lexeme.slice(0, maxLexemeLength).replace(/[\ud800-\udbff]$/, "");
}

/** A cache of folded characters: most texts of a script without spaces use the same few hundred. */
const characters = new Map<string, string>();
const maxCachedCharacters = 10_000;

export function foldedCharacter(character: string): string {
  const cached = characters.get(character);
  if (cached !== undefined) return cached;
  if (characters.size >= maxCachedCharacters) characters.clear();
  const found = folded(character);
  characters.set(character, found);
  return found;
}

const tones = /\p{EMod}/gu;

/** Folds an emoji. Skin tones come last, so that the emoji without a tone is a prefix of the same one with it. */
export function foldedEmoji(emoji: string): string {
  const plain = emoji.replace(/[\ufe0e\ufe0f]/g, "");
  return [...plain.replace(tones, ""), ...(plain.match(tones) ?? [])].slice(0, maxLexemeLength / 4).join("");
}
