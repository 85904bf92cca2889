// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

import type { components, EventMap, EventType } from "./events.js";

/** The realtime token, as the first frame. */
export type AuthFrame = components["schemas"]["AuthFrame"];

/** A call of an operation, with the same validation, limits and idempotency as over REST. */
export type ReqFrame = components["schemas"]["ReqFrame"];

/** Asks for a pong with the same number. */
export type PingFrame = components["schemas"]["PingFrame"];

/** The first frame of every connection. */
export type HelloFrame = components["schemas"]["HelloFrame"];

/** The token was accepted; events follow. */
export type ReadyFrame = components["schemas"]["ReadyFrame"];

/** The answer to the request with the same id. */
export type ResFrame = components["schemas"]["ResFrame"];

/** The answer to a ping. */
export type PongFrame = components["schemas"]["PongFrame"];

/** This connection may have missed something: call messages.sync. */
export type ResyncFrame = components["schemas"]["ResyncFrame"];

/** The node is about to drain: connect again after the given time. */
export type ReconnectFrame = components["schemas"]["ReconnectFrame"];

/** Any event of the server. */
export type AnyEvent = EventMap[EventType];

/** Any frame that a client sends. */
export type ClientFrame = AuthFrame | ReqFrame | PingFrame;

/** Any frame that the server sends. */
export type ServerFrame = HelloFrame | ReadyFrame | ResFrame | PongFrame | ResyncFrame | ReconnectFrame | AnyEvent;

/** The version of the protocol, which the server names in `hello`. */
export const protocolVersion = 1;

/** Each code with which the server closes a socket, and whether a client connects again after it. */
export interface CloseCodes {
  /** the node stops */
  4000: { reason: "drain"; reconnect: true };
  /** the client reads too slowly, or not at all */
  4002: { reason: "slow_consumer"; reconnect: true };
  /** two protocol pings went unanswered */
  4003: { reason: "heartbeat_timeout"; reconnect: true };
  /** too many frames, too many bytes, or too many new sockets of the user */
  4008: { reason: "rate_limited"; reconnect: true };
  /** a frame is not JSON, not of a known kind, or too large */
  4009: { reason: "bad_frame"; reconnect: true };
  /** the realtime token has expired: fetch another */
  4401: { reason: "token_expired"; reconnect: true };
  /** the realtime token is not valid, or has opened a socket before */
  4500: { reason: "auth_failed"; reconnect: false };
  /** the user was deactivated */
  4502: { reason: "user_deactivated"; reconnect: false };
  /** the user has too many sockets */
  4503: { reason: "connection_limit"; reconnect: false };
  /** the session has ended */
  4504: { reason: "session_revoked"; reconnect: false };
  /** no auth frame came in time */
  4505: { reason: "auth_timeout"; reconnect: false };
}
