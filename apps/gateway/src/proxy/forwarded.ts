import type { IncomingHttpHeaders } from "node:http";
import type { FastifyRequest } from "fastify";

/** RFC 9110 section 7.6.1: between two neighbours only. `expect` is answered by Node before we see it. */
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
/** What a client may claim, and only we know. */
const claims = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];
/** Which origins may call is decided here, so the service behind sees no browser. */
const browser = ["origin", "cookie", "access-control-request-method", "access-control-request-headers"];

const without = <H extends object>(headers: H, names: readonly string[]): H =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase()))) as H;

const ours = (request: FastifyRequest) => ({ "x-request-id": request.id, "x-forwarded-for": request.clientAddress });

/** One address, in which the trusted proxies are taken into account, so that the service behind may believe it. */
export const toUpstream = (request: FastifyRequest, headers: IncomingHttpHeaders): IncomingHttpHeaders => ({
  ...without(headers, [...hopByHop, ...claims, ...browser]),
  ...ours(request),
});

/** The same for the socket, whose origin is checked where it ends. */
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
