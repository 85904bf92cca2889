import { z } from "zod";

/**
 * Tells whether the text is an origin as browsers send it, to be compared letter by letter: scheme and host in small
 * letters, no default port, nothing behind it. A host with `*` in it stands for no origin.
 */
function isExactOrigin(text: string): boolean {
  if (text.includes("*") || text !== text.toLowerCase() || !URL.canParse(text)) return false;
  const { protocol, host } = new URL(text);
  return host !== "" && text === `${protocol}//${host}`;
}

const origins = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .refine((items) => items.every(isExactOrigin), {
    error:
      "must be exact origins, such as https://app.example.com: scheme://host[:port] in small letters, no path, no *",
  });

/** A whole number within bounds, which every message about it names. */
export function wholeNumber(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
}

const deadlineFactorError = "must be a number from 1 to 60";

/** Serves the chat page at `/`; read by the services that browsers reach first. */
export const webField = z.enum(["on", "off"], { error: "must be on or off" }).default("on");

/**
 * The signups that the gateway takes: any, those with an invite (no new workspaces), or none.
 */
export const signupField = z
  .enum(["open", "invite", "closed"], { error: "must be open, invite or closed" })
  .default("open");

/** The variables that every service reads; each service adds its own. */
export const commonEnvironment = {
  NODE_ENV: z
    .enum(["production", "development", "test"], { error: "must be production, development or test" })
    .default("development"),
  VERO_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  /** The address at which clients reach the deployment: issuer of the tokens, base of the socket's URL. */
  VERO_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  VERO_CORS_ORIGINS: origins,
  VERO_TRUSTED_PROXIES: wholeNumber(0, 10).default(0),
  /** Opens /metrics to requests that present it as their bearer token. */
  VERO_METRICS_TOKEN: z.string().min(16).optional(),
  /** Serves /metrics on a port of its own instead of the public one, or on both where a token is set as well. */
  VERO_METRICS_PORT: wholeNumber(0, 65_535).optional(),
  /** The maximum of open connections of one process, HTTP and sockets together. */
  VERO_MAX_CONNECTIONS: wholeNumber(1, 1_000_000).default(20_000),
  VERO_RATE_LIMITS: z.enum(["on", "off"]).default("on"),
  /** Multiplies the deadlines of the contract, for slow machines. */
  VERO_DEADLINE_FACTOR: z.coerce
    .number({ error: deadlineFactorError })
    .min(1, deadlineFactorError)
    .max(60, deadlineFactorError)
    .default(1),
  /** How long a start waits for a database that is not up yet, in seconds. */
  VERO_DATABASE_WAIT: wholeNumber(0, 3_600).default(60),
  HOST: z.string().default("127.0.0.1"),
  PORT: wholeNumber(0, 65_535).default(3000),
};

/**
 * The secret of the deployment, which encrypts keys, derives refresh tokens and signs URLs. A length is required here;
 * `strictInProduction` also requires that it cannot be guessed.
 */
export const secretField = z.string().min(32, "needs at least 32 characters; for example: openssl rand -base64 48");

/** The secret that the present one replaces; read by every service that reads `VERO_SECRET`. */
export const previousSecretField = secretField.optional();

/**
 * How long users stay online after their last socket has closed, in seconds: longer than a page reload, a change of
 * networks or a deploy takes.
 */
export const offlineAfterField = wholeNumber(0, 3_600).default(15);

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
