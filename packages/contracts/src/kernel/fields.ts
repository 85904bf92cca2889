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

/** PostgreSQL cannot store U+0000, and a lone surrogate has no UTF-8 form (RFC 3629 section 3). */
const storable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

export const chars = (min: number, max: number) =>
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
      if (!storable(ctx.value)) {
        ctx.issues.push({
          code: "custom",
          message: "must not contain NUL or unpaired surrogates",
          input: ctx.value,
        });
      }
    })
    .meta({ minLength: min, maxLength: max });

/** Text that a person is to read: it must show something. */
export const words = (max: number) => chars(1, max).regex(/\S/u, "must contain a visible character");

/** A UUID (RFC 9562). Ids that the service makes are version 7, so they sort by time of creation. */
export const id = z.uuid().meta({ examples: ["0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77"] });

/** RFC 3339, UTC, milliseconds. */
export const time = z.iso.datetime({ precision: 3 }).meta({ examples: ["2026-03-01T09:30:00.000Z"] });

/** An instant given by a client: RFC 3339 with `Z` or an offset. */
export const instant = z.iso.datetime({ offset: true });

/** A position in a conversation: 1 is the first message, 0 is before it. */
export const seq = z.int().min(0);

/** Names and addresses that the server never fetches. */
export const httpsUrl = z.url({ protocol: /^https$/, hostname: z.regexes.domain }).max(2048);

const storableJson = (value: unknown): boolean => {
  if (typeof value === "string") return storable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, item]) => storable(key) && storableJson(item));
};

const bytesAsJson = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** At most 16 KiB as JSON; for the application's own use, never interpreted. */
export const metadata = z
  .record(z.string(), z.unknown())
  .refine(storableJson, "must not contain NUL or unpaired surrogates")
  .refine((value) => bytesAsJson(value) <= 16_384, "must be at most 16384 bytes as JSON")
  .meta({ description: "Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON." });

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
