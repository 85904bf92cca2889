import type { IncomingHttpHeaders } from "node:http";
import type { z } from "zod";
import type { commonEnvironment } from "../config/environment.js";

/** Pages on the developer's own machine, at whatever port their tools serve them. */
const local = /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/;

/** The origins whose pages may call: exact ones, and outside of production those of the own machine. */
export type AllowedOrigins = readonly (string | RegExp)[];

export const allowedOriginsOf = ({
  NODE_ENV,
  VERO_CORS_ORIGINS,
}: Pick<z.output<z.ZodObject<typeof commonEnvironment>>, "NODE_ENV" | "VERO_CORS_ORIGINS">): AllowedOrigins =>
  NODE_ENV === "production" ? VERO_CORS_ORIGINS : [...VERO_CORS_ORIGINS, local];

/**
 * Says whether a request comes from no browser, from a page of this host or from an allowed origin (RFC 6455 section
 * 10.2).
 */
export function isOriginAllowed({ origin, host }: IncomingHttpHeaders, allowed: AllowedOrigins): boolean {
  if (origin === undefined) return true;
  if (allowed.some((one) => (typeof one === "string" ? one === origin : one.test(origin)))) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Bounds the origins that are remembered as logged: anybody may send any number of them. */
const maxLogged = 100;

/** Makes the function that logs a refused origin, once each. */
export function refusedOriginLog(log: { warn(facts: object, message: string): void }): (origin: string) => void {
  const logged = new Set<string>();
  return (origin) => {
    if (logged.has(origin) || logged.size >= maxLogged) return;
    logged.add(origin);
    log.warn({ origin }, "a page of an origin that VERO_CORS_ORIGINS does not name was refused");
  };
}
