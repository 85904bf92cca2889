import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { AppError } from "@vero/contracts";
import type { FastifyInstance } from "fastify";
import { endConnection } from "./farewell.js";
import { problemBytes } from "./problems.js";
import { requestIdOf } from "./request-id.js";

/** Takes over a request for a WebSocket, or returns false where the request is not for it. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

const isPairOf = (headers: readonly string[], at: number, names: readonly string[]): boolean =>
  names.includes((headers[at - (at % 2)] ?? "").toLowerCase());

/**
 * Answers a request as if it had offered no upgrade, as servers do where they do not support the one that is offered
 * (RFC 9110 section 7.8); some clients offer h2c with every request. Node has detached the connection from HTTP by
 * then, so the request is pushed back into the socket, without the offer and with what was read of its body, and the
 * socket is handed to the server once more.
 */
function answerAnyway(app: FastifyInstance, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const dropped = ["upgrade", "connection", "http2-settings"];
  const kept = request.rawHeaders.filter((_, at, all) => !isPairOf(all, at, dropped));
  const lines = kept.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${kept[at + 1]}`] : []));
  const text = [`${request.method} ${request.url} HTTP/1.1`, ...lines, "connection: close", "", ""].join("\r\n");
  socket.unshift(Buffer.concat([Buffer.from(text, "latin1"), head]));
  app.server.emit("connection", socket as never);
}

/** Gives requests for a WebSocket to `take`; all upgrades that it does not take are answered like any other request. */
export function onUpgrade(app: FastifyInstance, take: UpgradeHandler): void {
  app.server.on("upgrade", (request, socket, head) => {
    const isWebSocket = request.headers.upgrade?.toLowerCase() === "websocket";
    if (!isWebSocket || !take(request, socket, head)) answerAnyway(app, request, socket, head);
  });
}

/** Answers a request for a WebSocket with a problem, as for any other request, and ends the connection. */
export function refuseUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  error: AppError,
  headers: Record<string, string> = {},
): void {
  endConnection(socket, problemBytes(error, { requestId: requestIdOf(request), headers }));
}
