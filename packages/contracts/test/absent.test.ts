import { describe, expect, it } from "vitest";
import { z } from "zod";
import { documented } from "./documented.js";

/** The fields of which null has a meaning of its own: it clears the value. */
const cleared: Record<string, readonly string[]> = {
  "auth.update_profile": ["avatar_url", "timezone", "phone"],
  "conversations.update": ["name", "description", "avatar_url"],
};

/** Lists the fields of an input that may be left out, also those of the objects in its lists. */
function optionalFields(input: z.ZodObject, path: readonly (string | number)[] = []): (string | number)[][] {
  return Object.entries(input.shape as Record<string, z.ZodType>).flatMap(([name, field]) => {
    const at = [...path, name];
    if (field.safeParse(undefined).success) return [at];
    const item = field instanceof z.ZodArray ? field.element : field;
    return item instanceof z.ZodObject ? optionalFields(item, item === field ? at : [...at, 0]) : [];
  });
}

function withValue(input: unknown, [key, ...path]: readonly (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy = (Array.isArray(input) ? [...input] : { ...(input as object) }) as Record<string | number, unknown>;
  copy[key] = withValue(copy[key], path, value);
  return copy;
}

const cases = documented.flatMap(({ name, procedure }) =>
  optionalFields(procedure.input)
    .filter((path) => !cleared[name]?.includes(String(path[0])))
    .map((path) => [name, path.join("."), { path, procedure }] as const),
);

describe("null for an optional field", () => {
  it("is met at many fields, also inside of lists", () => {
    expect(cases.length).toBeGreaterThan(50);
    expect(cases.map(([name, path]) => `${name} ${path}`)).toContain("messages.sync conversations.0.last_change_seq");
  });

  it.each(cases)("is read as absent by %s, %s", (_name, _path, { path, procedure: { input, example } }) => {
    const other =
      path[0] === "text"
        ? { ...(example.input as object), media_ids: ["0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77"] }
        : example.input;
    const start = path[0] === "tenant_name" ? { ...(other as object), invite_token: "vin_example" } : other;
    const absent = input.safeParse(withValue(start, path, undefined));
    expect(absent.success).toBe(true);
    expect(input.safeParse(withValue(start, path, null))).toEqual(absent);
  });

  it.each(Object.entries(cleared))("means something of its own in %s", (name, fields) => {
    const { procedure } = documented.find((one) => one.name === name) as (typeof documented)[number];
    for (const field of fields) {
      const parsed = procedure.input.parse({ ...(procedure.example.input as object), [field]: null });
      expect(parsed).toMatchObject({ [field]: null });
    }
  });
});
