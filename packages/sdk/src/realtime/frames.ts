import type { Problem } from "../generated/client.js";
import type { EventMap, EventType } from "../generated/events.js";

/** Any event of the server. */
export type AnyEvent = EventMap[EventType];

/** What the first frame of the server announces. */
interface Hello {
  t: "hello";
  protocol: number;
  heartbeat_interval_ms: number;
}

/** The server knows the user now; events follow. */
export interface Ready {
  t: "ready";
  connection_id: string;
  user_id: string;
  server_time: string;
}

export type Reply =
  | { t: "res"; id: string | number; ok: true; d: unknown }
  | { t: "res"; id: string | number; ok: false; error: Problem };

export type ServerFrame =
  | Hello
  | Ready
  | AnyEvent
  | Reply
  | { t: "pong"; n: number }
  | { t: "resync"; reason: string }
  | { t: "reconnect"; after_ms: number };

export type ClientFrame =
  | { t: "auth"; token: string }
  | { t: "req"; id: number; op: string; d: unknown }
  | { t: "ping"; n: number };

/** The version of the protocol that this client speaks. */
export const protocol = 1;

/** undefined for what is not a frame; frames of unknown kinds are left to the caller, who ignores them. */
export function parseFrame(data: unknown): ServerFrame | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const frame: unknown = JSON.parse(data);
    return typeof frame === "object" && frame !== null && "t" in frame ? (frame as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
