const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const emoji = /^(?:\p{RGI_Emoji}|\p{Emoji_Presentation}|\p{Emoji}\uFE0F)$/v;

/** The emojis offered first, where no other was used yet. */
const usual = ["👍", "❤️", "😂", "🎉", "🙏", "👀"];
const key = "vero.emoji";

/** Counts the emojis of a text that has nothing else in it; 0 for any other text, and for a long row of them. */
export function emojiCount(text: string): number {
  if (text.length > 100) return 0;
  const graphemes = [...segmenter.segment(text.replace(/\s+/g, ""))].map(({ segment }) => segment);
  return graphemes.length <= 12 && graphemes.every((one) => emoji.test(one)) ? graphemes.length : 0;
}

/** Lists the emojis that were used last, the latest first. */
export function recentEmojis(): string[] {
  const kept = (localStorage.getItem(key) ?? "").split(" ").filter(Boolean);
  return [...new Set([...kept, ...usual])].slice(0, 16);
}

export function rememberEmoji(used: string): void {
  localStorage.setItem(key, [...new Set([used, ...recentEmojis()])].slice(0, 16).join(" "));
}
