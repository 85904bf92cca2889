import { z } from "zod";

/**
 * Counts Unicode code points, which is how all lengths of text are counted: JSON Schema's `minLength` and `maxLength`
 * do so too, whereas JavaScript's `.length` counts UTF-16 units, of which most emoji have two or more.
 */
const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/**
 * Characters that no text may contain: PostgreSQL cannot store U+0000, and a lone surrogate has no UTF-8 form (RFC
 * 3629, section 3).
 */
const unstorableCharacters = "\\u0000\\ud800-\\udfff";
const storablePattern = new RegExp(`^[^${unstorableCharacters}]*$`, "u");

/** Says whether a text has only characters that can be stored. */
export const isStorable = (text: string): boolean => storablePattern.test(text);

/**
 * Characters that leave no mark: spaces, controls, format controls, whatever Unicode says is ignored where it is shown
 * (fillers, joiners, marks of direction, variation selectors, tags), and the blanks that Unicode counts as letters,
 * signs or marks. Unassigned characters are no such: those of a newer Unicode are emoji and letters.
 */
const blankLetters = "\\u2800\\u{13441}\\u{13442}\\u{16fe4}\\u{1d159}";
const invisible = `\\s\\p{Z}\\u0001-\\u001f\\u007f-\\u009f\\p{Cf}\\p{Default_Ignorable_Code_Point}\\p{Noncharacter_Code_Point}${blankLetters}`;

/** Matches text with at least one visible character. Matching takes time linear in the text. */
const visiblePattern = new RegExp(
  `^[${invisible}]*[^${invisible}${unstorableCharacters}][^${unstorableCharacters}]*$`,
  "u",
);

/**
 * Characters that no name may contain: line breaks and other controls, and the embeddings, overrides and isolates of
 * direction, which reach beyond the name and reorder what stands beside it.
 */
const beyondNames = "\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202a-\\u202e\\u2066-\\u2069";
const namePattern = new RegExp(`^(?=[^${beyondNames}]*$)[${invisible}]*[^${invisible}]`, "u");

/**
 * The patterns as the documents give them, for the engines of all languages: RE2 knows no `\u`, and engines differ in
 * what `\s` and `\p` match. They restrict U+0000 to U+00FF only, and so accept a little more than the services do.
 */
const portableStorablePattern = "^[^\\x00]*$";
const portableVisiblePattern = "^[\\x01-\\x20\\x7f-\\xa0\\xad]*[^\\x00-\\x20\\x7f-\\xa0\\xad][^\\x00]*$";
const portableNamePattern = "^[\\x20\\xa0\\xad]*[^\\x00-\\x20\\x7f-\\xa0\\xad][^\\x00-\\x1f\\x7f-\\x9f]*$";

export const unstorable = "must not contain NUL or unpaired surrogates";

interface TextRule {
  /** The form in which the text is kept, and in which it is judged and counted. */
  normalize?: (text: string) => string;
  pattern: RegExp;
  message: string;
  /** The pattern as given in the documents. */
  portable: string;
}

function bounded(min: number, max: number, { normalize, pattern, portable, message }: TextRule): z.ZodString {
  const text = normalize === undefined ? z.string() : z.string().overwrite(normalize);
  const counted = text.check((ctx) => {
    // A string never has fewer UTF-16 units than code points, so most texts need no counting.
    const long = ctx.value.length > max && codePoints(ctx.value) > max;
    const short = ctx.value.length < min * 2 && codePoints(ctx.value) < min;
    if (long) {
      ctx.issues.push({ code: "too_big", maximum: max, origin: "string", inclusive: true, input: ctx.value });
    }
    if (short) {
      ctx.issues.push({ code: "too_small", minimum: min, origin: "string", inclusive: true, input: ctx.value });
    }
  });
  return counted.regex(pattern, message).meta({ minLength: min, maxLength: max, pattern: portable });
}

const storable: TextRule = { pattern: storablePattern, portable: portableStorablePattern, message: unstorable };

/** A field for text of `min` to `max` code points that need not be visible. */
export const chars = (min: number, max: number) => bounded(min, max, storable);

/** A field for text that people read: it must have a visible character. */
export const words = (max: number) =>
  bounded(1, max, {
    pattern: visiblePattern,
    portable: portableVisiblePattern,
    message: `must contain a visible character and ${unstorable}`,
  });

/**
 * Joiners where nothing is to be joined or kept apart: not after a mark, a letter of a script without case, as those
 * that join are, or an emoji.
 */
const strayJoiners =
  /(?<![\p{M}\p{Lo}\p{Lm}\p{Extended_Pictographic}\p{Emoji_Modifier}\u{e007f}\u200c\u200d])[\u200c\u200d]+/gu;

/** Brings a name into the form in which it is kept, so that what looks alike is alike: NFC, without stray joiners. */
const normalizeName = (name: string): string => name.normalize("NFC").replace(strayJoiners, "");

/** A field for the name of a person or a thing, on one line: it must have a visible character, and is kept in NFC. */
export const nameText = (max: number) =>
  bounded(1, max, {
    normalize: normalizeName,
    pattern: namePattern,
    portable: portableNamePattern,
    message:
      "must contain a visible character and no line breaks, controls, or embeddings, overrides and isolates of direction",
  });

/**
 * Brings a password into the form in which it is hashed: the same password comes composed from one keyboard and
 * decomposed from another (RFC 8265, OpaqueString: other spaces become U+0020, then NFC).
 */
export const normalizePassword = (password: string): string => password.replace(/\p{Zs}/gu, " ").normalize("NFC");

/** A field for a new password, which is judged and counted in the form that is hashed. */
export const newPassword = (min: number, max: number) =>
  bounded(min, max, { normalize: normalizePassword, ...storable });
