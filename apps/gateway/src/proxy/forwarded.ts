import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";

/**
 * Headers between two neighbours only (RFC 9110 section 7.6.1). Node has answered `expect` before the proxy sees it.
 */
const hopByHop = [
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];
/** Headers about the client, which could forge them. The gateway sends an `x-forwarded-for` of its own instead. */
const claims = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];
/** Headers of browsers. The gateway decides which origins may call, so that the service behind it sees no browser. */
const browser = ["origin", "cookie", "access-control-request-method", "access-control-request-headers"];

const without = <H extends object>(headers: H, names: readonly string[]): H =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase()))) as H;

const ours = (request: FastifyRequest) => ({ "x-request-id": request.id, "x-forwarded-for": request.clientAddress });

/**
 * Returns the headers for the messaging service. They name one address of the client, for which the trusted proxies
 * were taken into account already, so that the service may believe it.
 */
export const toUpstream = (request: FastifyRequest, headers: IncomingHttpHeaders): IncomingHttpHeaders => ({
  ...without(headers, [...hopByHop, ...claims, ...browser]),
  ...ours(request),
});

/** Returns the same for the handshake of a socket, with its origin, which is checked where the socket ends. */
export const toUpstreamSocket = (request: FastifyRequest): IncomingHttpHeaders => ({
  ...without(request.headers, [...hopByHop, ...claims, "cookie", "host"]),
  ...ours(request),
  connection: "Upgrade",
  upgrade: "websocket",
});

const cors = [
  "access-control-allow-origin",
  "access-control-expose-headers",
  "access-control-allow-credentials",
  "vary",
];

export const fromUpstream = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  without(headers, [...hopByHop, ...cors]);
