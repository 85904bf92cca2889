import { type ClientFrame, protocolVersion, type ReadyFrame, type ServerFrame } from "../generated/frames.js";
import type { CodeOf } from "./close-codes.js";
import { parseFrame } from "./frames.js";
import type { WebSocketConstructor } from "./websocket.js";

/** The code and the reason with which a connection ended. */
export interface Ending {
  /** The close code (RFC 6455 section 7.4). 1006: without a closing handshake. */
  code: number;
  reason: string;
}

export interface ConnectionOptions {
  url: string;
  token: string;
  WebSocket: WebSocketConstructor;
  /** Milliseconds from opening to `ready`. */
  connectTimeoutMs: number;
  /** Called when the server has greeted and was sent the token. */
  onHello(): void;
  onReady(ready: ReadyFrame): void;
  /** Receives every frame after `ready`. */
  onFrame(frame: ServerFrame): void;
  /** Called exactly once, and last; with or without `onReady` before. */
  onEnd(ending: Ending): void;
}

export interface Connection {
  send(frame: ClientFrame): void;
  /**
   * Asks whether the server is still there. Calls `onAlive` at the next frame of any kind; when none comes within
   * `deadlineMs`, the connection ends. Does nothing while an earlier check is at work.
   */
  check(deadlineMs: number, onAlive: () => void): void;
  /** Ends it at once; `onEnd` receives the same code. */
  close(code: number, reason: string): void;
}

/** The interval of pings where the server names none that makes sense. */
const usualHeartbeatMs = 25_000;

/** Opens one socket and keeps it to its end: hello, auth, ready, heartbeat. Connecting again is up to the caller. */
export function openConnection(options: ConnectionOptions): Connection {
  const socket = new options.WebSocket(options.url);
  let ended = false;
  let ready = false;
  let heartbeatMs: number | undefined;
  let heartbeat: ReturnType<typeof setInterval> | undefined;
  let pings = 0;
  /** Pings since the last frame of any kind. */
  let unanswered = 0;
  let checking: { timer: ReturnType<typeof setTimeout>; onAlive: () => void } | undefined;

  const end = (ending: Ending) => {
    if (ended) return;
    ended = true;
    clearTimeout(connecting);
    clearInterval(heartbeat);
    clearTimeout(checking?.timer);
    options.onEnd(ending);
  };

  const close = (code: number, reason: string, { politely = true } = {}) => {
    if (ended) return;
    end({ code, reason });
    try {
      // Scripts may close only with 1000 or 3000 to 4999; the server needs no reason from this side.
      if (politely || socket.terminate === undefined) socket.close(1000);
      else socket.terminate();
    } catch {
      // A socket that never opened may refuse to be closed.
    }
  };

  const send = (frame: ClientFrame) => {
    if (ended) return;
    try {
      socket.send(JSON.stringify(frame));
    } catch {
      // A socket that is about to close refuses to send; its `close` event follows and decides what happens.
    }
  };

  const connecting = setTimeout(() => {
    close(1006, `not ready within ${options.connectTimeoutMs} ms`, { politely: false });
  }, options.connectTimeoutMs);

  const giveUp = () => {
    close(4003 satisfies CodeOf<"heartbeat_timeout">, "heartbeat_timeout", { politely: false });
  };

  const ping = () => {
    pings += 1;
    send({ t: "ping", n: pings });
  };

  // Counting pings rather than time: the timers of a page in the background are slowed down, and a frame that waits for
  // the page to wake up must not be taken for silence.
  const beat = () => {
    if (unanswered >= 2) return giveUp();
    unanswered += 1;
    ping();
  };

  const check: Connection["check"] = (deadlineMs, onAlive) => {
    if (ended || checking !== undefined) return;
    checking = { timer: setTimeout(giveUp, deadlineMs), onAlive };
    ping();
  };

  const onSign = () => {
    unanswered = 0;
    const checked = checking;
    checking = undefined;
    clearTimeout(checked?.timer);
    checked?.onAlive();
  };

  const onFrame = (frame: ServerFrame) => {
    if (frame.t === "hello" && !ready) {
      // The type knows this version only; the server may be of another. It closes with no such code itself.
      const version: number = frame.protocol;
      if (version !== protocolVersion) return close(4599, `protocol ${version} is not supported`);
      heartbeatMs = frame.heartbeat_interval_ms > 0 ? frame.heartbeat_interval_ms : usualHeartbeatMs;
      send({ t: "auth", token: options.token });
      return options.onHello();
    }
    if (frame.t === "ready" && !ready && heartbeatMs !== undefined) {
      ready = true;
      clearTimeout(connecting);
      heartbeat = setInterval(beat, heartbeatMs);
      return options.onReady(frame);
    }
    if (ready) options.onFrame(frame);
  };

  socket.onmessage = ({ data }) => {
    if (ended) return;
    onSign();
    const frame = parseFrame(data);
    if (frame !== undefined) onFrame(frame);
  };
  socket.onclose = ({ code, reason }) => end({ code, reason });
  // A `close` event follows with the code; without a handler `ws` would throw.
  socket.onerror = () => {};

  return { send, check, close };
}
