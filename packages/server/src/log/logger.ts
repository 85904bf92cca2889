import { pino } from "pino";

export type { Logger } from "pino";

/** Never in a log: credentials, tokens, what people write, and how to reach them. */
const secrets = [
  "authorization",
  "cookie",
  "password",
  "current_password",
  "new_password",
  "refresh_token",
  "access_token",
  "invite_token",
  "token",
  "text",
  "phone",
  "email",
  "upload_url",
  "cdn_url",
  "thumbnail_url",
];

export interface LoggerOptions {
  level: string;
  name: string;
}

export const createLogger = ({ level, name }: LoggerOptions) =>
  pino({
    level,
    name,
    redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[redacted]" },
    serializers: { err: describeError },
  });

/**
 * drizzle puts the statement and its parameters into the message of its errors, and zod the refused input: only the
 * innermost cause is safe to write down.
 */
function describeError(error: unknown): object {
  let cause = error;
  for (let depth = 0; cause instanceof Error && cause.cause instanceof Error && depth < 5; depth += 1)
    cause = cause.cause;
  if (!(cause instanceof Error)) return { type: typeof cause };
  const { name, code } = cause as Error & { code?: unknown };
  const frames = cause.stack?.split("\n").filter((line) => line.startsWith("    at "));
  const isDatabase = name === "PostgresError" || name === "DrizzleQueryError";
  const message = isDatabase || name === "ZodError" || name === "$ZodError" ? name : cause.message;
  return { type: name, message, ...(code === undefined ? {} : { code }), stack: frames?.slice(0, 8).join("\n") };
}
