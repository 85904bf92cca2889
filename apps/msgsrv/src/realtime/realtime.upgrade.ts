import type { IncomingMessage } from "node:http";
import type { Socket as NetSocket } from "node:net";
import type { Duplex } from "node:stream";
import { AppError, maxRequestBytes } from "@vero/contracts";
import {
  type AllowedOrigins,
  isOriginAllowed,
  type Limits,
  type Logger,
  limitKeyOf,
  refusedOriginLog,
  refuseUpgrade,
  toAppError,
  vouchFor,
} from "@vero/server";
import { type ServerOptions, WebSocketServer } from "ws";
import type { ConnectionOptions } from "./realtime.connection.js";
import { createDoors, type DoorLimits } from "./realtime.doors.js";

const socketPath = "/v1/messaging/ws";

/** Milliseconds that a connection lasts after a close frame. */
const closeTimeout = 1_000;

// `closeTimeout` is newer than the types of ws.
const serverOptions: ServerOptions & { closeTimeout: number } = {
  noServer: true,
  maxPayload: maxRequestBytes,
  closeTimeout,
  perMessageDeflate: false,
  clientTracking: false,
};

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

export interface UpgradeOptions {
  origins: AllowedOrigins;
  limits: Pick<Limits, "consume" | "factor">;
  /** The client's address, as far as trusted proxies tell. */
  addressOf(request: IncomingMessage): string;
  log: Logger;
}

/** Accepts or refuses the upgrades of one path, and hands the accepted ones to `onAccepted`. */
export function createUpgrades({
  origins,
  limits,
  addressOf,
  log,
  bounds,
  isDraining,
  onAccepted,
}: UpgradeOptions & {
  bounds: DoorLimits;
  isDraining(): boolean;
  onAccepted(socket: Omit<ConnectionOptions, "deps">): void;
}) {
  const server = new WebSocketServer(serverOptions);
  server.on("wsClientError", ({ message }, duplex, request) => refuseHandshake(request, duplex, message));
  const doors = createDoors(bounds, limits.factor);
  const logRefused = refusedOriginLog(log);

  function refusalOf(request: IncomingMessage): AppError | undefined {
    if (isDraining()) return new AppError("unavailable", { retryAfter: 1 });
    const { headers } = request;
    if (isOriginAllowed(headers, origins)) return undefined;
    logRefused(headers.origin as string);
    return new AppError("forbidden", { detail: "Pages of this origin may not open sockets." });
  }

  async function admit(request: IncomingMessage, duplex: Duplex, head: Buffer): Promise<void> {
    const address = addressOf(request);
    try {
      await limits.consume("upgrade", limitKeyOf(address));
    } catch (error) {
      return refuseUpgrade(request, duplex, toAppError(error));
    }
    const releaseSlot = doors.enter(address);
    if (releaseSlot === undefined) {
      const detail = "Too many sockets wait for their token.";
      return refuseUpgrade(request, duplex, new AppError("rate_limited", { detail, retryAfter: 1 }));
    }
    // The slot is given back also where the handshake fails and no socket comes of it.
    duplex.once("close", releaseSlot);
    server.handleUpgrade(request, duplex, head, (ws) => {
      vouchFor(duplex);
      onAccepted({ ws, connection: duplex as NetSocket, address, releaseSlot });
    });
  }

  /** Handles `server.on("upgrade")`; answers false where the request is not for the socket. */
  return (request: IncomingMessage, duplex: Duplex, head: Buffer): boolean => {
    if (request.url?.split("?", 1)[0] !== socketPath) return false;
    duplex.on("error", (err) => log.debug({ err }, "upgrade error"));
    const refusal = refusalOf(request);
    if (refusal === undefined) void admit(request, duplex, head);
    else refuseUpgrade(request, duplex, refusal);
    return true;
  };
}
