import type { IncomingMessage } from "node:http";

/** Returns the client's address as the last of the trusted proxies noted it, or that of the connection. */
export function clientAddressOf({ headers, socket }: IncomingMessage, trustedProxies: number): string {
  const list = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const noted = list.map((entry) => entry.trim()).filter((entry) => entry !== "");
  const address = trustedProxies === 0 ? undefined : (noted.at(-trustedProxies) ?? noted[0]);
  return address ?? socket.remoteAddress ?? "";
}
