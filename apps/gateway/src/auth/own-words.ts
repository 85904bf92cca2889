const maxWords = 80;
/** The characters that people put between words; two own words with one between them are no better than one. */
const separators = ["", " ", "-", "_", "."];

/**
 * Lists the words that a password must not be made of: names and contact data of the user as they are, word by word,
 * and joined by other characters.
 */
export function ownWords(about: readonly (string | null | undefined)[]): string[] {
  const words = about.flatMap((text) => {
    const lower = (text ?? "").trim().toLowerCase();
    const parts = lower.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return [lower, ...separators.map((sign) => parts.join(sign)), ...parts.filter((part) => part.length > 1)];
  });
  return [...new Set(words)].filter(Boolean).slice(0, maxWords);
}
