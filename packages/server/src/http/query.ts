import type { z } from "zod";

type Kind = "number" | "boolean" | "other";

function kindOf(schema: z.core.$ZodType): Kind {
  let at = schema._zod.def as z.core.$ZodTypeDef & { innerType?: z.core.$ZodType };
  while (at.innerType !== undefined) at = at.innerType._zod.def;
  return at.type === "number" || at.type === "boolean" ? at.type : "other";
}

const decimal = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/**
 * Builds a reader of query parameters, which are text. Numbers and booleans of the contract are converted where they
 * are written as such; other text stays as it is, for the contract to refuse.
 */
export function queryReader(input: z.ZodObject): (query: Record<string, unknown>) => Record<string, unknown> {
  const kinds = new Map(Object.entries(input.shape).map(([name, schema]) => [name, kindOf(schema)]));
  const read = (name: string, value: unknown): unknown => {
    if (typeof value !== "string") return value;
    if (kinds.get(name) === "number" && decimal.test(value)) return Number(value);
    if (kinds.get(name) === "boolean" && (value === "true" || value === "false")) return value === "true";
    return value;
  };
  return (query) => Object.fromEntries(Object.entries(query).map(([name, value]) => [name, read(name, value)]));
}
