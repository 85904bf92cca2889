import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

const pattern = /^[\w.:-]{1,128}$/;

/**
 * Returns the id that the client, or the gateway, has given the request; a new one where it has none or a malformed
 * one.
 */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && pattern.test(given) ? given : randomUUID();
}
