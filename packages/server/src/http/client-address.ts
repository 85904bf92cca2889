import type { IncomingMessage } from "node:http";
import parseForwarded from "forwarded-parse";
import { readAddress } from "../limits/address.js";

declare module "fastify" {
  interface FastifyRequest {
    /** The address of the client as far as trusted proxies report it; `ip` is that of the connection. */
    readonly clientAddress: string;
  }
}

/**
 * Lists the addresses that proxies have recorded, nearest first: from X-Forwarded-For, else from Forwarded (RFC 7239).
 */
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
 * Returns the address that limits count for a request. Each trusted proxy is believed about the hop before it, up to
 * the first entry that is no address (`unknown`, an obfuscated name): all clients behind that entry count as the last
 * address that is known.
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
