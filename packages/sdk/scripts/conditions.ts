import type { Schema } from "./openapi.js";

/** Says whether a branch demands that a field is left out, which null says too. */
const isAbsent = (schema: Schema): boolean => schema.type === "null";

const literal = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(" | ");

/** Makes the members of a type of the fields that one branch of a condition names. */
const membersOf = (body: string, branch: Schema): Record<string, string> => {
  const members: Record<string, string> = {};
  for (const name of branch.required ?? []) members[name] = `${name}: NonNullable<${body}["${name}"]>`;
  for (const [name, schema] of Object.entries(branch.properties ?? {})) {
    if (isAbsent(schema)) members[name] = `${name}?: null`;
    if (schema.const !== undefined) members[name] = `${name}: ${literal([schema.const])}`;
  }
  return members;
};

/**
 * Makes the members that hold where the condition does not: a field that it requires is absent, a value that it names is
 * another one.
 */
const membersUnless = (body: string, condition: Schema): Record<string, string> => {
  const [name, ...more] = condition.required ?? [];
  if (name !== undefined && more.length === 0) return { [name]: `${name}?: null` };
  const named = Object.entries(condition.properties ?? {}).filter(([, schema]) => schema.const !== undefined);
  const [field, ...others] = named;
  if (condition.required !== undefined || field === undefined || others.length > 0) return {};
  return { [field[0]]: `${field[0]}: Exclude<${body}["${field[0]}"], ${literal([field[1].const])}>` };
};

const typeOf = (body: string, members: Record<string, string>): string => {
  const all = Object.values(members);
  return all.length === 0 ? body : `(${body} & { ${all.join("; ")} })`;
};

/**
 * The type of a body whose schema has `if`, `then` and `else`, which openapi-typescript does not read: the union of what
 * holds with the condition and what holds without it. `body` is the type of its fields, each by itself.
 */
export function conditionalType(body: string, schema: Schema): string {
  if (schema.if === undefined) return body;
  const met = { ...membersOf(body, schema.if), ...membersOf(body, schema.then ?? {}) };
  const unmet = { ...membersUnless(body, schema.if), ...membersOf(body, schema.else ?? {}) };
  return `(${typeOf(body, met)} | ${typeOf(body, unmet)})`;
}
