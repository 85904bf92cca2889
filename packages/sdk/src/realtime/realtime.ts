import type { CallOptions, OperationTypes } from "../generated/client.js";
import type { ReadyFrame } from "../generated/frames.js";
import type { RealtimeEvents, RealtimeOperation } from "./events.js";

type InputOf<O extends RealtimeOperation> = OperationTypes[O]["input"];
export type Arguments<O extends RealtimeOperation> =
  undefined extends InputOf<O>
    ? [input?: InputOf<O>, options?: CallOptions]
    : [input: InputOf<O>, options?: CallOptions];

/** The socket of a client: it connects, stays connected, and delivers events in order. */
export interface Realtime {
  /**
   * Connects and stays connected until `close()`. Resolves with the first `ready`, however many attempts that takes;
   * rejects when trying again would not help (nobody is signed in, the server refuses) or when `signal` fires before, which
   * also closes. With a signal that has fired already it throws `aborted` and does nothing. Calling it again while it is at
   * work answers the same promise.
   */
  connect(options?: { signal?: AbortSignal | undefined }): Promise<ReadyFrame>;
  /** Listens until the answered function is called. An error of the listener does not reach the connection. */
  on<E extends keyof RealtimeEvents>(type: E, listener: (event: RealtimeEvents[E]) => void): () => void;
  /**
   * Calls an operation over the socket: the same validation, limits and idempotency as over HTTP. While the connection is
   * being restored it waits for it. A request that was under way when a connection broke is sent again if it is idempotent,
   * else it throws `network_error`. Throws `VeroError`; `not_connected` before `connect()` and after `close()`.
   */
  request<O extends RealtimeOperation>(operation: O, ...rest: Arguments<O>): Promise<OperationTypes[O]["output"]>;
  /** Closes the socket. Requests without a reply throw `aborted`. Listeners stay for the next `connect()`. */
  close(): void;
}
