import {
  type AppError,
  type ClientFrame,
  type CloseReason,
  clientFrame,
  closeCodes,
  protocolVersion,
} from "@vero/contracts";
import { type Actor, type Logger, parseJson, problemOf, settle } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { WebSocket } from "ws";
import type { EventWriter } from "./realtime.frames.js";
import type { EndReason, Hub, HubSocket } from "./realtime.hub.js";

const heartbeatMs = 25_000;
const authTimeoutMs = 5_000;
/** How long a token that has come may take to be checked; that it takes longer is no fault of the client's. */
const checkTimeoutMs = 10_000;
const missedHeartbeats = 2;
const maxQueuedBytes = 1024 * 1024;
const maxWaitingRequests = 64;
const maxFramesPerSecond = 100;
/** How long, after the moment named in `reconnect`, requests under way are waited for. */
export const lastAnswersMs = 1_000;

export interface SocketDeps {
  hub: Pick<Hub, "join" | "leave">;
  log: Logger;
  /** Who the token of the first frame stands for. */
  authenticate(token: string): Promise<Actor>;
  /** Notes that the user is here; throws `rate_limited` when there are too many sockets already. */
  arrive(connectionId: string, actor: Actor): Promise<void>;
  depart(connectionId: string, actor: Actor): Promise<void>;
  /** Runs an operation of the contract for the actor. */
  call(op: string, input: unknown, actor: Actor, requestId: string): Promise<unknown>;
}

const now = (): string => new Date().toISOString();

const reasonOf = (error: AppError): CloseReason => {
  if (error.code === "token_expired") return "token_expired";
  if (error.code === "rate_limited") return "connection_limit";
  return error.code === "unauthenticated" ? "auth_failed" : "drain";
};

export type Socket = ReturnType<typeof openSocket>;

/** One connection: its states, its frames and its end. */
export function openSocket(ws: WebSocket, deps: SocketDeps) {
  const connectionId = uuidv7();
  const { hub, log } = deps;
  let actor: Actor | undefined;
  let state: "waiting" | "authenticating" | "ready" | "closed" = "waiting";
  let s = 0;
  let missed = 0;
  let waiting = 0;
  let frames = 0;
  let drainTimer: NodeJS.Timeout | undefined;
  let requests: Promise<void> = Promise.resolve();

  const send = (text: string): void => {
    if (ws.readyState !== ws.OPEN) return;
    if (ws.bufferedAmount > maxQueuedBytes) return close("slow_consumer");
    ws.send(text);
  };
  const sendFrame = (frame: object): void => send(JSON.stringify(frame));

  function close(reason: CloseReason): void {
    if (state === "closed") return;
    state = "closed";
    ws.close(closeCodes[reason], reason);
    // Whoever does not read does not answer the closing handshake either.
    if (reason === "slow_consumer" || reason === "heartbeat_timeout") setTimeout(() => ws.terminate(), 1_000).unref();
  }

  const member: HubSocket = {
    tenant_id: "",
    user_id: "",
    session_id: "",
    sendEvent: (write: EventWriter) => {
      if (state === "ready") send(write(() => ++s));
    },
    resync: (reason: string) => {
      if (state === "ready") sendFrame({ t: "resync", reason });
    },
    end: (reason: EndReason) => close(reason),
  };

  async function authenticate(token: string): Promise<void> {
    state = "authenticating";
    clearTimeout(authTimer);
    authTimer = setTimeout(() => close("drain"), checkTimeoutMs);
    const found = await deps.authenticate(token);
    await deps.arrive(connectionId, found);
    actor = found;
    if (ws.readyState !== ws.OPEN) return depart();
    Object.assign(member, { tenant_id: found.tenant_id, user_id: found.user_id, session_id: found.session_id });
    await hub.join(member, () => {
      if (state !== "authenticating") return;
      state = "ready";
      clearTimeout(authTimer);
      sendFrame({ t: "ready", connection_id: connectionId, user_id: found.user_id, server_time: now() });
    });
  }

  /** One after the other, so that what a client sends in order is done in order. */
  async function answer({ id, op, d }: Extract<ClientFrame, { t: "req" }>, caller: Actor): Promise<void> {
    const requestId = uuidv7();
    try {
      // Nobody would learn of the outcome: the client asks again when it is back.
      if (state !== "ready") return;
      sendFrame({ t: "res", id, ok: true, d: (await deps.call(op, d ?? {}, caller, requestId)) ?? null });
    } catch (error) {
      sendFrame({ t: "res", id, ok: false, error: problemOf(settle(error), requestId) });
    } finally {
      waiting -= 1;
    }
  }

  function receive(frame: ClientFrame): void {
    if (frame.t === "ping") return sendFrame({ t: "pong", n: frame.n });
    if (frame.t === "auth") {
      if (state !== "waiting") return close("bad_frame");
      authenticate(frame.token).catch((error: unknown) => {
        const settled = settle(error);
        if (settled.code === "internal_error") log.error({ err: error }, "socket could not be authenticated");
        close(reasonOf(settled));
      });
      return;
    }
    if (state !== "ready" || actor === undefined) return close("bad_frame");
    waiting += 1;
    if (waiting > maxWaitingRequests) return close("rate_limited");
    const caller = actor;
    requests = requests.then(() => answer(frame, caller));
  }

  async function closeWhenAnswered(): Promise<void> {
    while (waiting > 0 && state === "ready") await requests;
    close("drain");
  }

  function depart(): void {
    const leaving = actor;
    actor = undefined;
    if (leaving === undefined) return;
    deps.depart(connectionId, leaving).catch((err: unknown) => log.warn({ err }, "a departure was not noted"));
  }

  let authTimer = setTimeout(() => close("auth_timeout"), authTimeoutMs);
  const rateTimer = setInterval(() => {
    frames = 0;
  }, 1_000);
  const heartbeat = setInterval(() => {
    if (missed >= missedHeartbeats) return close("heartbeat_timeout");
    missed += 1;
    ws.ping();
  }, heartbeatMs);

  ws.on("message", (bytes: Buffer, isBinary: boolean) => {
    missed = 0;
    frames += 1;
    if (state === "closed") return;
    if (frames > maxFramesPerSecond) return close("rate_limited");
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
  // Without a listener an oversized or malformed frame would end the process; ws closes the socket itself.
  ws.on("error", (err) => log.debug({ err }, "socket error"));
  ws.on("close", () => {
    state = "closed";
    clearTimeout(authTimer);
    clearTimeout(drainTimer);
    clearInterval(rateTimer);
    clearInterval(heartbeat);
    hub.leave(member);
    depart();
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
      sendFrame({ t: "reconnect", after_ms: afterMs });
      if (state !== "ready") return close("drain");
      drainTimer = setTimeout(() => {
        drainTimer = setTimeout(() => close("drain"), lastAnswersMs);
        void closeWhenAnswered();
      }, afterMs);
    },
    terminate: () => ws.terminate(),
  };
}
