import { AppError, type Issue } from "@vero/contracts";
import { invalid } from "../errors/to-app-error.js";

/** The maximum nesting: metadata may have 32 levels, inside of the input and a batch or a frame. */
const maxDepth = 36;
/** Decodes strictly, and drops a byte order mark as RFC 8259 section 8.1 allows. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Returns the depth of a text by its brackets outside of strings. It runs before the parser and without recursion,
 * because a deep value must not reach recursive code.
 */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return deepest;
}

function readJson(bytes: Buffer): { text: string; value: unknown } {
  try {
    const text = utf8.decode(bytes);
    // Checked before the text is parsed, so that text which is too deep is refused as such even where it is not JSON.
    if (depthOf(text) > maxDepth) {
      throw invalid([{ path: "", code: "too_deep", message: `is nested deeper than ${maxDepth} levels` }]);
    }
    return { text, value: JSON.parse(text) };
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError("malformed_json", { cause });
  }
}

/** Finds keys that are valid JSON but become a prototype where code copies the value carelessly. */
function forbiddenKeys(value: unknown, path: readonly string[] = []): Issue[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    const isForbidden =
      key === "__proto__" ||
      (key === "constructor" && typeof item === "object" && item !== null && Object.hasOwn(item, "prototype"));
    if (!isForbidden) return forbiddenKeys(item, at);
    return [{ path: at.join("."), code: "forbidden_key" as const, message: "is not a key that can be used" }];
  });
}

/**
 * Finds numbers beyond the range of a double. JavaScript reads them as infinite, and writes null where the value is
 * passed on as JSON.
 */
function infiniteNumbers(value: unknown, path: readonly string[] = []): Issue[] {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return [{ path: path.join("."), code: "inexact_number", message: "is larger than a double can be" }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => infiniteNumbers(item, [...path, key]));
}

/** Matches every text that may hold an infinite number: one with an exponent of three digits, or of 200 digits. */
const maybeInfinite = /\d[eE]\+?0*[1-9]\d\d|\d{200}/;

/** Matches every text that may hold a forbidden key, which can be written with escapes; other texts need no walk. */
const suspicious = /__proto__|constructor|\\u/;

/**
 * Parses JSON as RFC 8259 wants it between systems: UTF-8, of bounded depth, without keys that could replace a
 * prototype, and without numbers beyond the range of a double.
 */
export function parseJson(bytes: Buffer): unknown {
  const { text, value } = readJson(bytes);
  const issues = [
    ...(suspicious.test(text) ? forbiddenKeys(value) : []),
    ...(maybeInfinite.test(text) ? infiniteNumbers(value) : []),
  ];
  if (issues.length > 0) throw invalid(issues);
  return value;
}
