import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** `[address]`, `[address]:port` (RFC 3986 section 3.2.2), or `address:port` where the address is IPv4. */
const bracketed = /^\[([^\]]+)\](?::[\w.-]+)?$/;
const withPort = /^(\d+(?:\.\d+){3}):[\w.-]+$/;

/**
 * Reads an address as proxies write it: with quotes, brackets, a port or a zone, none of which says who it is. IPv4 in
 * IPv6 is IPv4. Undefined where there is no address in it.
 */
export function readAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, "$1");
  const host = bracketed.exec(bare)?.[1] ?? withPort.exec(bare)?.[1] ?? bare;
  const [address = ""] = host.split("%", 1);
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}

/**
 * What an address counts as in a rate limit: an IPv6 network of 64 bits is one customer (RFC 6177), who has all of its
 * addresses to choose from.
 */
export function limitKeyOf(ip: string): string {
  const read = readAddress(ip);
  if (read === undefined) return ip;
  const address = ipaddr.parse(read);
  if (address.kind() === "ipv4") return read;
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
