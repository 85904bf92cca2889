import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { AppError } from "@vero/contracts";
import type { ConnectionError, FastifyInstance } from "fastify";
import { limitKeyOf } from "../limits/address.js";
import type { Logger } from "../log/logger.js";
import { endConnection } from "./farewell.js";
import { problemBytes } from "./problems.js";
import type { Timing } from "./timing.js";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Marks a route that answers below 400 only to requests with a valid token. */
    isAuthenticated?: boolean;
  }
}

export interface ConnectionLimits {
  /** The maximum of connections that are open at once. */
  total: number;
  /**
   * The maximum of open connections from one address (for IPv6: one /64) that have not presented a valid token yet.
   * Undefined behind a proxy, whose address all clients share.
   */
  anonymousPerAddress: number | undefined;
}

/**
 * The limit for one address. Two hundred people in one office may share an address, but each presents a token within
 * seconds.
 */
const anonymousPerAddress = 100;

export const connectionLimitsOf = (config: {
  VERO_MAX_CONNECTIONS: number;
  VERO_TRUSTED_PROXIES: number;
  VERO_RATE_LIMITS: "on" | "off";
}): ConnectionLimits => ({
  total: config.VERO_MAX_CONNECTIONS,
  anonymousPerAddress:
    config.VERO_RATE_LIMITS === "on" && config.VERO_TRUSTED_PROXIES === 0 ? anonymousPerAddress : undefined,
});

const isLoopback = (address: string): boolean => /^(127\.|::1$|::ffff:127\.)/.test(address);

/** The minimum time between two log lines about refused connections, in milliseconds. */
const reportEveryMs = 10_000;

/** The functions that stop counting a connection as anonymous, by connection. */
const anonymous = new WeakMap<Duplex, () => void>();

/**
 * Stops counting a connection as anonymous: it has presented a valid token, or it has become a WebSocket, which has
 * limits of its own.
 */
export const vouchFor = (socket: Duplex): void => anonymous.get(socket)?.();

/**
 * Bounds the connections of the process, and the anonymous ones of each address other than this machine's own.
 * Connections beyond a limit are closed without an answer.
 */
export function boundConnections(
  app: FastifyInstance,
  limits: ConnectionLimits,
  log: Logger,
  isExempt: (address: string) => boolean = isLoopback,
): void {
  const { total, anonymousPerAddress } = limits;
  const counts = new Map<string, number>();
  let reportedAt = 0;
  const report = (what: string): void => {
    if (Date.now() - reportedAt < reportEveryMs) return;
    reportedAt = Date.now();
    log.warn({ ...limits }, what);
  };

  app.server.maxConnections = total;
  app.server.on("drop", () => report("too many connections; further ones are refused"));
  if (anonymousPerAddress === undefined) return;

  app.server.on("connection", (socket) => {
    const { remoteAddress = "" } = socket;
    // `answerAnyway` (upgrade.ts) emits a connection a second time after an upgrade that no handler took.
    if (isExempt(remoteAddress) || anonymous.has(socket)) return;
    const key = limitKeyOf(remoteAddress);
    const count = (counts.get(key) ?? 0) + 1;
    if (count > anonymousPerAddress) {
      report("too many connections of one address; further ones are refused");
      socket.destroy();
      return;
    }
    counts.set(key, count);
    const release = (): void => {
      socket.off("close", release);
      anonymous.set(socket, () => {});
      const left = (counts.get(key) ?? 1) - 1;
      if (left > 0) counts.set(key, left);
      else counts.delete(key);
    };
    anonymous.set(socket, release);
    socket.on("close", release);
  });
  app.addHook("onResponse", async ({ raw, routeOptions, headers }, reply) => {
    if (!routeOptions.config?.isAuthenticated || headers.authorization === undefined) return;
    if (reply.statusCode < 400) vouchFor(raw.socket);
  });
}

const parserCodes: Record<string, ConstructorParameters<typeof AppError>[0]> = {
  HPE_HEADER_OVERFLOW: "headers_too_large",
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
};

/** Answers requests that Node's parser refuses, or that arrive too slowly, with a problem, and ends the connection. */
export const clientErrorHandler = (timing: Timing) => (error: ConnectionError, socket: Socket) => {
  // The client has reset the connection, or it is being ended already: no answer can be delivered.
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const problem = new AppError(parserCodes[error.code] ?? "malformed_request", { cause: error });
  endConnection(socket, problemBytes(problem), timing.lingerMs);
};

/**
 * Answers the requests that Node treats specially unless told otherwise: CONNECT, and expectations that it does not
 * know.
 */
export function answerUnusual(app: FastifyInstance, timing: Timing): void {
  const server: Server = app.server;
  // CONNECT asks for a tunnel (RFC 9110 section 9.3.6), which no route offers.
  server.on("connect", (_request, socket) => {
    const headers = { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" };
    endConnection(socket, problemBytes(new AppError("method_not_allowed"), { headers }), timing.lingerMs);
  });
  // A server may ignore an expectation that it does not know (RFC 9110 section 10.1.1).
  server.on("checkExpectation", (request, response) => app.routing(request, response));
}
