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

/** A model with a description of its own place inherits what names it (`named`), which is nothing of JSON Schema. */
export const dropNaming = (node: unknown): void =>
  walk(node, (schema) => {
    delete schema["outputId"];
    delete schema["unusedIO"];
  });

const largestInt32 = 2 ** 31 - 1;

/** Says of integers that 32 bits may not hold that they need 64; many generators take 32 where nothing is said. */
export const sizeIntegers = (node: unknown): void =>
  walk(node, (schema) => {
    if (schema["type"] !== "integer" && !(Array.isArray(schema["type"]) && schema["type"].includes("integer"))) return;
    const { minimum, maximum } = schema as { minimum?: number; maximum?: number };
    const isSmall =
      minimum !== undefined && minimum >= -largestInt32 && maximum !== undefined && maximum <= largestInt32;
    if (!isSmall) schema["format"] = "int64";
  });

/** Takes null from the schema of a parameter: in a query null is a text like any other. */
export const withoutNull = (schema: oas31.SchemaObject): oas31.SchemaObject => {
  const { anyOf, type, ...rest } = schema;
  if (anyOf === undefined && !Array.isArray(type)) return schema;
  const [only, ...others] = anyOf?.filter((one) => (one as oas31.SchemaObject).type !== "null") ?? [];
  if (anyOf !== undefined && only !== undefined && others.length === 0) return { ...rest, ...only };
  const types = Array.isArray(type) ? type.filter((one) => one !== "null") : type;
  return {
    ...rest,
    ...(anyOf && { anyOf }),
    ...(types !== undefined && { type: Array.isArray(types) && types.length === 1 ? types[0] : types }),
  } as oas31.SchemaObject;
};

const isCondition = (keyword: string): boolean => ["if", "then", "else"].includes(keyword);

/**
 * One branch of a condition sees some of the properties only. It names those that it requires and lets others be, because
 * linters look at it without the schema around it.
 */
const branch = ({ properties, required, ...rest }: oas31.SchemaObject): oas31.SchemaObject => ({
  ...rest,
  properties: { ...Object.fromEntries((required ?? []).map((name) => [name, {}])), ...properties },
  additionalProperties: {},
  ...(required === undefined ? {} : { required }),
});

/** The demands of an input on its fields together; the generator knows only those on each. */
export const conditionsOf = (input: z.ZodType): Json =>
  Object.fromEntries(
    Object.entries(input.meta() ?? {})
      .filter(([keyword]) => isCondition(keyword))
      .map(([keyword, schema]) => [keyword, branch(schema as oas31.SchemaObject)]),
  );

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
