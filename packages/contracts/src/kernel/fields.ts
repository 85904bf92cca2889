import { z } from "zod";

/**
 * The building blocks of all inputs and entities. Lengths of text count Unicode code points, as JSON Schema's
 * `minLength` and `maxLength` do (JavaScript's `.length` counts UTF-16 units, so that an emoji would count twice).
 */
const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/**
 * PostgreSQL cannot store U+0000, and a lone surrogate has no UTF-8 form (RFC 3629 section 3).
 * A pattern rather than a function, so that the documents state the rule as exactly as the services apply it.
 */
const unstorableCharacters = "\\u0000\\ud800-\\udfff";
const storablePattern = new RegExp(`^[^${unstorableCharacters}]*$`, "u");

/** Past spaces, controls, soft hyphens and zero-width characters there is something to see. Linear in the text. */
const invisible = "\\s\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u200b-\\u200f\\u2060-\\u2064\\ufeff";
const visiblePattern = new RegExp(
  `^[${invisible}]*[^${invisible}${unstorableCharacters}][^${unstorableCharacters}]*$`,
  "u",
);

const unstorable = "must not contain NUL or unpaired surrogates";

const bounded = (min: number, max: number, pattern: RegExp, message: string) =>
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
    .meta({ minLength: min, maxLength: max });

export const chars = (min: number, max: number) => bounded(min, max, storablePattern, unstorable);

/** Text that a person is to read: it must show something. */
export const words = (max: number) =>
  bounded(1, max, visiblePattern, `must contain a visible character and ${unstorable}`);

/** A UUID (RFC 9562). Ids that the service makes are version 7, so they sort by time of creation. */
export const id = z
  .uuid()
  .toLowerCase()
  .meta({
    id: "Id",
    description: "A UUID (RFC 9562); version 7 where the service makes it.",
    examples: ["0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77"],
  });

/** RFC 3339, UTC, milliseconds. */
export const time = z.iso.datetime({ precision: 3 }).meta({
  id: "Time",
  description: "RFC 3339, UTC, milliseconds.",
  examples: ["2026-03-01T09:30:00.000Z"],
});

const days = z.regexes.date.source.slice(1, -1);
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/** An instant given by a client: RFC 3339 with `Z` or an offset, in a year that PostgreSQL and JavaScript both know. */
export const instant = z
  .string()
  .regex(
    new RegExp(`^(?=[12])${days}T${clock}:[0-5]\\d(?:\\.\\d{1,9})?(?:Z|[+-]${clock})$`),
    "must be an RFC 3339 time with Z or an offset, of the years 1000 to 2999",
  )
  .meta({ format: "date-time", maxLength: 35, examples: ["2026-03-01T09:30:00Z"] });

/** A position in a conversation: 1 is the first message, 0 is before it. */
export const seq = z.int().min(0);

const urlCharacter = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})";
const port = "(?:[0-5]?\\d{1,4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
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
const storableJson = (value: unknown, depth = 1): boolean => {
  if (typeof value === "string") return storable(value);
  if (typeof value !== "object" || value === null) return true;
  return (
    depth <= deepest && Object.entries(value).every(([key, item]) => storable(key) && storableJson(item, depth + 1))
  );
};

const bytesAsJson = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** At most 16 KiB as JSON; for the application's own use, never interpreted. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => storableJson(value), {
    message: `${unstorable}, nor nest deeper than ${deepest} levels`,
    abort: true,
  })
  .refine((value) => bytesAsJson(value) <= 16_384, "must be at most 16384 bytes as JSON")
  .meta({
    description: `Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON, at most ${deepest} levels deep.`,
  });

export const cursor = chars(1, 512).describe("Opaque; as `next_cursor` of the page before.");

/** The input of a list: `limit` 1–100, default 30; more is an error, never a silent cut. */
export const paging = {
  cursor: cursor.optional(),
  limit: z.int().min(1).max(100).default(30).describe("How many items to answer at most."),
};

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    items: z.array(item),
    next_cursor: z.string().nullable().describe("null on the last page."),
  });

/** The output of operations that answer 204. */
export const nothing = z.void();

/**
 * Names a model in openapi.json and asyncapi.json. Input and output share the name: the models have no transforms.
 */
export const named = <T extends z.ZodType>(name: string, description: string, schema: T): T =>
  schema.meta({ id: name, outputId: name, unusedIO: "output", description }) as T;
