import type { z } from "zod";
import type { oas31 } from "zod-openapi";

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** Calls `visit` on every JSON object in `node`, outermost first; `examples` and the like are data, not schemas. */
const walk = (node: unknown, visit: (schema: Json) => void): void => {
  if (Array.isArray(node)) for (const item of node) walk(item, visit);
  else if (isObject(node)) {
    visit(node);
    for (const [key, value] of Object.entries(node)) {
      if (!["example", "examples", "default", "enum", "const"].includes(key)) walk(value, visit);
    }
  }
};

/** Answers may gain fields, so a client must not be told that there can be no others. */
export const openUp = (node: unknown): void =>
  walk(node, (schema) => {
    if (schema["additionalProperties"] === false) delete schema["additionalProperties"];
  });

/** Requests are refused when they carry a field that is not listed; a refined schema loses this on its way here. */
export const closeUp = (schema: oas31.SchemaObject): void => {
  schema.additionalProperties = false;
};

/** What an input demands of its fields together; the generator knows only what it demands of each. */
export const conditionsOf = (input: z.ZodType): Json =>
  Object.fromEntries(Object.entries(input.meta() ?? {}).filter(([key]) => ["if", "then", "else"].includes(key)));

/** Names of the components that `node` reaches, over any number of references. */
export const reaches = (node: unknown, components: Record<string, unknown>, found = new Set<string>()): Set<string> => {
  walk(node, (schema) => {
    const name = typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1) : undefined;
    if (name === undefined || found.has(name) || !(name in components)) return;
    found.add(name);
    reaches(components[name], components, found);
  });
  return found;
};

export const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
