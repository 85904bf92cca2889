import type { IncomingMessage } from "node:http";
import { v7 as uuidv7 } from "uuid";

const pattern = /^[\w.:-]{1,128}$/;

/** The id that the client, or the gateway, has given the request; a new one where it has none. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && pattern.test(given) ? given : uuidv7();
}
