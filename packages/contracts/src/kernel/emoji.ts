import { z } from "zod";

const emojiStyle = "\uFE0F";
const element =
  "\\p{Extended_Pictographic}\\uFE0F?(?:\\p{Emoji_Modifier}\\uFE0F?)?(?:[\\u{E0020}-\\u{E007E}]{1,8}\\u{E007F})?";

/**
 * One emoji (UTS #51, section 1.4.9): a flag, a keycap, or pictographs joined by U+200D. By their properties and not by
 * a list, so that emoji which are newer than this service are emoji too.
 */
const pattern = new RegExp(
  `^(?:\\p{Regional_Indicator}{2}|[0-9#*]\\uFE0F?\\u20E3|${element}(?:\\u200D${element}){0,4})$`,
  "u",
);

const textByDefault = /^(?=\p{Emoji})\P{Emoji_Presentation}$/u;
const modifier = /^\p{Emoji_Modifier}$/u;

/**
 * The fully-qualified form (UTS #51, ED-18): keyboards leave the variation selectors out or put them in, and one emoji
 * must not become two kinds of reaction for it.
 */
function qualified(text: string): string {
  const points = [...text.replaceAll(emojiStyle, "")];
  return points
    .map((point, index) =>
      textByDefault.test(point) && !modifier.test(points[index + 1] ?? "") ? point + emojiStyle : point,
    )
    .join("");
}

/** The pattern bounds the length as well. It is not in the documents: what `\p` means differs between engines. */
export const emoji = z.string().regex(pattern, "must be one emoji").overwrite(qualified).meta({
  minLength: 1,
  maxLength: 70,
  pattern: undefined,
  description: "One emoji (UTS #51); variation selectors are normalised.",
});
