const maxWords = 80;
/** What people put between words. Two words of one's own with a sign between them are no better than one. */
const separators = ["", " ", "-", "_", "."];

/** What somebody is called and how they are reached, as people make passwords of it: whole, in words, and put together otherwise. */
export function ownWords(about: readonly (string | null | undefined)[]): string[] {
  const words = about.flatMap((text) => {
    const lower = (text ?? "").trim().toLowerCase();
    const parts = lower.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return [lower, ...separators.map((sign) => parts.join(sign)), ...parts.filter((part) => part.length > 1)];
  });
  return [...new Set(words)].filter(Boolean).slice(0, maxWords);
}
