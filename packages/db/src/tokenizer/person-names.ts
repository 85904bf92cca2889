import { fold, queryTokens, quoted, searchVectorOf, wordsOf } from "./tokenizer.js";

/**
 * A name as it is compared and sorted: its words, folded, with one space between them; where there are no spaces
 * between words, as written.
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
 * The words of a name for pg_trgm, which knows the letters of the database's locale only, and in the plainest of them
 * no others than those of ASCII: each other letter as one of these. Neighbours in Unicode, as the letters of a script
 * are, do not become the same. Characters that are words are left out: one of two is no typing mistake.
 */
export const trigramKey = (name: string): string =>
  wordsOf(name)
    .filter(({ kind, isPart }) => kind === "word" && !isPart)
    .map(({ lexeme }) => lexeme.replace(/[^a-z0-9]/gu, (letter) => ((letter.codePointAt(0) ?? 0) % 36).toString(36)))
    .join(" ");

/** What is stored beside a name: derived from it, so that nobody writes the one without the other. */
export const nameSearchColumns = (name: string) => ({
  name_key: nameKeyOf(name),
  name_likeness: trigramKey(name),
  name_words: searchVectorOf(name) ?? "",
});

/** A tsquery for names in which each of the words begins some word; undefined when there are none. */
export function nameQueryOf(text: string): string | undefined {
  const lexemes = new Set(queryTokens(text).map(({ lexeme }) => `${quoted(lexeme)}:*`));
  return lexemes.size === 0 ? undefined : [...lexemes].join(" & ");
}
