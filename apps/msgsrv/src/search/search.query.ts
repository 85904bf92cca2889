import { quoted, type Word } from "@vero/db";
import { type Term, termsOf } from "./search.terms.js";

/** A query as tsqueries, in the notation of PostgreSQL, and the terms that a snippet shows. */
export interface SearchQuery {
  /** The query of matches, in which last words are prefixes. */
  all: string;
  /** The same query without prefixes. */
  exact: string;
  /** All words as one phrase. */
  whole: string;
  terms: Term[];
}

/** One character alone is stored with the one that follows it. */
const goesOn = ({ kind, reach, end }: Word): boolean => kind === "character" && reach === end;

function tsqueryOf({ words, isPrefix }: Term): string {
  const [first] = words;
  let before = first?.position ?? 0;
  const phrase = words.map((word, index) => {
    const mayGoOn = goesOn(word) || (isPrefix && index === words.length - 1);
    const step = index === 0 ? "" : ` <${word.position - before}> `;
    before = word.position;
    return `${step}${quoted(word.lexeme)}${mayGoOn ? ":*" : ""}`;
  });
  return phrase.length > 1 ? `(${phrase.join("")})` : phrase.join("");
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];

/** Makes the query of a search; undefined when it has no word that could match. */
export function searchQueryOf(text: string): SearchQuery | undefined {
  const { groups, whole } = termsOf(text);
  if (groups.length === 0) return undefined;
  const written = (of: (term: Term) => string): string =>
    distinct(
      groups.map(({ wanted, excluded }) =>
        distinct([...wanted.map(of), ...excluded.map((term) => `!${tsqueryOf(term)}`)]).join(" & "),
      ),
    ).join(" | ");
  return {
    all: written(tsqueryOf),
    exact: written((term) => tsqueryOf({ ...term, isPrefix: false })),
    whole: tsqueryOf(whole),
    terms: groups.flatMap(({ wanted }) => wanted),
  };
}
