import { fold, queryTokens, quoted, searchVectorOf, wordsOf } from "./tokenizer.js";

/**
 * Folds a name for comparing and sorting: its words with one space between them, and characters of scripts without
 * spaces joined as written.
 */
export function nameKeyOf(name: string): string {
  let key = "";
  let end = 0;
  for (const word of wordsOf(name)) {
    if (word.isPart) continue;
    const isJoined = word.kind === "character" && word.start === end;
    key += `${key === "" || isJoined ? "" : " "}${fold(word.kind, name.slice(word.start, word.end))}`;
    end = word.end;
  }
  return key;
}

/**
 * Makes the text that pg_trgm compares names by. pg_trgm knows only the letters of the database's locale, which under
 * "C" are those of ASCII, so every other letter is replaced by an ASCII letter or digit. Neighbours in Unicode, as the
 * letters of one script are, get different ones. Words of scripts without spaces are left out: one differing character
 * of two is another name and no typing mistake.
 */
export const trigramKey = (name: string): string =>
  wordsOf(name)
    .filter(({ kind, isPart }) => kind === "word" && !isPart)
    .map(({ lexeme }) => lexeme.replace(/[^a-z0-9]/gu, (letter) => ((letter.codePointAt(0) ?? 0) % 36).toString(36)))
    .join(" ");

/**
 * Computes the search columns of a name. Every statement that writes a name writes them with it, so that they always
 * agree.
 */
export const nameSearchColumns = (name: string) => ({
  name_key: nameKeyOf(name),
  name_likeness: trigramKey(name),
  name_words: searchVectorOf(name) ?? "",
});

/** Makes a tsquery for names in which each of the text's words begins some word; undefined when the text has none. */
export function nameQueryOf(text: string): string | undefined {
  const lexemes = new Set(queryTokens(text).map(({ lexeme }) => `${quoted(lexeme)}:*`));
  return lexemes.size === 0 ? undefined : [...lexemes].join(" & ");
}
