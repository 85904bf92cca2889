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
    /** Answers below 400 only to whoever has a valid token. */
    isAuthenticated?: boolean;
  }
}

export interface ConnectionLimits {
  /** Open at once. */
  total: number;
  /**
   * Open at once from one address (of IPv6: one /64) before they have shown a token. Undefined behind a proxy, whose
   * address all of them have.
   */
  anonymousPerAddress: number | undefined;
}

/** Two hundred people in one office share an address, and each of them shows a token within seconds. */
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

/** How often the log says that connections are refused. */
const reportEveryMs = 10_000;

/** How connections that count as anonymous cease to. */
const anonymous = new WeakMap<Duplex, () => void>();

/** Ends the counting of a connection as anonymous: it has become a WebSocket, which has limits of its own. */
export const vouchFor = (socket: Duplex): void => anonymous.get(socket)?.();

/** Bounds the connections, all of them and those of one address (not of this machine) that nobody vouches for. */
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
    // A connection comes here again after an upgrade that nobody wanted.
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

/** Answers what is not HTTP, or not in time, like everything else, and ends the connection. */
export const clientErrorHandler = (timing: Timing) => (error: ConnectionError, socket: Socket) => {
  // The second error on a connection that is being ended: there is nothing more to say.
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const problem = new AppError(parserCodes[error.code] ?? "malformed_request", { cause: error });
  endConnection(socket, problemBytes(problem), timing.lingerMs);
};

/** What Node does by itself with requests of an unusual kind, unless it is told otherwise. */
export function answerUnusual(app: FastifyInstance, timing: Timing): void {
  const server: Server = app.server;
  // No tunnels to elsewhere (RFC 9110 section 9.3.6).
  server.on("connect", (_request, socket) => {
    const headers = { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" };
    endConnection(socket, problemBytes(new AppError("method_not_allowed"), { headers }), timing.lingerMs);
  });
  // An expectation that is not known may be left alone (RFC 9110 section 10.1.1).
  server.on("checkExpectation", (request, response) => app.routing(request, response));
}
