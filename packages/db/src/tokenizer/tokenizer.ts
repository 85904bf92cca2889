import { endOf, folded, foldedCharacter, foldedEmoji, kindOf, kinds } from "./unicode.js";

/**
 * A token of a text. Index, queries and snippets use this one tokenizer, so that a message is found by exactly the
 * tokens found here. There are no dictionaries: they know one language each, and their stop words would drop all of
 * "The Who".
 */
export interface Word {
  /**
   * The folded form that is stored and compared; for a character of a script without spaces, it and the next one (a
   * bigram).
   */
  lexeme: string;
  /**
   * The position among the text's words, from 1: words of a phrase are at consecutive positions, whatever separates
   * them.
   */
  position: number;
  /** The range in the text, in UTF-16 units. */
  start: number;
  end: number;
  /** The end of the second character of a bigram; otherwise the same as `end`. */
  reach: number;
  kind: "word" | "character" | "emoji";
  /**
   * True for a piece of a word with apostrophes, at the position of the whole: "école" of "l'école" is found with and
   * without article.
   */
  isPart: boolean;
}

const pictograph = "\\p{Extended_Pictographic}[\\ufe0e\\ufe0f\\p{EMod}]*[\\u{e0020}-\\u{e007f}]*";
const emoji = new RegExp(`\\p{RI}{1,2}|${pictograph}(?:\\u200d${pictograph})*`, "uy");
const keycap = /[0-9#*]\ufe0f?\u20e3/y;

function matchAt(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return start + (pattern.exec(text)?.[0].length ?? 0);
}

/** Finds the pieces of a word that are joined by apostrophes, given the end of the first. */
function piecesFrom(text: string, start: number, end: number): [start: number, end: number][] {
  const pieces: [number, number][] = [[start, end]];
  for (let last = end; last < text.length && kindOf(text.charCodeAt(last)) === kinds.apostrophe; ) {
    const next = endOf(text, last + 1, kinds.letter);
    if (next === last + 1) break;
    pieces.push([last + 1, next]);
    last = next;
  }
  return pieces;
}

type Found = Pick<Word, "start" | "end" | "kind"> & { pieces: [start: number, end: number][] };

function foundAt(text: string, start: number): Found | undefined {
  const capped = matchAt(keycap, text, start);
  if (capped > start) return { start, end: capped, kind: "emoji", pieces: [] };
  const of = kindOf(text.codePointAt(start) as number);
  if (of === kinds.letter) {
    const pieces = piecesFrom(text, start, endOf(text, start, kinds.letter));
    return { start, end: pieces.at(-1)?.[1] ?? start, kind: "word", pieces: pieces.length > 1 ? pieces : [] };
  }
  if (of === kinds.character) {
    return { start, end: endOf(text, start, kinds.character, 1), kind: "character", pieces: [] };
  }
  if (of === kinds.pictograph) return { start, end: matchAt(emoji, text, start), kind: "emoji", pieces: [] };
  return undefined;
}

const folds = { word: folded, character: foldedCharacter, emoji: foldedEmoji };
export const fold = (kind: Word["kind"], text: string): string => folds[kind](text);

/** Splits a text into tokens, in order; pieces of a word come before the whole. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let position = 0;
  let previous: Word | undefined;
  for (let at = 0; at < text.length; ) {
    const found = foundAt(text, at);
    at = found?.end ?? at + 1;
    if (found === undefined) continue;
    const { start, end, kind } = found;
    const lexeme = fold(kind, text.slice(start, end));
    if (lexeme === "") continue;
    position += 1;
    if (kind === "character" && previous?.kind === "character" && previous.end === start) {
      previous.lexeme += lexeme;
      previous.reach = end;
    }
    for (const [start, end] of found.pieces) {
      words.push({ position, kind, lexeme: fold(kind, text.slice(start, end)), start, end, reach: end, isPart: true });
    }
    previous = { position, kind, lexeme, start, end, reach: end, isPart: false };
    words.push(previous);
  }
  return words;
}

/**
 * Returns the tokens that a query needs: pieces between apostrophes are implied by the whole word, and the last
 * character of a run by the bigram before it.
 */
export const queryTokens = (text: string): Word[] => {
  const words = wordsOf(text).filter(({ isPart }) => !isPart);
  return words.filter(({ kind, start, end, reach }, index) => {
    const isLast = kind === "character" && reach === end;
    const previous = words[index - 1];
    return !(isLast && previous?.kind === "character" && previous.end === start);
  });
};

/**
 * PostgreSQL's limits on positions in a tsvector. A token beyond them is still found, but no longer as part of a
 * phrase.
 */
const lastPosition = 16_383;
const maxPositions = 255;

/** Quotes a lexeme for tsvector and tsquery. */
export const quoted = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, "$&$&")}'`;

/**
 * Makes the tsvector of a text, in PostgreSQL's notation. Null where there is no text, as in a deleted message or one
 * that has only files.
 */
export function searchVectorOf(text: string | null): string | null {
  if (text === null) return null;
  const positionsOf = new Map<string, number[]>();
  for (const { lexeme, position } of wordsOf(text)) {
    const known = positionsOf.get(lexeme);
    if (known === undefined) positionsOf.set(lexeme, [Math.min(position, lastPosition)]);
    else if (known.length < maxPositions && position <= lastPosition) known.push(position);
  }
  return [...positionsOf].map(([lexeme, positions]) => `${quoted(lexeme)}:${positions.join(",")}`).join(" ");
}
