import type { Socket as NetSocket } from "node:net";
import { type ClientFrame, type CloseReason, closeCodes, protocolVersion } from "@vero/contracts";
import type { Actor, Logger } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { WebSocket } from "ws";
import { closeReasonOf, isUnexpected } from "../presence/presence.refusal.js";
import type { EndReason, HubSocket } from "./realtime.connected-user.js";
import { type ConnectionEvent, type ConnectionMode, connectionTransitions } from "./realtime.connection.modes.js";
import type { EventWriter } from "./realtime.frames.js";
import { Heartbeat, heartbeatMs } from "./realtime.heartbeat.js";
import type { Hub } from "./realtime.hub.js";
import { boundInbound, parseFrame } from "./realtime.inbound.js";
import { Modes } from "./realtime.modes.js";
import type { NodeQueue } from "./realtime.node-queue.js";
import { Outbound, type OutboundLimits } from "./realtime.outbound.js";
import { Requests, type RequestsOptions } from "./realtime.requests.js";

const authTimeoutMs = 5_000;
/**
 * Bounds the check of a token that has come. One that takes longer is no fault of the client's, which is asked to try
 * again.
 */
const checkTimeoutMs = 10_000;
/** Bounds, after the moment named in `reconnect`, the wait for requests under way. */
export const lastAnswersMs = 1_000;

export interface ConnectionDeps extends Pick<RequestsOptions, "call"> {
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
}

export interface ConnectionOptions {
  ws: WebSocket;
  /** The connection below `ws`. */
  connection: NetSocket;
  deps: ConnectionDeps;
  /** The client's address. */
  address: string;
  /** Gives back the socket's slot among those without a token; may be called again. */
  releaseSlot(): void;
}

const now = (): string => new Date().toISOString();

/** Serves one socket from its opening to its end. */
export class Connection implements HubSocket {
  tenant_id = "";
  user_id = "";
  session_id = "";
  readonly #id = uuidv7();
  readonly #ws: WebSocket;
  readonly #deps: ConnectionDeps;
  readonly #releaseSlot: () => void;
  readonly #modes = new Modes(connectionTransitions, "anonymous", (mode) => this.#onEnter(mode));
  readonly #outbound: Outbound;
  readonly #requests: Requests;
  readonly #heartbeat: Heartbeat;
  #actor: Actor | undefined;
  /** The number of the last durable event that was sent. */
  #s = 0;
  #authTimer: NodeJS.Timeout;
  #drainTimer: NodeJS.Timeout | undefined;

  constructor({ ws, connection, deps, address, releaseSlot }: ConnectionOptions) {
    this.#ws = ws;
    this.#deps = deps;
    this.#releaseSlot = releaseSlot;
    const onSlow = () => this.#close("slow_consumer");
    this.#outbound = new Outbound({ ws, connection, limits: deps.bounds, node: deps.queue, onSlow });
    this.#requests = new Requests({
      address,
      call: deps.call,
      isServing: () => this.#isServing(),
      send: (text) => this.#outbound.sendAnswer(text),
    });
    this.#authTimer = setTimeout(() => this.#close("auth_timeout"), authTimeoutMs);
    this.#heartbeat = new Heartbeat({ ping: () => ws.ping(), onDead: () => this.#close("heartbeat_timeout") });
    this.#listen(connection);
    this.#send({
      t: "hello",
      protocol: protocolVersion,
      heartbeat_interval_ms: heartbeatMs,
      auth_timeout_ms: authTimeoutMs,
      server_time: now(),
    });
  }

  get mode(): ConnectionMode {
    return this.#modes.current;
  }

  sendEvent(write: EventWriter): void {
    if (this.#isServing()) this.#outbound.sendEvent(write, () => ++this.#s);
  }

  resync(reason: string): void {
    if (this.#isServing()) this.#send({ t: "resync", reason });
  }

  end(reason: EndReason): void {
    this.#close(reason);
  }

  /** Asks the client to come back at the moment named; serves it until then, and closes after the last answer. */
  drain(afterMs: number): void {
    if (!this.#on("drain", "drain") || this.mode !== "draining") return;
    this.#send({ t: "reconnect", after_ms: afterMs });
    this.#drainTimer = setTimeout(() => {
      this.#drainTimer = setTimeout(() => this.#close("drain"), lastAnswersMs);
      void this.#requests.answered().then(() => this.#close("drain"));
    }, afterMs);
  }

  /** Closes the socket where what waits for the client has not left in time. Called every second. */
  check(nowMs: number): void {
    this.#outbound.check(nowMs);
  }

  terminate(): void {
    this.#ws.terminate();
  }

  #isServing(): boolean {
    return this.mode === "ready" || this.mode === "draining";
  }

  #isAnonymous(): boolean {
    return this.mode === "anonymous" || this.mode === "authenticating";
  }

  #send(frame: object): void {
    this.#outbound.send(JSON.stringify(frame));
  }

  /**
   * Handles an event; answers whether the mode has changed. Where it begins to close, the client is sent the reason;
   * without one, `ws` sends the close frame itself.
   */
  #on(event: ConnectionEvent, reason?: CloseReason): boolean {
    if (!this.#modes.on(event)) return false;
    if (this.mode === "closing" && reason !== undefined) this.#ws.close(closeCodes[reason], reason);
    return true;
  }

  #close(reason: CloseReason): void {
    this.#on("close", reason);
  }

  #onEnter(mode: ConnectionMode): void {
    clearTimeout(this.#authTimer);
    if (mode === "authenticating") this.#authTimer = setTimeout(() => this.#close("drain"), checkTimeoutMs);
    if (mode === "closing" || mode === "closed") this.#leave();
    if (mode === "ready" || mode === "closed") this.#releaseSlot();
    if (mode === "closed") this.#outbound.forget();
  }

  #listen(connection: NetSocket): void {
    const ws = this.#ws;
    boundInbound(connection, {
      isAuthenticated: () => !this.#isAnonymous(),
      isClosing: () => this.mode === "closing",
      close: (reason) => this.#close(reason),
      pause: () => ws.pause(),
    });
    ws.on("message", (bytes: Buffer, isBinary: boolean) => this.#onMessage(bytes, isBinary));
    ws.on("pong", () => this.#heartbeat.note());
    // Without a listener an oversized or malformed frame would end the process; ws sends the close frame itself.
    ws.on("error", (err) => {
      this.#deps.log.debug({ err }, "socket error");
      this.#on("close");
    });
    ws.on("close", () => this.#on("gone"));
  }

  #onMessage(bytes: Buffer, isBinary: boolean): void {
    this.#heartbeat.note();
    if (this.mode === "closing" || this.mode === "closed") return;
    const frame = parseFrame(bytes, isBinary);
    if (frame === undefined) this.#close("bad_frame");
    else this.#receive(frame);
  }

  #receive(frame: ClientFrame): void {
    if (frame.t === "ping") return this.#send({ t: "pong", n: frame.n });
    if (frame.t === "auth") {
      this.#authenticate(frame.token).catch((error: unknown) => {
        if (isUnexpected(error)) this.#deps.log.error({ err: error }, "socket could not be authenticated");
        this.#close(closeReasonOf(error));
      });
      return;
    }
    this.#on("request", "bad_frame");
    if (!this.#isServing() || this.#actor === undefined) return;
    if (!this.#requests.add(frame, this.#actor)) this.#close("rate_limited");
  }

  async #authenticate(token: string): Promise<void> {
    this.#on("token", "bad_frame");
    if (this.mode !== "authenticating") return;
    const actor = await this.#deps.arrive(this.#id, token);
    this.#actor = actor;
    if (!this.#isAuthenticating()) return this.#depart();
    const { tenant_id, user_id, session_id } = actor;
    this.tenant_id = tenant_id;
    this.user_id = user_id;
    this.session_id = session_id;
    await this.#deps.hub.join(this, () => {
      if (!this.#on("accepted")) return;
      this.#send({ t: "ready", connection_id: this.#id, user_id, server_time: now() });
    });
  }

  #isAuthenticating(): boolean {
    return this.mode === "authenticating";
  }

  #leave(): void {
    clearTimeout(this.#drainTimer);
    this.#heartbeat.stop();
    this.#deps.hub.leave(this);
    this.#depart();
  }

  #depart(): void {
    const leaving = this.#actor;
    this.#actor = undefined;
    if (leaving === undefined) return;
    const onError = (err: unknown) => this.#deps.log.warn({ err }, "a departure was not noted");
    this.#deps.depart(this.#id, leaving).catch(onError);
  }
}
