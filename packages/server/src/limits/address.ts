import ipaddr from "ipaddr.js";

/**
 * What an address counts as in a rate limit: an IPv6 network of 64 bits is one customer (RFC 6177), who has all of its
 * addresses to choose from.
 */
export function limitKeyOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  return `${address.toNormalizedString().split(":").slice(0, 4).join(":")}::/64`;
}
