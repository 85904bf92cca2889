/**
 * Finds words in texts the plain way, text by text: what the search of the service is compared with. It shares nothing
 * with it but the idea of what a word is.
 */
export type Scanned = readonly ReadonlySet<string>[];

const simple = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The words of a text, each with the pieces that apostrophes make of it. */
export const scanned = (text: string): Scanned =>
  [...simple(text).matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu)].map(([word]) => {
    const pieces = word.split(/['’]/);
    return new Set([...pieces, pieces.join("")]);
  });

const has = (words: ReadonlySet<string> | undefined, sought: string, mayGoOn: boolean): boolean =>
  words !== undefined && (words.has(sought) || (mayGoOn && [...words].some((word) => word.startsWith(sought))));

/** Whether the words stand somewhere one behind the other. */
export const holds = (text: Scanned, sought: readonly string[], mayGoOn = false): boolean =>
  text.some((_, at) => sought.every((word, n) => has(text[at + n], word, mayGoOn && n === sought.length - 1)));
