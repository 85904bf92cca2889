import { type ClientFrame, protocolVersion, type ReadyFrame, type ServerFrame } from "../generated/frames.js";
import { after } from "../timer.js";
import type { CodeOf } from "./close-codes.js";
import { parseFrame } from "./frames.js";
import { createHeartbeat, type Heartbeat } from "./heartbeat.js";
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
  onReady(ready: ReadyFrame, connection: Connection): void;
  /** Receives every frame after `ready`. */
  onFrame(frame: ServerFrame): void;
  /** Called exactly once, and last; with or without `onReady` before. */
  onEnd(ending: Ending): void;
}

export interface Connection {
  /** Throws what keeps the frame from being written as JSON. */
  send(frame: ClientFrame): void;
  check: Heartbeat["check"];
  /** Ends it at once; `onEnd` receives the same code. */
  close(code: number, reason: string): void;
}

type HelloFrame = Extract<ServerFrame, { t: "hello" }>;

/** Opens one socket and keeps it to its end: hello, auth, ready, heartbeat. Connecting again is up to the caller. */
export function openConnection(options: ConnectionOptions): Connection {
  const socket = new options.WebSocket(options.url);
  let ended = false;
  let ready = false;
  let hello: HelloFrame | undefined;

  const end = (ending: Ending) => {
    if (ended) return;
    ended = true;
    cancelConnecting();
    heartbeat.stop();
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
    const text = JSON.stringify(frame);
    try {
      socket.send(text);
    } catch {
      // A socket that is about to close refuses to send; its `close` event follows and decides what happens.
    }
  };

  const cancelConnecting = after(options.connectTimeoutMs, () => {
    close(1006, `not ready within ${options.connectTimeoutMs} ms`, { politely: false });
  });

  const heartbeat = createHeartbeat({
    ping: (n) => send({ t: "ping", n }),
    giveUp: () => close(4003 satisfies CodeOf<"heartbeat_timeout">, "heartbeat_timeout", { politely: false }),
  });

  const onFrame = (frame: ServerFrame) => {
    if (frame.t === "hello" && !ready) {
      // The type knows this version only; the server may be of another. It closes with no such code itself.
      const version: number = frame.protocol;
      if (version !== protocolVersion) return close(4599, `protocol ${version} is not supported`);
      hello = frame;
      send({ t: "auth", token: options.token });
      return options.onHello();
    }
    if (frame.t === "ready" && !ready && hello !== undefined) {
      ready = true;
      cancelConnecting();
      heartbeat.start(hello.heartbeat_interval_ms);
      return options.onReady(frame, connection);
    }
    if (ready) options.onFrame(frame);
  };

  socket.onmessage = ({ data }) => {
    if (ended) return;
    heartbeat.onSign();
    const frame = parseFrame(data);
    if (frame !== undefined) onFrame(frame);
  };
  socket.onclose = ({ code, reason }) => end({ code, reason });
  // A `close` event follows with the code; without a handler `ws` would throw.
  socket.onerror = () => {};

  const connection: Connection = { send, check: heartbeat.check, close };
  return connection;
}
