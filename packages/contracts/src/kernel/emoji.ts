import { chars } from "./fields.js";

// biome-ignore lint/complexity/useRegexLiterals: the compiler takes this flag in a literal only for targets from ES2024 on
const recommended = new RegExp("^\\p{RGI_Emoji}$", "v");
const textByDefault = /^(?=\p{Emoji})\P{Emoji_Presentation}$/u;
const modifier = /^\p{Emoji_Modifier}$/u;
const emojiStyle = "\uFE0F";

/**
 * The fully-qualified form (UTS #51, ED-18): keyboards leave the variation selectors out or put them in, and one emoji
 * must not become two kinds of reaction for it.
 */
function qualified(text: string): string {
  const points = [...text.normalize("NFC").replaceAll(emojiStyle, "")];
  return points
    .map((point, index) =>
      textByDefault.test(point) && !modifier.test(points[index + 1] ?? "") ? point + emojiStyle : point,
    )
    .join("");
}

/** One emoji that is recommended for general interchange (UTS #51, ED-27), in its fully-qualified form. */
export const emoji = chars(1, 32)
  .overwrite(qualified)
  .check((ctx) => {
    if (recommended.test(ctx.value)) return;
    ctx.issues.push({ code: "custom", message: "must be one emoji", input: ctx.value });
  })
  .meta({ minLength: 1, maxLength: 32, description: "One emoji; variation selectors are normalised." });
