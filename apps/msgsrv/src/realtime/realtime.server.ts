import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "@vero/server";
import { WebSocketServer } from "ws";
import type { Hub } from "./realtime.hub.js";
import { inRounds } from "./realtime.rounds.js";
import type { PresenceService } from "./realtime.service.js";
import { lastAnswersMs, openSocket, type Socket, type SocketDeps } from "./realtime.socket.js";

const socketPath = "/v1/messaging/ws";
const maxPayload = 64 * 1024;

/** How often what the bus may have missed is looked for, in milliseconds. */
const intervals = { sessions: 1_000, absences: 1_000, changes: 3_000, presence: 10_000 };
/** Clients of a node that goes away come back spread over this time, in milliseconds. */
const reconnectWithin = 2_000;

export interface RealtimeOptions extends SocketDeps {
  hub: Hub;
  presence: PresenceService;
  /** Exact origins; a client that sends no Origin is not a browser. */
  origins: readonly string[];
  log: Logger;
}

/** The door of the socket: upgrades, the regular checks, and the end. */
export function createRealtimeServer(options: RealtimeOptions) {
  const { hub, log, presence } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: false });
  const sockets = new Set<Socket>();
  let draining = false;

  const onError = (err: unknown) => log.warn({ err }, "a regular check failed");
  const timers = [
    inRounds(intervals.sessions, hub.checkSessions, onError),
    inRounds(intervals.absences, presence.removeExpired, onError),
    inRounds(intervals.changes, hub.compare, onError),
    inRounds(intervals.presence, presence.renew, onError),
  ];

  /** A page of our own host, or of an origin on the list (RFC 6455 section 10.2). */
  function isAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || options.origins.includes(origin)) return true;
    return URL.canParse(origin) && new URL(origin).host === host;
  }

  const refuse = (duplex: Duplex, status: string): void => {
    duplex.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };

  return {
    /** For `server.on("upgrade")`; false when the request is not for the socket. */
    upgrade(request: IncomingMessage, duplex: Duplex, head: Buffer): boolean {
      if (request.url?.split("?", 1)[0] !== socketPath) return false;
      duplex.on("error", (err) => log.debug({ err }, "upgrade error"));
      if (draining) refuse(duplex, "503 Service Unavailable");
      else if (!isAllowed(request)) refuse(duplex, "403 Forbidden");
      else {
        server.handleUpgrade(request, duplex, head, (ws) => {
          const socket = openSocket(ws, options);
          sockets.add(socket);
          ws.on("close", () => sockets.delete(socket));
        });
      }
      return true;
    },

    async close(): Promise<void> {
      draining = true;
      for (const timer of timers) clearInterval(timer);
      for (const socket of sockets) socket.drain(Math.floor(Math.random() * reconnectWithin));
      const deadline = Date.now() + reconnectWithin + lastAnswersMs + 500;
      while (sockets.size > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
      for (const socket of sockets) socket.terminate();
      await presence.leave();
    },
  };
}
