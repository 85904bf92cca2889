import type { IncomingMessage } from "node:http";
import type { Socket as NetSocket } from "node:net";
import type { Duplex } from "node:stream";
import { AppError } from "@vero/contracts";
import {
  type Limits,
  type Logger,
  limitKeyOf,
  refuseUpgrade,
  startIntervalJob,
  toAppError,
  vouchFor,
} from "@vero/server";
import { type ServerOptions, WebSocketServer } from "ws";
import type { PresenceService } from "../presence/presence.js";
import { lastAnswersMs, openSocket, type Socket, type SocketDeps } from "./realtime.connection.js";
import { createDoors, type DoorLimits, doorLimits } from "./realtime.doors.js";
import { createNodeQueue, type OutboundLimits, outboundLimits } from "./realtime.outbound.js";
import type { Reconciler } from "./realtime.reconciler.js";
import type { SessionChecks } from "./realtime.sessions.js";

const socketPath = "/v1/messaging/ws";
const maxPayload = 64 * 1024;

/** Milliseconds that a connection lasts after a close frame. */
const closeTimeout = 1_000;

// `closeTimeout` is newer than the types of ws.
const serverOptions: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload,
  closeTimeout,
  perMessageDeflate: false,
  clientTracking: false,
};

/** Milliseconds between two runs of each interval job. */
const intervals = { sessions: 1_000, absences: 1_000, changes: 3_000, presence: 10_000, queues: 1_000 };
/** Milliseconds over which the clients of a node that stops are spread when they are asked to reconnect. */
const reconnectWithin = 2_000;

/**
 * Refuses a request that is no handshake of RFC 6455 section 4.2.1, and names the versions that would be (section
 * 4.2.2).
 */
function refuseHandshake(request: IncomingMessage, duplex: Duplex, detail: string): void {
  if (request.method === "GET") {
    const error = new AppError("malformed_request", { detail });
    refuseUpgrade(request, duplex, error, { "sec-websocket-version": "13, 8" });
  } else refuseUpgrade(request, duplex, new AppError("method_not_allowed"), { allow: "GET" });
}

export interface RealtimeOptions extends Omit<SocketDeps, "bounds" | "queue"> {
  reconciler: Reconciler;
  sessions: Pick<SessionChecks, "check">;
  presence: PresenceService;
  /** Exact origins; a client that sends no Origin is not a browser. */
  origins: readonly string[];
  limits: Pick<Limits, "consume" | "factor">;
  /** The client's address, as far as trusted proxies tell. */
  addressOf(request: IncomingMessage): string;
  log: Logger;
  bounds?: Partial<OutboundLimits & DoorLimits>;
}

/**
 * Serves the path of the socket: accepts or refuses upgrades, runs the regular checks, and drains the sockets in the
 * end.
 */
export function createRealtimeServer(options: RealtimeOptions) {
  const { reconciler, sessions, log, presence } = options;
  const bounds = { ...outboundLimits, ...doorLimits, ...options.bounds };
  const server = new WebSocketServer(serverOptions);
  server.on("wsClientError", ({ message }, duplex, request) => refuseHandshake(request, duplex, message));
  const doors = createDoors(bounds, options.limits.factor);
  const sockets = new Set<Socket>();
  let draining = false;
  const deps: SocketDeps = {
    ...options,
    bounds,
    queue: createNodeQueue(bounds),
    depart: (connectionId, actor) =>
      options.depart(connectionId, actor).catch((error: unknown) => {
        // While the node stops, `leave` closes all rows at once.
        if (!draining) throw error;
      }),
  };

  async function checkQueues(): Promise<void> {
    const nowMs = performance.now();
    for (const socket of sockets) socket.check(nowMs);
  }
  const jobs = [
    startIntervalJob({ name: "realtime_sessions", intervalMs: intervals.sessions, log, run: sessions.check }),
    startIntervalJob({ name: "realtime_absences", intervalMs: intervals.absences, log, run: presence.removeExpired }),
    startIntervalJob({ name: "realtime_changes", intervalMs: intervals.changes, log, run: reconciler.compare }),
    startIntervalJob({ name: "realtime_presence", intervalMs: intervals.presence, log, run: presence.renew }),
    startIntervalJob({ name: "realtime_queues", intervalMs: intervals.queues, log, run: checkQueues }),
  ];

  /**
   * Whether a request comes from no browser, from a page of this host or from an allowed origin (RFC 6455 section
   * 10.2).
   */
  function isAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || options.origins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  function refusalOf(request: IncomingMessage): AppError | undefined {
    if (draining) return new AppError("unavailable", { retryAfter: 1 });
    if (isAllowed(request)) return undefined;
    return new AppError("forbidden", { detail: "Pages of this origin may not open sockets." });
  }

  async function admit(request: IncomingMessage, duplex: Duplex, head: Buffer): Promise<void> {
    const address = options.addressOf(request);
    try {
      await options.limits.consume("upgrade", limitKeyOf(address));
    } catch (error) {
      return refuseUpgrade(request, duplex, toAppError(error));
    }
    const releasePlace = doors.enter(address);
    if (releasePlace === undefined) {
      const detail = "Too many sockets wait for their token.";
      return refuseUpgrade(request, duplex, new AppError("rate_limited", { detail, retryAfter: 1 }));
    }
    // The place is given back also where the handshake fails and no socket comes of it.
    duplex.once("close", releasePlace);
    server.handleUpgrade(request, duplex, head, (ws) => {
      vouchFor(duplex);
      const socket = openSocket({ ws, connection: duplex as NetSocket, deps, address, releasePlace });
      sockets.add(socket);
      ws.on("close", () => sockets.delete(socket));
      if (draining) socket.drain(0);
    });
  }

  return {
    /** Handles `server.on("upgrade")`; answers false where the request is not for the socket. */
    upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): boolean {
      if (request.url?.split("?", 1)[0] !== socketPath) return false;
      duplex.on("error", (err) => log.debug({ err }, "upgrade error"));
      const refusal = refusalOf(request);
      if (refusal === undefined) void admit(request, duplex, head);
      else refuseUpgrade(request, duplex, refusal);
      return true;
    },

    async close(): Promise<void> {
      draining = true;
      for (const job of jobs) void job.stop();
      for (const socket of sockets) socket.drain(Math.floor(Math.random() * reconnectWithin));
      const deadline = performance.now() + reconnectWithin + lastAnswersMs + 500;
      while (sockets.size > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const socket of sockets) socket.terminate();
    },

    /** Closes the rows that sockets have left behind; where the database is away, the rows expire by themselves. */
    leave: presence.leave,
  };
}
