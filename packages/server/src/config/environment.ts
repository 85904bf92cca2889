import { readFileSync } from "node:fs";
import { z } from "zod";
import { type GuardedSecret, guessableSecrets } from "./entropy.js";

export class ConfigError extends Error {}

/** `NAME_FILE` holds the path of a file with the value: how secrets are mounted into containers. */
function valueNamed(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const path = env[`${name}_FILE`];
  if (!path) return env[name];
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new ConfigError(`The configuration is not usable:\n  ${name}_FILE: the file cannot be read`, { cause });
  }
}

/** Reads the environment once, at the start; what is wrong is said by name, without the value. */
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

/** What every service reads; each adds its own. */
export const commonEnvironment = {
  NODE_ENV: z.string().default("development"),
  VERO_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  /** The address that clients know us by: issuer of the tokens, base of the socket's URL. */
  VERO_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  VERO_CORS_ORIGINS: list,
  VERO_TRUSTED_PROXIES: wholeNumber(10).default(0),
  /** Opens /metrics to whoever presents it. */
  VERO_METRICS_TOKEN: z.string().min(16).optional(),
  /** Serves /metrics on a port of its own, which no proxy leads to. */
  VERO_METRICS_PORT: wholeNumber(65_535).optional(),
  /** HTTP and sockets together, of one process. */
  VERO_MAX_CONNECTIONS: wholeNumber(1_000_000).min(1).default(20_000),
  VERO_RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  /** Makes the deadlines of the contract that many times as long, on machines that are slow. */
  VERO_DEADLINE_FACTOR: z.coerce.number({ error: "must be a number" }).min(1).max(60).default(1),
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber(65_535).default(3000),
};

/** At least 256 bits as people write them; encrypts keys, derives refresh tokens and signs URLs. */
export const secretField = z.string().min(32, "needs at least 32 characters; for example: openssl rand -base64 48");

/** With `VERO_SECRET`, wherever that is read. */
export const previousSecretField = secretField.optional();

/** Seconds: longer than loading a page anew, changing networks or a deploy takes. */
export const offlineAfterField = wholeNumber(3_600).default(15);

const singleHostUrl = z.url({ protocol: /^postgres(ql)?$/ });

/** May name several hosts, each with a port, of which a URL has but one: `postgres://vero@db-1:5432,db-2:5432/vero`. */
export const databaseUrlField = z
  .string()
  .refine((text) => singleHostUrl.safeParse(text.replace(/(,[^,/?@]+)+(?=[/?]|$)/, "")).success, {
    error: "must be a postgres:// URL",
  });

interface StrictConfig extends Partial<Record<GuardedSecret, string | undefined>> {
  NODE_ENV: string;
  VERO_RATE_LIMITS: string;
}

/** A production start is strict. */
export function refuseInProduction(config: StrictConfig): void {
  if (config.NODE_ENV !== "production") return;
  const lines = guessableSecrets(config).map(
    (name) => `${name}: is too easy to guess; for example: openssl rand -base64 48`,
  );
  if (config.VERO_RATE_LIMITS === "off") lines.push("VERO_RATE_LIMITS: cannot be off when NODE_ENV is production");
  if (lines.length > 0) throw new ConfigError(`The configuration is not usable:\n  ${lines.join("\n  ")}`);
}
