import { z } from "zod";
import { rule } from "./issues.js";
import { chars, isStorable, unstorable } from "./text.js";

/**
 * A field for a UUID (RFC 9562) of any version, also of future ones. Ids made by the service are of version 7, so they
 * sort by creation time. The documents give the format without a pattern: generators make a UUID type of the format, to
 * which no pattern applies.
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

/**
 * A field for a time that the service answers: RFC 3339, UTC, milliseconds. Without a pattern in the documents, as
 * `id`.
 */
export const time = z.iso.datetime({ precision: 3 }).meta({
  id: "Time",
  pattern: undefined,
  description: "RFC 3339, UTC, milliseconds.",
  examples: ["2026-03-01T09:30:00.000Z"],
});

const days = z.regexes.date.source.slice(1, -1);
const clock = "(?:[01]\\d|2[0-3]):[0-5]\\d";

/** The range of times that PostgreSQL and JavaScript write alike, whatever the offset. */
const earliest = "0001-01-02T00:00:00.000Z";
const latest = "9999-12-30T00:00:00.000Z";

const withinYears = (text: string): string => {
  const at = Date.parse(text);
  if (at < Date.parse(earliest)) return earliest;
  return at > Date.parse(latest) ? latest : text;
};

/**
 * A field for a time that a client sends: RFC 3339 with `Z` or an offset. Times outside the range are moved to its
 * ends, since they are before or after everything stored.
 */
export const instant = z
  .string()
  .max(35)
  .regex(
    new RegExp(`^${days}T${clock}:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${clock})$`),
    "must be an RFC 3339 time with Z or an offset",
  )
  .overwrite(withinYears)
  .meta({ format: "date-time", pattern: undefined, examples: ["2026-03-01T09:30:00Z"] });

/** A field for a position in a conversation: 1 is the first message, 0 is before it. */
export const seq = z.int().min(0);

const urlCharacter = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})";
const port = "(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";
const hostLabel = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/**
 * A field for a URL that clients show and the server never fetches: https with a domain, without credentials,
 * percent-encoded where RFC 3986 requires it.
 */
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

/**
 * Says whether a value nests at most `deepest` levels. The bound protects code that walks the value by recursion later:
 * here, in JSON.stringify and in PostgreSQL.
 */
const isShallow = (value: unknown, depth = 1): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depth <= deepest && Object.values(value).every((item) => isShallow(item, depth + 1)));

const storableJson = (value: unknown): boolean => {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && storableJson(item));
};

/**
 * Says whether JavaScript reads all numbers of a value as they were written. It reads integers beyond 2^53 − 1 as
 * their neighbours, and numbers beyond the range of a double as infinite, which JSON writes as null (RFC 7493, section
 * 2.2).
 */
const hasExactNumbers = (value: unknown): boolean => {
  if (typeof value === "number")
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
  return typeof value !== "object" || value === null || Object.values(value).every(hasExactNumbers);
};

const bytesAsJson = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** A field for the application's own JSON, which the service stores and never interprets: at most 16 KiB. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => isShallow(value), rule("too_deep", `must not nest deeper than ${deepest} levels`, { abort: true }))
  .refine((value) => storableJson(value), rule("unstorable_text", unstorable, { abort: true }))
  .refine(
    (value) => hasExactNumbers(value),
    rule("inexact_number", "must have no integers beyond 9007199254740991; send them as strings", { abort: true }),
  )
  .refine((value) => bytesAsJson(value) <= 16_384, rule("too_big", "must be at most 16384 bytes as JSON"))
  .meta({
    description: `Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON, at most ${deepest} levels deep, without NUL and unpaired surrogates, and without integers beyond 2^53 - 1, which are sent as strings (RFC 7493).`,
    // As many properties as fit: six bytes for each, such as "a":0 and a comma.
    maxProperties: Math.floor(16_384 / 6),
  });

/**
 * Names a model in openapi.json and asyncapi.json. Input and output share the name, since models have no transforms.
 */
export const named = <T extends z.ZodType>(name: string, description: string, schema: T): T =>
  schema.meta({ id: name, outputId: name, unusedIO: "output", description }) as T;

/** A field that may be left out, of which null says the same, as clients of many languages write what they leave out. */
type Optional<T extends z.ZodType> = z.ZodType<z.output<T> | undefined, z.input<T> | null | undefined> & {
  _zod: { optin: "optional"; optout: "optional" };
};
/** A field with a default value, which it also has where null is given. */
type WithDefault<T extends z.ZodType> = z.ZodType<z.output<T>, z.input<T> | null | undefined> & {
  _zod: { optin: "optional" };
};

/** Returns what the documents say of a field, for the same field with null; a model says it at its own place. */
function descriptionOf(field: z.ZodType): { description?: string; examples?: unknown[] } {
  const { id: model, description, examples } = field.meta() ?? {};
  if (model !== undefined) return {};
  return { ...(description && { description }), ...(Array.isArray(examples) && { examples }) };
}

/**
 * Makes a field optional: absent, undefined and null are read alike. A field of which null has a meaning of its own, to
 * clear a value, is `.nullable().optional()` instead.
 */
export const optional = <T extends z.ZodType>(field: T): Optional<T> =>
  field
    .nullish()
    .overwrite((value) => value ?? undefined)
    .meta(descriptionOf(field)) as unknown as Optional<T>;

/** Gives a field the value that it has where it is absent, undefined or null. */
export const withDefault = <T extends z.ZodType>(field: T, value: z.output<T> & z.input<T>): WithDefault<T> =>
  field
    .nullable()
    .overwrite((given) => given ?? value)
    .default(value as never) as unknown as WithDefault<T>;

export const cursor = chars(1, 512).describe(
  "Opaque; as `next_cursor` of the page before. One of another operation or order is refused.",
);

/** The input fields of a list. A `limit` beyond 100 is an error and not cut silently. */
export const paging = {
  cursor: optional(cursor),
  limit: withDefault(z.int().min(1).max(100), 30).describe("How many items to answer at most."),
};

/** Makes the model of a page of `item`, which must have a name (`named`): the page's name is derived from it. */
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

/** The JSON Schema of an optional property that must be absent, for conditions between fields of an input. */
export const absent = { type: "null" } as const;

/** The JSON Schema of an input in which an optional property is given, with what else must hold of it. */
export const given = (name: string, more: object = { not: absent }) => ({
  required: [name],
  properties: { [name]: more },
});

/** The output of operations that answer 204. */
export const nothing = z.void();
