import type { z } from "zod";

type Schema = z.core.$ZodType;

/** A refinement: what a schema demands beyond what JSON Schema can say of it. */
export interface Refinement {
  /** The field that it is about; empty for an input as a whole. */
  path: string;
  /** The code of the issue that breaking it causes; undefined where it was not made by `rule`. */
  code: unknown;
  message: string;
}

const isRefinement = (def: z.core.$ZodCheckDef): def is z.core.$ZodCustomDef => "type" in def && def.type === "custom";

const messageOf = ({ error }: z.core.$ZodCustomDef): string => {
  const found = error?.({} as never);
  return (typeof found === "string" ? found : found?.message) ?? "";
};

const childrenOf = (def: z.core.$ZodTypes["_zod"]["def"]): [key: string | undefined, child: Schema][] => {
  switch (def.type) {
    case "object":
      return Object.entries(def.shape);
    case "array":
      return [[undefined, def.element]];
    case "record":
      return [def.keyType, def.valueType].map((child) => [undefined, child]);
    case "union":
      return def.options.map((child) => [undefined, child]);
    default:
      return "innerType" in def ? [[undefined, def.innerType]] : [];
  }
};

/** All refinements of a schema and of what is in it, outermost first. */
export function refinementsOf(schema: Schema, path: readonly string[] = []): Refinement[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const own = (def.checks ?? [])
    .map((check) => check._zod.def)
    .filter(isRefinement)
    .map((check) => ({
      path: [...path, ...(check.path ?? [])].join("."),
      code: check.params?.["code"],
      message: messageOf(check),
    }));
  const inner = childrenOf(def).flatMap(([key, child]) =>
    refinementsOf(child, key === undefined ? path : [...path, key]),
  );
  return [...own, ...inner];
}

/** The refinements of an input in words, for those who read the document; undefined where there are none. */
export function rulesSentence(input: Schema): string | undefined {
  const messages = new Map<string, Set<string>>();
  for (const { path, message } of refinementsOf(input)) {
    messages.set(path, (messages.get(path) ?? new Set()).add(message));
  }
  if (messages.size === 0) return undefined;
  const rules = [...messages].map(([path, said]) => `\`${path}\`: ${[...said].join(", ")}`);
  return `Beyond the schema: ${rules.join("; ")}.`;
}
