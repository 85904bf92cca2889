// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

import type { EventMap, EventType, AuthFrame, ReqFrame, PingFrame, HelloFrame, ReadyFrame, ResFrame, PongFrame, ResyncFrame, ReconnectFrame } from "./events.js";

export type { AuthFrame, ReqFrame, PingFrame, HelloFrame, ReadyFrame, ResFrame, PongFrame, ResyncFrame, ReconnectFrame };

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
