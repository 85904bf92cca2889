import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * The forms of an address with brackets or a port: `[address]` and `[address]:port` (RFC 3986 section 3.2.2), and
 * `address:port` where the address is IPv4.
 */
const bracketed = /^\[([^\]]+)\](?::[\w.-]+)?$/;
const withPort = /^(\d+(?:\.\d+){3}):[\w.-]+$/;

/**
 * Reads an address as proxies write it. Quotes, brackets, port and zone are dropped, because they do not identify a
 * client; an IPv4 address inside of IPv6 is returned as IPv4. Returns undefined where there is no address in the text.
 */
export function readAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^"(.*)"$/, "$1");
  const host = bracketed.exec(bare)?.[1] ?? withPort.exec(bare)?.[1] ?? bare;
  const [address = ""] = host.split("%", 1);
  return isIP(address) === 0 ? undefined : ipaddr.process(address).toString();
}

/**
 * Returns the key by which rate limits count an address. An IPv6 address counts as its network of 64 bits, which is one
 * customer (RFC 6177) with all of its addresses to choose from.
 */
export function limitKeyOf(ip: string): string {
  const read = readAddress(ip);
  if (read === undefined) return ip;
  const address = ipaddr.parse(read);
  if (address.kind() === "ipv4") return read;
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
