import { Socket } from "node:net";
import { AppError } from "@vero/contracts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { discardBody, isArriving } from "./body.js";
import { clientKeyOf } from "./client-key.js";
import { endConnection } from "./farewell.js";
import { problemBytes } from "./problems.js";
import { createStalls } from "./stalls.js";
import type { Timing } from "./timing.js";
import { createUnread } from "./unread.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Moves a file: may take long, as long as it moves. */
    isTransfer?: boolean;
    /** Answers with a buffer that all of its answers share: one more unread holds a connection, and no copy. */
    isShared?: boolean;
  }
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Settles when the answer has been taken over by the kernel, or the connection is gone. */
  ended: Promise<void>;
}

/** Requests that wait on one connection for the answers before theirs; with the next one it ends. */
const maxWaiting = 32;
/** Shorter answers disappear in the buffers of the kernel. */
const longAnswerBytes = 64 * 1024;

/** How many bytes an answer has; undefined where it is a stream that does not say so. */
function lengthOf(payload: unknown, reply: FastifyReply): number | undefined {
  if (payload === null || payload === undefined) return 0;
  if (typeof payload === "string" || Buffer.isBuffer(payload)) return Buffer.byteLength(payload);
  const announced = Number(reply.getHeader("content-length"));
  return Number.isNaN(announced) ? undefined : announced;
}

/** Ends the connection when it takes too long; answers if there is no answer yet. */
function giveUp({ request, reply }: Pick<Exchange, "request" | "reply">, { lingerMs }: Timing): void {
  const { socket } = request.raw;
  if (reply.raw.headersSent) return void socket.destroy();
  endConnection(socket, problemBytes(new AppError("request_timeout"), { requestId: request.id }), lingerMs);
}

/**
 * Bounds what one connection costs: one request after the other, a time for each to arrive and for each answer to be
 * read, and none at all for a side that does not move. And what the answers cost that all connections have not read.
 */
export function boundExchanges(app: FastifyInstance, timing: Timing, maxUnreadBytes?: number): void {
  const unread = createUnread(maxUnreadBytes);
  const stalls = createStalls(timing);
  const last = new WeakMap<Socket, Exchange>();
  const waiting = new WeakMap<Socket, number>();

  /** A body has its time from when we are ready for it; Node knows one limit for all, in place of which this is. */
  function arriveInTime(request: FastifyRequest, reply: FastifyReply): void {
    if (!isArriving(request.raw)) return;
    const { isTransfer } = request.routeOptions.config;
    const ms = isTransfer ? timing.transferMs : timing.bodyMs;
    const timer = setTimeout(() => isArriving(request.raw) && giveUp({ request, reply }, timing), ms).unref();
    for (const end of [request.raw, reply.raw]) end.once("close", () => clearTimeout(timer));
  }

  /**
   * For a client that wants the connection closed: Node would close it with the answer, on a body that is still being
   * sent, and the reset would take the answer along. So it is kept until the body is here, and ended then.
   */
  function endAfterBody({ raw }: FastifyRequest, reply: FastifyReply): void {
    const { socket } = raw;
    reply.raw.shouldKeepAlive = true;
    reply.raw.removeHeader("connection");
    reply.raw.once("finish", () => {
      const end = () => endConnection(socket, "", timing.lingerMs);
      if (isArriving(raw)) raw.once("close", end);
      else end();
    });
  }

  /**
   * Node parses all requests that come in one piece, and keeps all answers until they are read: a few kilobytes would
   * call for hundreds of megabytes. So the next one is not looked at while the answer before it is not gone.
   */
  app.addHook("onRequest", async (request, reply) => {
    const { socket } = request.raw;
    const before = last.get(socket);
    const ended = new Promise<void>((resolve) => reply.raw.once("close", resolve));
    last.set(socket, { request, reply, ended });
    if (before !== undefined && !before.reply.raw.closed) {
      const count = (waiting.get(socket) ?? 0) + 1;
      waiting.set(socket, count);
      // The others are sent again by whoever sent them, on another connection (RFC 9112 section 9.3.2).
      if (count === maxWaiting) reply.raw.shouldKeepAlive = false;
      await before.ended;
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      if (socket.destroyed || count > maxWaiting) return reply.hijack();
    }
    arriveInTime(request, reply);
    return undefined;
  });

  app.addHook("onSend", async (request, reply, payload) => {
    if (isArriving(request.raw)) {
      // Fastify would have the connection closed where it refuses a body; it can go on once the rest of that is here.
      reply.removeHeader("connection");
      discardBody(request.raw);
      if (!reply.raw.shouldKeepAlive) endAfterBody(request, reply);
    }
    const { socket } = request.raw;
    // A request that was made up inside has no connection.
    if (!(socket instanceof Socket) || reply.raw.closed) return payload;
    const bytes = lengthOf(payload, reply);
    const isLong = bytes === undefined || bytes > longAnswerBytes;
    // A file takes as long as it takes, and is read as fast as it is sent.
    const { isTransfer = false, isShared = false } = request.routeOptions.config ?? {};
    const release =
      isTransfer || !isLong ? undefined : unread.hold({ socket, client: clientKeyOf(request, reply), bytes, isShared });
    const stopWatching = isLong ? stalls.watch(socket) : undefined;
    const timer = isLong && !isTransfer ? setTimeout(() => socket.destroy(), timing.answerMs).unref() : undefined;
    reply.raw.once("close", () => {
      release?.();
      stopWatching?.();
      clearTimeout(timer);
    });
    // As text it would be held twice while it waits: as it is, and as the bytes that are being sent.
    return isLong && typeof payload === "string" ? Buffer.from(payload) : payload;
  });

  // As soon as nothing has moved for a while. Without a request it is Node that waits for the next one.
  app.server.setTimeout(timing.stallMs, (socket) => {
    const exchange = last.get(socket);
    const isOurTurn =
      exchange !== undefined &&
      !exchange.reply.raw.closed &&
      !isArriving(exchange.request.raw) &&
      socket.writableLength === 0;
    if (!isOurTurn) socket.destroy();
  });
}
