import type { VeroError } from "../errors.js";
import type { EventMap } from "../generated/events.js";
import type { AnyEvent, ReadyFrame, ReqFrame } from "../generated/frames.js";

/**
 * The reason why the application has to catch up with `messages.sync`.
 *
 * - `reconnected`: there was a time without a connection.
 * - `gap`: an event of this connection did not arrive.
 * - anything else: the server's own reason.
 */
export type ResyncReason = "reconnected" | "gap" | (string & Record<never, never>);

/** The events of the connection itself. */
export interface ConnectionEvents {
  /** Events arrive from now on. */
  connected: Pick<ReadyFrame, "connection_id" | "user_id"> & { reconnected: boolean };
  /**
   * An established connection has ended, or the client has given up. `code` is the close code (RFC 6455 section 7.4;
   * 4000 to 4999 are those of the API). With `will_reconnect: false` there is no other attempt; `error` is the reason.
   */
  disconnected: { code: number; reason: string; will_reconnect: boolean; error: VeroError | undefined };
  /** Another attempt follows after `delay_ms` milliseconds. `attempt` counts from 1. */
  reconnecting: { attempt: number; delay_ms: number };
  resync: { reason: ResyncReason };
}

/** Every event that can be listened to; `*` stands for all events of the server, also types newer than this client. */
export interface RealtimeEvents extends EventMap, ConnectionEvents {
  "*": AnyEvent;
}

/** The operations that the socket answers: all but those of accounts and of the realtime token. */
export type RealtimeOperation = ReqFrame["op"];
