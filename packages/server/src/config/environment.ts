import { readFileSync } from "node:fs";
import { z } from "zod";
import { type GuardedSecret, guessableSecrets } from "./entropy.js";

export class ConfigError extends Error {}

/**
 * Returns the value of a variable. `NAME_FILE`, which takes precedence, holds the path of a file with the value, as
 * secrets are mounted into containers.
 */
function valueNamed(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return env[name];
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new ConfigError(`The configuration is not usable:\n  ${name}_FILE: the file cannot be read`, { cause });
  }
}

/**
 * Reads the environment by a schema, once at the start. The error names the variables that are wrong, without their
 * values.
 */
export function readEnvironment<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv = process.env): z.output<S> {
  const known = new Map(Object.keys(schema.shape).map((name) => [name, valueNamed(name, env) || undefined]));
  const result = schema.safeParse(Object.fromEntries(known));
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path: [name], message }) => {
    return `  ${String(name)}: ${known.get(String(name)) === undefined ? "is missing" : message}`;
  });
  throw new ConfigError(`The configuration is not usable:\n${lines.join("\n")}`);
}

const list = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  );

const wholeNumber = (max: number) =>
  z.coerce.number({ error: "must be a whole number" }).int("must be a whole number").min(0).max(max);

/** The variables that every service reads; each service adds its own. */
export const commonEnvironment = {
  NODE_ENV: z.string().default("development"),
  VERO_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  /** The address at which clients reach the deployment: issuer of the tokens, base of the socket's URL. */
  VERO_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  VERO_CORS_ORIGINS: list,
  VERO_TRUSTED_PROXIES: wholeNumber(10).default(0),
  /** Opens /metrics to requests that present it as their bearer token. */
  VERO_METRICS_TOKEN: z.string().min(16).optional(),
  /** Serves /metrics on a port of its own instead of the public one, or on both where a token is set as well. */
  VERO_METRICS_PORT: wholeNumber(65_535).optional(),
  /** The maximum of open connections of one process, HTTP and sockets together. */
  VERO_MAX_CONNECTIONS: wholeNumber(1_000_000).min(1).default(20_000),
  VERO_RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  /** Multiplies the deadlines of the contract, for slow machines. */
  VERO_DEADLINE_FACTOR: z.coerce.number({ error: "must be a number" }).min(1).max(60).default(1),
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber(65_535).default(3000),
};

/**
 * The secret of the deployment, which encrypts keys, derives refresh tokens and signs URLs. A length is required here;
 * `refuseInProduction` also requires that it cannot be guessed.
 */
export const secretField = z.string().min(32, "needs at least 32 characters; for example: openssl rand -base64 48");

/** The secret that the present one replaces; read by every service that reads `VERO_SECRET`. */
export const previousSecretField = secretField.optional();

/**
 * How long users stay online after their last socket has closed, in seconds: longer than a page reload, a change of
 * networks or a deploy takes.
 */
export const offlineAfterField = wholeNumber(3_600).default(15);

const singleHostUrl = z.url({ protocol: /^postgres(ql)?$/ });

/**
 * The URL of the database. It may name several hosts, each with a port, where a standard URL has only one:
 * `postgres://vero@db-1:5432,db-2:5432/vero`.
 */
export const databaseUrlField = z
  .string()
  .refine((text) => singleHostUrl.safeParse(text.replace(/(,[^,/?@]+)+(?=[/?]|$)/, "")).success, {
    error: "must be a postgres:// URL",
  });

interface StrictConfig extends Partial<Record<GuardedSecret, string | undefined>> {
  NODE_ENV: string;
  VERO_RATE_LIMITS: string;
}

/** Refuses to start in production with secrets that can be guessed, or without rate limits. */
export function refuseInProduction(config: StrictConfig): void {
  if (config.NODE_ENV !== "production") return;
  const lines = guessableSecrets(config).map(
    (name) => `${name}: is too easy to guess; for example: openssl rand -base64 48`,
  );
  if (config.VERO_RATE_LIMITS === "off") lines.push("VERO_RATE_LIMITS: cannot be off when NODE_ENV is production");
  if (lines.length > 0) throw new ConfigError(`The configuration is not usable:\n  ${lines.join("\n  ")}`);
}
