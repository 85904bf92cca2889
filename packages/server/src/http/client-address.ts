import type { IncomingMessage } from "node:http";
import parseForwarded from "forwarded-parse";
import { readAddress } from "../limits/address.js";

declare module "fastify" {
  interface FastifyRequest {
    /** The address of the client, as far as trusted proxies tell; `ip` is that of the connection. */
    readonly clientAddress: string;
  }
}

/** The addresses that proxies have noted, the nearest one first: X-Forwarded-For, or else Forwarded (RFC 7239). */
function notedBy({ headers }: Pick<IncomingMessage, "headers">): string[] {
  const list = headers["x-forwarded-for"];
  if (list !== undefined) return [list].flat().join(",").split(",").reverse();
  if (headers.forwarded === undefined) return [];
  try {
    return parseForwarded(headers.forwarded)
      .map((element) => element["for"] ?? "unknown")
      .reverse();
  } catch {
    return [];
  }
}

/**
 * Returns the address that limits count for a request. Each trusted proxy is believed about the one before it, up to the
 * first entry that is no address (`unknown`, a made-up name): everybody behind it counts as the last one that is known.
 */
export function clientAddressOf(request: IncomingMessage, trustedProxies: number): string {
  let address = readAddress(request.socket.remoteAddress ?? "") ?? "";
  const noted = trustedProxies === 0 ? [] : notedBy(request).filter((entry) => entry.trim() !== "");
  for (const entry of noted.slice(0, trustedProxies)) {
    const next = readAddress(entry);
    if (next === undefined) break;
    address = next;
  }
  return address;
}
