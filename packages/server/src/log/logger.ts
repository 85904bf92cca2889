import { type DestinationStream, pino } from "pino";
import { describeError } from "./describe-error.js";

export type { Logger } from "pino";

/**
 * The keys whose values are censored in the log: credentials, tokens, signed URLs, texts of messages and contact data.
 */
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

/** Creates a logger of JSON lines, to the standard output unless another destination is given. */
export const createLogger = ({ level, name }: LoggerOptions, destination?: DestinationStream) => {
  const options = {
    level,
    name,
    redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[redacted]" },
    serializers: { err: describeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
};
