import { maxQueryWords } from "@vero/contracts";
import { queryTokens, type Word } from "@vero/db";

/** A word or a phrase of a query. */
export interface Term {
  words: readonly Word[];
  /** Whether the term is not quoted, so that its last word is a prefix. */
  isPrefix: boolean;
}

/** The terms of a query. A text matches when it has all wanted terms and no excluded term of one group. */
export interface Terms {
  groups: { wanted: Term[]; excluded: Term[] }[];
  /** All wanted words in the order in which they were written, which rank texts with the whole phrase first. */
  whole: Term;
}

/** Telephones write the curly ones by themselves. */
const quote = '["\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02]';
const open = quote.replace("[", "[^");
/** A phrase, a word or what stands between spaces, a quote that nothing closes. */
const chunks = new RegExp(`(-?)${quote}(${open}*)${quote}|([^\\s${quote.slice(1)}+)|${quote}`, "gu");

interface Chunk extends Term {
  isExcluded: boolean;
  isOr: boolean;
}

/** Up to the bound on words: each is looked for in every position of every text that is found. */
function chunksOf(query: string): Chunk[] {
  const all: Chunk[] = [];
  let left = maxQueryWords;
  for (const [, minus, phrase, plain] of query.matchAll(chunks)) {
    // `--flag` is something that people look for.
    const isExcluded = phrase === undefined ? /^-[^-]/u.test(plain ?? "") : minus === "-";
    const sought = queryTokens(phrase ?? plain ?? "");
    const words = sought.slice(0, left);
    if (words.length === 0) continue;
    left -= words.length;
    // An excluded phrase that is cut at the bound would exclude more than was asked.
    if (isExcluded && words.length < sought.length) continue;
    const isOr = plain?.toLowerCase() === "or";
    // An excluded word is no prefix: excluding cats does not exclude categories.
    all.push({
      words,
      isPrefix: phrase === undefined && !isExcluded && words.length === sought.length,
      isExcluded,
      isOr,
    });
  }
  return all;
}

/** Joins the terms to one sequence of words. */
function joined(terms: readonly Term[]): Term {
  const words: Word[] = [];
  let offset = 0;
  for (const term of terms) {
    const first = term.words[0]?.position ?? 1;
    for (const word of term.words) words.push({ ...word, position: offset + 1 + word.position - first });
    const last = words.at(-1);
    offset = (last?.position ?? 0) + (last !== undefined && last.reach > last.end ? 1 : 0);
  }
  return { words, isPrefix: false };
}

/**
 * Reads a query as web searches do: "a phrase", -not, or. Whatever else is written, are words; nothing is an error.
 * `or` is one only between terms, and binds less than what stands side by side. What only excludes is left out: it
 * would find nearly everything.
 */
export function termsOf(query: string): Terms {
  const all = chunksOf(query);
  const groups: Terms["groups"] = [{ wanted: [], excluded: [] }];
  const written: Term[] = [];
  let mayBeOr = false;
  for (const [index, chunk] of all.entries()) {
    const next = all[index + 1];
    if (chunk.isOr && mayBeOr && next !== undefined && !next.isOr) {
      groups.push({ wanted: [], excluded: [] });
      mayBeOr = false;
      written.push(chunk);
      continue;
    }
    mayBeOr = true;
    const { wanted, excluded } = groups.at(-1) as Terms["groups"][number];
    (chunk.isExcluded ? excluded : wanted).push(chunk);
    if (!chunk.isExcluded) written.push(chunk);
  }
  return { groups: groups.filter(({ wanted }) => wanted.length > 0), whole: joined(written) };
}
