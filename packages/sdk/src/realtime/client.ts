import { abortable, aborted } from "../abort.js";
import { ofOperation, VeroError } from "../errors.js";
import type { OperationTypes, RealtimeToken } from "../generated/client.js";
import type { AnyEvent, ReadyFrame, ServerFrame } from "../generated/frames.js";
import { isIdempotent, specOf, withKey } from "../operation.js";
import { isOffline } from "../platform.js";
import { backoff } from "../retry.js";
import { after } from "../timer.js";
import { attempt, type Outcome } from "./attempt.js";
import type { Connection, Ending } from "./connection.js";
import type { ConnectionEvents, RealtimeEvents, RealtimeOperation } from "./events.js";
import { Listeners } from "./listeners.js";
import { ConnectionMachine, type ObservableConnection } from "./machine.js";
import { watchNetwork } from "./network.js";
import type { Arguments, Realtime } from "./realtime.js";
import { Requests } from "./requests.js";
import { newRun, type Run } from "./run.js";
import type { ConnectionInput } from "./state.js";
import type { RealtimeTiming } from "./timing.js";
import type { WebSocketConstructor } from "./websocket.js";

export interface RealtimeOptions {
  token(signal: AbortSignal): Promise<RealtimeToken>;
  WebSocket: WebSocketConstructor | undefined;
  timing: RealtimeTiming;
  /** Milliseconds that a request waits for its reply. */
  timeoutMs: number;
  onListenerError(error: unknown): void;
  /** Called when the network is there again, or somebody looks at the page again. */
  onBack(): void;
  /** Called when the server has closed the socket because the session has ended, which may have been an earlier one. */
  onSessionEnded(): void;
}

/** The events that only this client makes. */
const ownEvents: Readonly<Record<keyof ConnectionEvents | "*", true>> = {
  connected: true,
  disconnected: true,
  reconnecting: true,
  resync: true,
  "*": true,
};

/** The longest time that a connection in doubt may be silent before it counts as lost. */
const checkMs = 3000;

/** Connects the socket, keeps it connected, and delivers events in order. */
export class RealtimeClient implements Realtime {
  readonly #options: RealtimeOptions;
  readonly #listeners: Listeners;
  readonly #requests = new Requests();
  #run: Run | undefined;
  readonly #machine: ConnectionMachine;
  /** True once there was a connection: the next one then leaves a time to catch up with. */
  #wasConnected = false;

  constructor(options: RealtimeOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.onListenerError);
    this.#machine = new ConnectionMachine(options.onListenerError);
  }

  get connection(): ObservableConnection {
    return this.#machine;
  }

  async connect({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<ReadyFrame> {
    if (signal?.aborted) throw aborted(signal);
    const run = this.#run ?? this.#start();
    try {
      return await abortable(run.ready, signal);
    } catch (error) {
      if (signal?.aborted && this.#run === run) this.close();
      throw error;
    }
  }

  on<E extends keyof RealtimeEvents>(type: E, listener: (event: RealtimeEvents[E]) => void): () => void {
    return this.#listeners.add(type, listener);
  }

  async request<O extends RealtimeOperation>(
    operation: O,
    ...rest: Arguments<O>
  ): Promise<OperationTypes[O]["output"]> {
    const [given = {}, { timeoutMs = this.#options.timeoutMs, signal } = {}] = rest;
    if (this.#run === undefined) {
      throw new VeroError({ code: "not_connected", detail: "Call realtime.connect() first.", operation });
    }
    const input = withKey(operation, given as Record<string, unknown>);
    const idempotent = isIdempotent(operation, input);
    const asking = this.#requests.add(operation, input, { idempotent, timeoutMs, signal });
    const answer = await asking.catch((error: unknown) => Promise.reject(ofOperation(error, operation)));
    return (specOf(operation).status === 204 ? undefined : answer) as OperationTypes[O]["output"];
  }

  close(): void {
    const error = new VeroError({ code: "aborted", detail: "The connection was closed by the client." });
    this.#stop({ type: "close" }, { code: 1000, reason: "closed by the client" }, error);
  }

  /** Ends the connection for this reason, which waiting calls throw: `connect()` begins anew. */
  end(error: VeroError): void {
    this.#stop({ type: "refused", error }, { code: 1000, reason: error.code }, error);
  }

  #start(): Run {
    const run = newRun(watchNetwork({ onOffline: () => this.#onOffline(), onBack: () => this.#onBack() }));
    this.#run = run;
    this.#machine.input({ type: "connect" });
    void this.#keep(run);
    return run;
  }

  /** Ends the run, if there is one: nothing more comes of it once the listeners of the state are called. */
  #stop(input: ConnectionInput, ending: Ending, error: VeroError): void {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort(error);
    run?.unwatch();
    this.#machine.input(input, () => {
      if (run === undefined) return;
      run.reject(error);
      this.#requests.fail(error);
      this.#listeners.emit("disconnected", { ...ending, will_reconnect: false, error });
    });
  }

  #onOffline(): void {
    this.#machine.input({ type: "offline" });
    this.#check();
  }

  #onBack(): void {
    this.#check();
    if (this.#run?.isScheduledByServer === false) this.#machine.input({ type: "retry" });
    else if (!isOffline()) this.#machine.input({ type: "online" });
    this.#options.onBack();
  }

  /** Finds out within seconds whether the connection is still there; the heartbeat would take a minute. */
  #check(): void {
    if (this.#machine.state.status !== "live") return;
    this.#machine.input({ type: "check" });
    this.#run?.connection?.check(checkMs, () => this.#machine.input({ type: "checked" }));
  }

  async #keep(run: Run): Promise<void> {
    const { timing, token, WebSocket, onSessionEnded } = this.#options;
    const { signal } = run.controller;
    for (let failures = 0; !signal.aborted; failures += 1) {
      const outcome = await attempt({
        token,
        WebSocket,
        connectTimeoutMs: timing.connectTimeoutMs,
        signal,
        onHello: () => this.#machine.input({ type: "hello" }),
        onReady: (ready, connection) => this.#onReady(run, ready, connection),
        onFrame: (frame) => this.#onFrame(run, frame),
        drain: () => this.#requests.drain(),
      });
      if (signal.aborted) return;
      this.#requests.detach();
      const { ending, error, isFinal, sessionEnded, isMove, livedMs } = outcome;
      if (isFinal === true) {
        this.#stop({ type: "refused", error }, ending, error);
        if (sessionEnded === true) onSessionEnded();
        return;
      }
      // Where many servers are replaced in a row, waits that double would last longer than callers wait.
      if (livedMs !== undefined && (isMove || livedMs >= timing.stableMs)) failures = 0;
      await this.#wait(run, outcome, failures);
    }
  }

  /** Waits for the next attempt, and says so. */
  async #wait(run: Run, { ending, error, livedMs, resumeInMs }: Outcome, failures: number): Promise<void> {
    const delay = Math.round(resumeInMs ?? backoff(failures, this.#options.timing));
    const attempt = failures + 1;
    const { signal } = run.controller;
    run.isScheduledByServer = resumeInMs !== undefined;
    const type = isOffline() ? "unplugged" : "lost";
    this.#machine.input({ type, attempt, retry_at: Date.now() + delay, error });
    if (signal.aborted) return;
    if (livedMs !== undefined) {
      this.#listeners.emit("disconnected", { ...ending, will_reconnect: true, error: undefined });
    }
    if (signal.aborted) return;
    this.#listeners.emit("reconnecting", { attempt, delay_ms: delay });
    if (signal.aborted) return;
    const cancel = after(delay, () => this.#machine.input({ type: "retry" }));
    await this.#machine.waited();
    cancel();
  }

  #onReady(run: Run, ready: ReadyFrame, connection: Connection): void {
    const reconnected = this.#wasConnected;
    this.#wasConnected = true;
    run.lastEvent = 0;
    run.connection = connection;
    this.#requests.attach(connection.send);
    const { connection_id, user_id } = ready;
    const { signal } = run.controller;
    this.#machine.input({ type: "ready", connection_id, user_id });
    if (signal.aborted) return;
    run.resolve(ready);
    this.#listeners.emit("connected", { connection_id, user_id, reconnected });
    if (reconnected && !signal.aborted) this.#listeners.emit("resync", { reason: "reconnected" });
  }

  #onFrame(run: Run, frame: ServerFrame): void {
    if (run.controller.signal.aborted) return;
    if (frame.t === "event") this.#onEvent(run, frame);
    else if (frame.t === "res") this.#requests.reply(frame);
    else if (frame.t === "resync") this.#listeners.emit("resync", { reason: frame.reason });
  }

  #onEvent(run: Run, event: AnyEvent): void {
    const { signal } = run.controller;
    if ("s" in event) {
      const missed = event.s > run.lastEvent + 1;
      run.lastEvent = event.s;
      if (missed) this.#listeners.emit("resync", { reason: "gap" });
    }
    if (signal.aborted || !run.order.admits(event)) return;
    // A newer server may have an event that is named like one of the connection itself.
    if (!(event.type in ownEvents)) this.#listeners.emit(event.type, event);
    if (!signal.aborted) this.#listeners.emit("*", event);
  }
}
