import type { Transitions } from "./realtime.modes.js";

/**
 * - `anonymous`: the server has said hello and waits for the token.
 * - `authenticating`: a token has come and is being checked.
 * - `ready`: events and requests.
 * - `draining`: as `ready`, and the client was asked to come back later; ends with the last answer.
 * - `closing`: the close frame was sent. Nothing else is sent, nothing is read but the client's own close frame; ends
 *   with the connection, a second later at most (`closeTimeout` of the WebSocketServer).
 * - `closed`: the connection is gone. Final.
 */
export type ConnectionMode = "anonymous" | "authenticating" | "ready" | "draining" | "closing" | "closed";

/**
 * - `token`, `request`: a frame of the client's. A token after the first one, and a request before the token was
 *   accepted, end the connection.
 * - `accepted`: the token stands for a user, whose events can begin.
 * - `drain`: the node stops. A client that is not served yet, or was asked before, is not asked to come back later.
 * - `close`: the connection ends for any other reason.
 * - `gone`: the connection below is gone.
 */
export type ConnectionEvent = "token" | "request" | "accepted" | "drain" | "close" | "gone";

export const connectionTransitions: Transitions<ConnectionMode, ConnectionEvent> = {
  anonymous: {
    token: "authenticating",
    request: "closing",
    accepted: "anonymous",
    drain: "closing",
    close: "closing",
    gone: "closed",
  },
  authenticating: {
    token: "closing",
    request: "closing",
    accepted: "ready",
    drain: "closing",
    close: "closing",
    gone: "closed",
  },
  ready: {
    token: "closing",
    request: "ready",
    accepted: "ready",
    drain: "draining",
    close: "closing",
    gone: "closed",
  },
  draining: {
    token: "closing",
    request: "draining",
    accepted: "draining",
    drain: "closing",
    close: "closing",
    gone: "closed",
  },
  closing: {
    token: "closing",
    request: "closing",
    accepted: "closing",
    drain: "closing",
    close: "closing",
    gone: "closed",
  },
  closed: {
    token: "closed",
    request: "closed",
    accepted: "closed",
    drain: "closed",
    close: "closed",
    gone: "closed",
  },
};
