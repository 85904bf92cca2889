import { sleep } from "../abort.js";
import { isVeroError, VeroError } from "../errors.js";
import type { RealtimeToken } from "../generated/client.js";
import type { ReadyFrame, ServerFrame } from "../generated/frames.js";
import { after } from "../timer.js";
import { unreachable } from "../unreachable.js";
import { consequenceOf } from "./close-codes.js";
import { type Connection, type Ending, openConnection } from "./connection.js";
import { resolveWebSocket, type WebSocketConstructor } from "./websocket.js";

export interface AttemptOptions {
  token(signal: AbortSignal): Promise<RealtimeToken>;
  WebSocket: WebSocketConstructor | undefined;
  connectTimeoutMs: number;
  /** Ends the attempt and the connection. */
  signal: AbortSignal;
  onHello(): void;
  onReady(ready: ReadyFrame, connection: Connection): void;
  onFrame(frame: ServerFrame): void;
  /** Sends no more requests over this connection; resolves when none waits for its reply. */
  drain(): Promise<void>;
}

/** The outcome of an attempt, from asking for a token to the end of the connection. */
export interface Outcome {
  ending: Ending;
  /** The reason why there is no connection any more. */
  error: VeroError;
  /** True if another attempt would fail as well. */
  isFinal?: boolean;
  /** The session itself is over, not only this connection. */
  sessionEnded?: boolean;
  /** The server asked the client to move: that is no failure. */
  isMove?: boolean;
  /** Milliseconds from `ready` to the end; undefined when there was no `ready`. */
  livedMs?: number | undefined;
  /** Milliseconds until the next attempt, when the server has named them. */
  resumeInMs?: number | undefined;
}

/** The longest time that a connection which is to be replaced waits for replies that are under way. */
const drainMs = 2000;

function failed(thrown: unknown): Outcome {
  const ending = { code: 1006, reason: isVeroError(thrown) ? thrown.code : "the socket could not be opened" };
  if (!isVeroError(thrown)) {
    const error = new VeroError({ code: "connection_closed", detail: `${ending.reason}.`, cause: thrown });
    return { ending, error, isFinal: true };
  }
  const error = thrown;
  // Refused by the service, or nobody is signed in: asking again changes nothing. A proxy's 404 may pass.
  const isRefused = error.problem !== undefined && error.status >= 400 && error.status < 500 && error.status !== 429;
  const isNobody = error.code === "unauthenticated" || error.code === "user_changed";
  if (isRefused || isNobody) return { ending, error, isFinal: true };
  if (error.retryAfter === undefined) return { ending, error };
  return { ending, error, resumeInMs: error.retryAfter * 1000 + Math.random() * 1000 };
}

function ended(ending: Ending): Outcome {
  const consequence = consequenceOf(ending.code);
  const isMove = consequence === "move";
  const isFinal = !isMove && consequence !== "retry";
  const sessionEnded = consequence === "sign_out";
  const detail = isFinal ? "The server closed the connection for good" : "The connection was lost";
  const error = new VeroError({
    code: sessionEnded ? "unauthenticated" : isFinal ? "connection_closed" : "network_error",
    detail: `${detail}: ${ending.code} ${ending.reason}`.trim(),
  });
  return { ending, error, isMove, isFinal, sessionEnded };
}

/** Asks for a token, connects with it, and resolves when that connection is over. Never rejects. */
export async function attempt(options: AttemptOptions): Promise<Outcome> {
  const { signal, connectTimeoutMs } = options;
  let grant: RealtimeToken;
  let WebSocket: WebSocketConstructor;
  try {
    [grant, WebSocket] = await Promise.all([options.token(signal), resolveWebSocket(options.WebSocket)]);
    if (signal.aborted) return failed(signal.reason);
    if (typeof grant?.token !== "string" || typeof grant.ws_url !== "string") {
      throw new VeroError({ code: "unexpected_response", detail: "Expected a realtime token, got something else." });
    }
  } catch (error) {
    return failed(error);
  }
  return new Promise((resolve) => {
    let connection: Connection | undefined;
    let isGreeted = false;
    let readyAt: number | undefined;
    let resumeAt: number | undefined;
    let cancelReplacing = () => {};
    const leave = (reason: string) => connection?.close(1000, reason);
    const onAbort = () => leave("closed by the client");

    // The server is about to go: stay until the moment it named, then move without losing a reply.
    const replace = async () => {
      await Promise.race([options.drain(), sleep(drainMs)]);
      leave("reconnect");
    };

    const settle = (outcome: Outcome) => {
      cancelReplacing();
      signal.removeEventListener("abort", onAbort);
      const livedMs = readyAt === undefined ? undefined : Date.now() - readyAt;
      const resumeInMs = resumeAt === undefined ? outcome.resumeInMs : Math.max(0, resumeAt - Date.now());
      const isMove = resumeAt !== undefined || outcome.isMove === true;
      resolve({ ...outcome, isMove, livedMs, resumeInMs });
    };

    const onFrame = (frame: ServerFrame) => {
      if (frame.t !== "reconnect" || !(frame.after_ms >= 0)) return options.onFrame(frame);
      resumeAt = Date.now() + frame.after_ms;
      cancelReplacing();
      cancelReplacing = after(frame.after_ms, () => void replace());
    };

    signal.addEventListener("abort", onAbort, { once: true });
    try {
      connection = openConnection({
        url: grant.ws_url,
        token: grant.token,
        WebSocket,
        connectTimeoutMs,
        onHello: () => {
          isGreeted = true;
          options.onHello();
        },
        onReady: (ready, opened) => {
          readyAt = Date.now();
          options.onReady(ready, opened);
        },
        onFrame,
        onEnd: (ending) => {
          // Browsers give this code also for a socket that the server refused to the page.
          const isUnopened = !isGreeted && ending.code === 1006;
          const reason = ending.reason && `: ${ending.reason}`;
          const error = unreachable(`The socket could not be opened${reason}.`, { url: grant.ws_url });
          settle({ ...ended(ending), ...(isUnopened && { error }) });
        },
      });
    } catch (error) {
      settle(failed(error));
    }
  });
}
