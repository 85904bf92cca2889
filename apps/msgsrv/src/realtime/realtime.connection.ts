import type { Socket as NetSocket } from "node:net";
import { type ClientFrame, type CloseReason, clientFrame, closeCodes, protocolVersion } from "@vero/contracts";
import { type Actor, type Logger, parseJson, problemOf, toAppError } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { WebSocket } from "ws";
import { closeReasonOf, isUnexpected } from "../presence/presence.refusal.js";
import type { EndReason, HubSocket } from "./realtime.connected-user.js";
import type { EventWriter } from "./realtime.frames.js";
import type { Hub } from "./realtime.hub.js";
import { boundInbound } from "./realtime.inbound.js";
import { createOutbound, type NodeQueue, type OutboundLimits } from "./realtime.outbound.js";

const heartbeatMs = 25_000;
const authTimeoutMs = 5_000;
/**
 * Bounds the check of a token that has come. One that takes longer is no fault of the client's, which is asked to try
 * again.
 */
const checkTimeoutMs = 10_000;
const missedHeartbeats = 2;
const maxWaitingRequests = 64;
/** Bounds, after the moment named in `reconnect`, the wait for requests under way. */
export const lastAnswersMs = 1_000;

export interface SocketDeps {
  hub: Pick<Hub, "join" | "leave">;
  log: Logger;
  bounds: OutboundLimits;
  queue: NodeQueue;
  /**
   * Answers the actor that the token of the first frame stands for, once the socket has been counted; throws where it
   * is refused.
   */
  arrive(connectionId: string, token: string): Promise<Actor>;
  depart(connectionId: string, actor: Actor): Promise<void>;
  /** Runs an operation of the contract for the caller. */
  call(op: string, input: unknown, caller: SocketCaller): Promise<unknown>;
}

interface SocketCaller {
  actor: Actor;
  /** The client's address. */
  address: string;
  requestId: string;
  /** The time by `performance.now()`. */
  arrivedAt: number;
}

export interface SocketOptions {
  ws: WebSocket;
  /** The connection below `ws`. */
  connection: NetSocket;
  deps: SocketDeps;
  /** The client's address. */
  address: string;
  /** Gives back the socket's place among those without a token; may be called again. */
  releasePlace(): void;
}

/**
 * - `anonymous`: the server has said hello and waits for the token.
 * - `authenticating`: a token has come and is being checked.
 * - `ready`: events and requests.
 * - `draining`: as `ready`, and the client was asked to come back later; ends with the last answer.
 * - `closing`: the close frame was sent. Nothing else is sent, nothing is read but the client's own close frame; ends
 *   with the connection, a second later at most (`closeTimeout` of the WebSocketServer).
 * - `closed`: the connection is gone.
 */
type Mode = "anonymous" | "authenticating" | "ready" | "draining" | "closing" | "closed";

const transitions: Record<Mode, readonly Mode[]> = {
  anonymous: ["authenticating", "closing", "closed"],
  authenticating: ["ready", "closing", "closed"],
  ready: ["draining", "closing", "closed"],
  draining: ["closing", "closed"],
  closing: ["closed"],
  closed: [],
};

const now = (): string => new Date().toISOString();

export type Socket = ReturnType<typeof openSocket>;

/** Serves one connection from its opening to its end. */
export function openSocket({ ws, connection, deps, address, releasePlace }: SocketOptions) {
  const connectionId = uuidv7();
  const { hub, log } = deps;
  let actor: Actor | undefined;
  let mode: Mode = "anonymous";
  let s = 0;
  let missed = 0;
  let waiting = 0;
  let drainTimer: NodeJS.Timeout | undefined;
  let requests: Promise<void> = Promise.resolve();

  const isServing = (): boolean => mode === "ready" || mode === "draining";
  const isAnonymous = (): boolean => mode === "anonymous" || mode === "authenticating";

  /** Changes the mode, which nothing else does; answers false where the connection is further on already. */
  function enter(next: Mode): boolean {
    if (!transitions[mode].includes(next)) return false;
    mode = next;
    if (next === "ready" || next === "closing" || next === "closed") clearTimeout(authTimer);
    if (next === "closing" || next === "closed") leave();
    if (next === "ready" || next === "closed") releasePlace();
    return true;
  }

  const outbound = createOutbound({
    ws,
    connection,
    limits: deps.bounds,
    node: deps.queue,
    onSlow: () => close("slow_consumer"),
  });
  const sendFrame = (frame: object): void => outbound.send(JSON.stringify(frame));

  function close(reason: CloseReason): void {
    if (enter("closing")) ws.close(closeCodes[reason], reason);
  }

  const member: HubSocket = {
    tenant_id: "",
    user_id: "",
    session_id: "",
    sendEvent: (write: EventWriter) => {
      if (isServing()) outbound.sendEvent(write, () => ++s);
    },
    resync: (reason: string) => {
      if (isServing()) sendFrame({ t: "resync", reason });
    },
    end: (reason: EndReason) => close(reason),
  };

  async function authenticate(token: string): Promise<void> {
    if (!enter("authenticating")) return close("bad_frame");
    clearTimeout(authTimer);
    authTimer = setTimeout(() => close("drain"), checkTimeoutMs);
    const found = await deps.arrive(connectionId, token);
    actor = found;
    if (mode !== "authenticating") return depart();
    Object.assign(member, { tenant_id: found.tenant_id, user_id: found.user_id, session_id: found.session_id });
    await hub.join(member, () => {
      if (!enter("ready")) return;
      sendFrame({ t: "ready", connection_id: connectionId, user_id: found.user_id, server_time: now() });
    });
  }

  /**
   * Answers a request. The requests of a socket take turns, so that they are done in the order in which they were sent;
   * the next one begins when the answer has left, so that a client that does not read causes no work.
   */
  async function answer(
    { id, op, d }: Extract<ClientFrame, { t: "req" }>,
    caller: Actor,
    arrivedAt: number,
  ): Promise<void> {
    const requestId = uuidv7();
    // The client could not learn of the outcome; it asks again when it is back.
    if (!isServing()) return;
    const frame = await deps.call(op, d ?? {}, { actor: caller, address, requestId, arrivedAt }).then(
      (result) => ({ t: "res", id, ok: true, d: result ?? null }),
      (error: unknown) => ({ t: "res", id, ok: false, error: problemOf(toAppError(error), requestId) }),
    );
    await outbound.sendAnswer(JSON.stringify(frame));
  }

  function receive(frame: ClientFrame): void {
    if (frame.t === "ping") return sendFrame({ t: "pong", n: frame.n });
    if (frame.t === "auth") {
      authenticate(frame.token).catch((error: unknown) => {
        if (isUnexpected(error)) log.error({ err: error }, "socket could not be authenticated");
        close(closeReasonOf(error));
      });
      return;
    }
    if (!isServing() || actor === undefined) return close("bad_frame");
    waiting += 1;
    if (waiting > maxWaitingRequests) return close("rate_limited");
    const caller = actor;
    const arrivedAt = performance.now();
    requests = requests
      .then(() => answer(frame, caller, arrivedAt))
      .finally(() => {
        waiting -= 1;
      });
  }

  async function closeWhenAnswered(): Promise<void> {
    while (waiting > 0 && isServing()) await requests;
    close("drain");
  }

  function depart(): void {
    const leaving = actor;
    actor = undefined;
    if (leaving === undefined) return;
    deps.depart(connectionId, leaving).catch((err: unknown) => log.warn({ err }, "a departure was not noted"));
  }

  function leave(): void {
    clearTimeout(drainTimer);
    clearInterval(heartbeat);
    hub.leave(member);
    depart();
  }

  let authTimer = setTimeout(() => close("auth_timeout"), authTimeoutMs);
  const heartbeat = setInterval(() => {
    if (missed >= missedHeartbeats) return close("heartbeat_timeout");
    missed += 1;
    ws.ping();
  }, heartbeatMs);

  boundInbound(connection, {
    isAuthenticated: () => !isAnonymous(),
    isClosing: () => mode === "closing",
    close,
    pause: () => ws.pause(),
  });
  ws.on("message", (bytes: Buffer, isBinary: boolean) => {
    missed = 0;
    if (mode === "closing" || mode === "closed") return;
    if (isBinary) return close("bad_frame");
    let parsed: ReturnType<typeof clientFrame.safeParse>;
    try {
      parsed = clientFrame.safeParse(parseJson(bytes));
    } catch {
      return close("bad_frame");
    }
    if (!parsed.success) return close("bad_frame");
    receive(parsed.data);
  });
  ws.on("pong", () => {
    missed = 0;
  });
  // Without a listener an oversized or malformed frame would end the process; ws sends the close frame itself.
  ws.on("error", (err) => {
    log.debug({ err }, "socket error");
    enter("closing");
  });
  ws.on("close", () => {
    enter("closed");
    outbound.forget();
  });

  sendFrame({
    t: "hello",
    protocol: protocolVersion,
    heartbeat_interval_ms: heartbeatMs,
    auth_timeout_ms: authTimeoutMs,
    server_time: now(),
  });

  return {
    /** Asks the client to come back at the moment named; serves it until then, and closes after the last answer. */
    drain(afterMs: number): void {
      if (!enter("draining")) return close("drain");
      sendFrame({ t: "reconnect", after_ms: afterMs });
      drainTimer = setTimeout(() => {
        drainTimer = setTimeout(() => close("drain"), lastAnswersMs);
        void closeWhenAnswered();
      }, afterMs);
    },
    check: outbound.check,
    terminate: () => ws.terminate(),
  };
}
