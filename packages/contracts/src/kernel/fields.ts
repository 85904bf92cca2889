import { z } from "zod";
import { rule } from "./issues.js";

/**
 * The building blocks of all inputs and entities. Lengths of text count Unicode code points, as JSON Schema's
 * `minLength` and `maxLength` do (JavaScript's `.length` counts UTF-16 units, so that an emoji would count twice).
 */
const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** PostgreSQL cannot store U+0000, and a lone surrogate has no UTF-8 form (RFC 3629 section 3). */
const unstorableCharacters = "\\u0000\\ud800-\\udfff";
const storablePattern = new RegExp(`^[^${unstorableCharacters}]*$`, "u");

/** Past spaces, controls, soft hyphens and zero-width characters there is something to see. Linear in the text. */
const invisible = "\\s\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u2060-\\u2064\\ufeff";
const visiblePattern = new RegExp(
  `^[${invisible}]*[^${invisible}${unstorableCharacters}][^${unstorableCharacters}]*$`,
  "u",
);

/**
 * The documents state the rules for every language: RE2 knows no `\u`, and `\s` and `\p` mean other characters in each
 * engine. So they tell of U+0000 to U+00FF only, and accept a little more than the services do.
 */
const portableStorablePattern = "^[^\\x00]*$";
const portableVisiblePattern = "^[\\x01-\\x20\\x7f-\\xa0\\xad]*[^\\x00-\\x20\\x7f-\\xa0\\xad][^\\x00]*$";

const unstorable = "must not contain NUL or unpaired surrogates";

interface TextRule {
  pattern: RegExp;
  /** The pattern as the documents give it. */
  portable: string;
  message: string;
}

const bounded = (min: number, max: number, { pattern, portable, message }: TextRule) =>
  z
    .string()
    .check((ctx) => {
      // A string is never shorter in UTF-16 units than in code points, so most texts need no count.
      const long = ctx.value.length > max && codePoints(ctx.value) > max;
      const short = ctx.value.length < min * 2 && codePoints(ctx.value) < min;
      if (long) {
        ctx.issues.push({ code: "too_big", maximum: max, origin: "string", inclusive: true, input: ctx.value });
      }
      if (short) {
        ctx.issues.push({ code: "too_small", minimum: min, origin: "string", inclusive: true, input: ctx.value });
      }
    })
    .regex(pattern, message)
    .meta({ minLength: min, maxLength: max, pattern: portable });

export const chars = (min: number, max: number) =>
  bounded(min, max, { pattern: storablePattern, portable: portableStorablePattern, message: unstorable });

/** Text that a person is to read: it must show something. */
export const words = (max: number) =>
  bounded(1, max, {
    pattern: visiblePattern,
    portable: portableVisiblePattern,
    message: `must contain a visible character and ${unstorable}`,
  });

/**
 * A UUID (RFC 9562), of any version, also of those to come. Ids that the service makes are version 7, so they sort by
 * time of creation. The documents give the format without a pattern: generated clients make a type of its own of it, and
 * a pattern is for strings.
 */
export const id = z
  .guid()
  .toLowerCase()
  .meta({
    id: "Id",
    pattern: undefined,
    description: "A UUID (RFC 9562); version 7 where the service makes it.",
    examples: ["0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77"],
  });

/** RFC 3339, UTC, milliseconds. Without a pattern in the documents, as `id`. */
export const time = z.iso.datetime({ precision: 3 }).meta({
  id: "Time",
  pattern: undefined,
  description: "RFC 3339, UTC, milliseconds.",
  examples: ["2026-03-01T09:30:00.000Z"],
});

const days = z.regexes.date.source.slice(1, -1);
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/** The years that PostgreSQL and JavaScript write alike, whatever the offset. */
const earliest = "0001-01-02T00:00:00.000Z";
const latest = "9999-12-30T00:00:00.000Z";

const withinYears = (text: string): string => {
  const at = Date.parse(text);
  if (at < Date.parse(earliest)) return earliest;
  return at > Date.parse(latest) ? latest : text;
};

/** An instant given by a client: RFC 3339 with `Z` or an offset. What is before or after everything is taken as that. */
export const instant = z
  .string()
  .max(35)
  .regex(
    new RegExp(`^${days}T${clock}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${clock})$`),
    "must be an RFC 3339 time with Z or an offset",
  )
  .overwrite(withinYears)
  .meta({ format: "date-time", pattern: undefined, examples: ["2026-03-01T09:30:00Z"] });

/** A position in a conversation: 1 is the first message, 0 is before it. */
export const seq = z.int().min(0);

const urlCharacter = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})";
const port = "(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
const hostLabel = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/** An address that the server never fetches: a domain, no credentials, percent-encoded where RFC 3986 asks for it. */
export const httpsUrl = z
  .string()
  .regex(
    new RegExp(
      `^https://(?:${hostLabel}\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])(?::${port})?(?:/${urlCharacter}*)?(?:\\?(?:${urlCharacter}|\\?)*)?(?:#(?:${urlCharacter}|\\?)*)?$`,
    ),
    "must be an https URL with a domain and without credentials",
  )
  .max(2048)
  .meta({ format: "uri", examples: ["https://example.com/ada.png"] });

const deepest = 32;

const storable = (text: string): boolean => storablePattern.test(text);

/** Bounded in depth, because what walks it later (here, in JSON.stringify, in PostgreSQL) does so by recursion. */
const isShallow = (value: unknown, depth = 1): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depth <= deepest && Object.values(value).every((item) => isShallow(item, depth + 1)));

const storableJson = (value: unknown): boolean => {
  if (typeof value === "string") return storable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => storable(key) && storableJson(item));
};

const bytesAsJson = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** At most 16 KiB as JSON; for the application's own use, never interpreted. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => isShallow(value), rule("too_deep", `must not nest deeper than ${deepest} levels`, { abort: true }))
  .refine((value) => storableJson(value), rule("unstorable_text", unstorable, { abort: true }))
  .refine((value) => bytesAsJson(value) <= 16_384, rule("too_big", "must be at most 16384 bytes as JSON"))
  .meta({
    description: `Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON, at most ${deepest} levels deep, without NUL and unpaired surrogates.`,
    // As many as fit: six bytes each, such as "a":0 and a comma.
    maxProperties: Math.floor(16_384 / 6),
  });

/**
 * Names a model in openapi.json and asyncapi.json. Input and output share the name: the models have no transforms.
 */
export const named = <T extends z.ZodType>(name: string, description: string, schema: T): T =>
  schema.meta({ id: name, outputId: name, unusedIO: "output", description }) as T;

export const cursor = chars(1, 512).describe("Opaque; as `next_cursor` of the page before.");

/** The input of a list: `limit` 1–100, default 30; more is an error, never a silent cut. */
export const paging = {
  cursor: cursor.optional(),
  limit: z.int().min(1).max(100).default(30).describe("How many items to answer at most."),
};

/** One page of a list of `item`, which has a name (`named`): the page is called after it. */
export const page = <T extends z.ZodType>(item: T) => {
  const name = item.meta()?.id;
  if (name === undefined) throw new Error("the items of a page need a name");
  return named(
    `${name}Page`,
    "One page of a list, and where the next one begins.",
    z.strictObject({
      items: z.array(item),
      next_cursor: z.string().nullable().describe("null on the last page."),
    }),
  );
};

/** A property that must not be there, in the conditions of an input (JSON Schema); not every generator can read `false`. */
export const absent = { not: {} };

/** The output of operations that answer 204. */
export const nothing = z.void();
