import { RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** The maximum of repetitions in RE2. */
const mostRepetitions = 1000;
const escapedPunctuation = /^\\[^A-Za-z0-9]$/;
const escapedLatin = /^\\x[0-9a-f]{2}$/;
const visibleAscii = /^[ -~]$/;
/** `&&`, `--`, `~~`, `||` and `[` are operations of sets in some engines. */
const setOperation = /&&|--|~~|\|\||(?<!\\|^)\[/;

/**
 * Names what engines read differently in a pattern (ECMA-262, RE2 for Go and Rust, Java, .NET, Python), or knows no
 * other way to write; empty for a pattern that all of them read alike.
 */
export function unportable(pattern: string): string[] {
  const found: string[] = [];
  // Some engines look for a pattern anywhere, others at the beginning.
  if (!/^\^.*[^\\]\$$/s.test(pattern)) found.push("is not anchored at both ends");
  visitRegExpAST(new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true }), {
    onAssertionEnter: ({ kind, raw }) => {
      if (kind !== "start" && kind !== "end") found.push(raw);
    },
    onCharacterSetEnter: ({ raw }) => found.push(raw),
    onBackreferenceEnter: ({ raw }) => found.push(raw),
    onCapturingGroupEnter: ({ name, raw }) => {
      if (name !== null) found.push(raw);
    },
    onGroupEnter: ({ modifiers, raw }) => {
      if (modifiers !== null) found.push(raw);
    },
    onQuantifierEnter: ({ min, max, raw }) => {
      if (min > mostRepetitions || (max > mostRepetitions && max !== Number.POSITIVE_INFINITY)) found.push(raw);
    },
    onCharacterClassEnter: ({ raw }) => {
      if (setOperation.test(raw)) found.push(raw);
    },
    onCharacterEnter: ({ raw }) => {
      if (![visibleAscii, escapedPunctuation, escapedLatin].some((known) => known.test(raw))) found.push(raw);
    },
  });
  return found;
}
