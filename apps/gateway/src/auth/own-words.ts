const maxWords = 40;

/** What somebody is called and how they are reached, as people make passwords of it: whole, in words, and run together. */
export function ownWords(about: readonly (string | null | undefined)[]): string[] {
  const words = about.flatMap((text) => {
    const lower = (text ?? "").trim().toLowerCase();
    const parts = lower.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    return [lower, parts.join(""), ...parts.filter((part) => part.length > 1)];
  });
  return [...new Set(words)].filter(Boolean).slice(0, maxWords);
}
