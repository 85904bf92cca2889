import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { AppError } from "@vero/contracts";
import type { FastifyInstance } from "fastify";
import { endConnection } from "./farewell.js";
import { problemBytes } from "./problems.js";
import { requestIdOf } from "./request-id.js";

/** False when the request is none of its business. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

const isPairOf = (headers: readonly string[], at: number, names: readonly string[]): boolean =>
  names.includes((headers[at - (at % 2)] ?? "").toLowerCase());

/**
 * A server ignores an upgrade that it does not offer and answers the request (RFC 9110 section 7.8); some clients offer
 * h2c with every request. Node has let go of the connection by then, so the request is given back to it, without the
 * offer and with what was read of its body.
 */
function answerAnyway(app: FastifyInstance, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const dropped = ["upgrade", "connection", "http2-settings"];
  const kept = request.rawHeaders.filter((_, at, all) => !isPairOf(all, at, dropped));
  const lines = kept.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${kept[at + 1]}`] : []));
  const text = [`${request.method} ${request.url} HTTP/1.1`, ...lines, "connection: close", "", ""].join("\r\n");
  socket.unshift(Buffer.concat([Buffer.from(text, "latin1"), head]));
  app.server.emit("connection", socket as never);
}

/** The handler gets requests for a WebSocket; whatever it does not take is answered like any other request. */
export function onUpgrade(app: FastifyInstance, take: UpgradeHandler): void {
  app.server.on("upgrade", (request, socket, head) => {
    const isWebSocket = request.headers.upgrade?.toLowerCase() === "websocket";
    if (!isWebSocket || !take(request, socket, head)) answerAnyway(app, request, socket, head);
  });
}

/** Answers a request for a WebSocket with a problem, as any other request would be, and ends the connection. */
export function refuseUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  error: AppError,
  headers: Record<string, string> = {},
): void {
  endConnection(socket, problemBytes(error, { requestId: requestIdOf(request), headers }));
}
