import { type Word, wordsOf } from "@vero/db";
import type { Term } from "./search.terms.js";

export interface Snippet {
  text: string;
  /** In Unicode code points of the text; in order, without overlap. */
  ranges: { start: number; length: number }[];
}

/** A range from `start` up to `end`. */
interface Span {
  start: number;
  end: number;
}

/** The maximum of code points of a snippet; an ellipsis shows where the text goes on. */
const width = 160;

/** Returns the range of the term's word in a word of the text, or undefined. */
function matched({ words, isPrefix }: Term, index: number, word: Word): Span | undefined {
  const sought = words[index] as Word;
  const mayGoOn = isPrefix && index === words.length - 1;
  const isAlone = sought.kind === "character" && sought.reach === sought.end;
  const fits = mayGoOn || isAlone ? word.lexeme.startsWith(sought.lexeme) : word.lexeme === sought.lexeme;
  if (!fits) return undefined;
  return { start: word.start, end: isAlone ? word.end : word.reach };
}

/** Returns the ranges of the terms in the text, in UTF-16 units, in order and without overlap. */
function hitsIn(words: readonly Word[], terms: readonly Term[]): Span[] {
  const at = new Map<number, Word[]>();
  for (const word of words) {
    const others = at.get(word.position);
    if (others === undefined) at.set(word.position, [word]);
    else others.push(word);
  }
  // By how they begin: a query may have many terms, and a page many words.
  const beginning = new Map<string, Term[]>();
  for (const term of terms) {
    const letter = term.words[0]?.lexeme.charAt(0) ?? "";
    beginning.set(letter, [...(beginning.get(letter) ?? []), term]);
  }
  const hits: Span[] = [];
  for (const word of words) {
    for (const term of beginning.get(word.lexeme.charAt(0)) ?? []) {
      const first = matched(term, 0, word);
      if (first === undefined) continue;
      let last: Span | undefined = first;
      for (let index = 1; index < term.words.length && last !== undefined; index += 1) {
        const step = (term.words[index] as Word).position - (term.words[0] as Word).position;
        const here = at.get(word.position + step) ?? [];
        last = here.map((next) => matched(term, index, next)).find((found) => found !== undefined);
      }
      if (last !== undefined) hits.push({ start: first.start, end: last.end });
    }
  }
  hits.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Span[] = [];
  for (const hit of hits) {
    const before = apart.at(-1);
    if (before !== undefined && hit.start < before.end) before.end = Math.max(before.end, hit.end);
    else apart.push({ ...hit });
  }
  return apart;
}

/** Returns, for each UTF-16 unit and the end, the number of code points before it. */
function pointsIn(text: string): number[] {
  const points: number[] = [];
  let count = 0;
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit += 1) points.push(count);
    count += 1;
  }
  points.push(count);
  return points;
}

/** Returns the range of the most hits that fit into the width together. */
function densest(hits: readonly Span[]): Span {
  let best = { span: { start: 0, end: 0 }, count: 0 };
  for (let first = 0, last = 0; first < hits.length; first += 1) {
    const { start } = hits[first] as Span;
    last = Math.max(last, first);
    while (last + 1 < hits.length && (hits[last + 1] as Span).end <= start + width) last += 1;
    const count = last - first + 1;
    if (count > best.count) best = { span: { start, end: Math.min((hits[last] as Span).end, start + width) }, count };
  }
  return best.span;
}

/** Returns the text around the hits, cut where words begin and end. */
function around({ start, end }: Span, borders: readonly Span[], length: number): Span {
  const from = Math.max(0, Math.min(start - Math.floor((width - (end - start)) / 2), length - width));
  const to = Math.min(length, from + width);
  const firstBorder = borders.find((word) => word.start >= from)?.start ?? start;
  const lastBorder = borders.findLast((word) => word.end <= to)?.end ?? end;
  return {
    start: from === 0 ? 0 : Math.min(start, firstBorder),
    end: to === length ? length : Math.max(end, lastBorder),
  };
}

/** Makes the snippet of a match: plain text around the terms, and the ranges to highlight. */
export function snippetOf(text: string, terms: readonly Term[]): Snippet {
  const words = wordsOf(text);
  const points = pointsIn(text);
  const inPoints = ({ start, end }: Span): Span => ({ start: points[start] as number, end: points[end] as number });
  const length = points.at(-1) as number;
  const hits = hitsIn(words, terms).map(inPoints);
  const borders = words.filter(({ isPart }) => !isPart).map(inPoints);
  const shown = length <= width ? { start: 0, end: length } : around(densest(hits), borders, length);
  const before = shown.start > 0 ? "…" : "";
  const after = shown.end < length ? "…" : "";
  const slice = text.slice(points.indexOf(shown.start), points.indexOf(shown.end));
  const ranges = hits.flatMap((hit) => {
    const start = Math.max(hit.start, shown.start);
    const end = Math.min(hit.end, shown.end);
    return start < end ? [{ start: start - shown.start + before.length, length: end - start }] : [];
  });
  return { text: before + slice + after, ranges };
}
