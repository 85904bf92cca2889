import { readFileSync } from "node:fs";
import type { z } from "zod";
import type { Problem, Rule } from "./problem.js";
import { unknownVariables } from "./variables.js";

/** The configuration is not usable; the message names every variable that is wrong, each in a line of its own. */
export class ConfigError extends Error {
  constructor(problems: readonly Problem[], options?: ErrorOptions) {
    const lines = problems.map(([name, message]) => `  ${name}: ${message}`);
    super(["The configuration is not usable:", ...new Set(lines)].join("\n"), options);
  }
}

/**
 * Returns the value of a variable. `NAME_FILE`, which takes precedence, holds the path of a file with the value, as
 * secrets are mounted into containers.
 */
function valueNamed(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = env[`${name}_FILE`];
  return (path ? readFileSync(path, "utf8").trim() : env[name]) || undefined;
}

/** Reads one variable by its schema: its value, or the problems that it has. */
function readVariable(name: string, field: z.ZodType, env: NodeJS.ProcessEnv): { data: unknown } | Problem[] {
  let value: string | undefined;
  try {
    value = valueNamed(name, env);
  } catch {
    return [[`${name}_FILE`, "the file cannot be read"]];
  }
  const { success, data, error } = field.safeParse(value);
  if (success) return { data };
  return error.issues.map(({ message }) => [name, value === undefined ? "is missing" : message]);
}

/**
 * Reads the environment by a schema and rules, once at the start. The error names all the variables that are wrong,
 * without their values.
 */
export function readEnvironment<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv = process.env,
  rules: readonly Rule<z.output<S>>[] = [],
): z.output<S> {
  const config: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const unusable = new Set<string>();
  for (const [name, field] of Object.entries<z.ZodType>(schema.shape)) {
    const read = readVariable(name, field, env);
    if ("data" in read) config[name] = read.data;
    else {
      unusable.add(name);
      problems.push(...read);
    }
  }
  const ofRules = rules.flatMap((rule) => rule(config as Partial<z.output<S>>));
  problems.push(...ofRules.filter(([name]) => !unusable.has(name)), ...unknownVariables(env));
  if (problems.length > 0) throw new ConfigError(problems);
  return config as z.output<S>;
}
