import { z } from "zod";

const emojiStyle = "\uFE0F";
const element =
  "\\p{Extended_Pictographic}\\uFE0F?(?:\\p{Emoji_Modifier}\\uFE0F?)?(?:[\\u{E0020}-\\u{E007E}]{1,8}\\u{E007F})?";

/**
 * Matches one emoji (UTS #51, section 1.4.9): a flag, a keycap, or pictographs joined by U+200D. It goes by Unicode
 * properties and not by a list, so that emoji newer than this service match too.
 */
const pattern = new RegExp(
  `^(?:\\p{Regional_Indicator}{2}|[0-9#*]\\uFE0F?\\u20E3|${element}(?:\\u200D${element}){0,4})$`,
  "u",
);

const textByDefault = /^(?=\p{Emoji})\P{Emoji_Presentation}$/u;
const modifier = /^\p{Emoji_Modifier}$/u;

/**
 * Returns the fully-qualified form (UTS #51, ED-18). Keyboards may or may not send variation selectors, and the same
 * emoji must not become two kinds of reaction because of them.
 */
function qualified(text: string): string {
  const points = [...text.replaceAll(emojiStyle, "")];
  return points
    .map((point, index) =>
      textByDefault.test(point) && !modifier.test(points[index + 1] ?? "") ? point + emojiStyle : point,
    )
    .join("");
}

/**
 * A field for one emoji. Its pattern bounds the length as well. The pattern is left out of the documents, because
 * regular expression engines differ in what `\p` matches.
 */
export const emoji = z.string().regex(pattern, "must be one emoji").overwrite(qualified).meta({
  minLength: 1,
  maxLength: 70,
  pattern: undefined,
  description: "One emoji (UTS #51); variation selectors are normalised.",
});
