import { absoluteUrl } from "./base-url.js";
import { callListener } from "./call-listener.js";
import { createCaller } from "./caller.js";
import type { VeroError } from "./errors.js";
import type { CallOptions, MediaApi, RealtimeToken, VeroApi } from "./generated/client.js";
import { type OperationId, operations } from "./generated/operations.js";
import type { Fetch } from "./http.js";
import { paginate } from "./paginate.js";
import { RealtimeClient } from "./realtime/client.js";
import type { ObservableConnection } from "./realtime/machine.js";
import type { Realtime } from "./realtime/realtime.js";
import { defaultTiming, type RealtimeTiming } from "./realtime/timing.js";
import type { WebSocketConstructor } from "./realtime/websocket.js";
import { defaultRetry, type RetryPolicy } from "./retry.js";
import type { SessionControl } from "./session.js";
import { memoryTokens, type TokenStore, type Tokens } from "./tokens.js";
import { createUploads, type MediaUploads } from "./upload.js";

export interface VeroOptions {
  /** The URL of the service, such as `https://chat.example.com/chat`; in a browser also a path of the page's origin, `/api`. */
  baseUrl: string;
  /** Signs in with tokens from elsewhere, when the store has none. The answer of a login fits. */
  tokens?: Tokens | undefined;
  /** The store of the tokens. Default: in memory; `webStorageTokens(localStorage)` keeps them and shares them among tabs. */
  tokenStore?: TokenStore | undefined;
  /** Default: the global `fetch`. */
  fetch?: Fetch | undefined;
  /** Default: the global `WebSocket`, or the package `ws` where there is none (Node before 22). */
  WebSocket?: WebSocketConstructor | undefined;
  /** Milliseconds for one attempt of a call, and for a reply on the socket. Default 15,000. */
  timeoutMs?: number | undefined;
  /** The policy for idempotent calls. Default: two repetitions, after up to 250 and up to 500 ms, or `Retry-After`. */
  retry?: Partial<RetryPolicy> | undefined;
  realtime?: Partial<RealtimeTiming> | undefined;
  /**
   * Called when the session has ended other than by a call of this client: it was revoked or has expired, or its refresh
   * token was stolen or lost; in another tab somebody signed out (`unauthenticated`) or another user signed in
   * (`user_changed`).
   */
  onSignedOut?: ((error: VeroError) => void) | undefined;
  /** Receives the errors of listeners, `onSignedOut` and `onProgress`. Default: `console.error`, which gets its own errors, too. */
  onListenerError?: ((error: unknown) => void) | undefined;
}

/** A client of one service for one user at a time. */
export interface Vero extends VeroApi {
  readonly media: MediaApi & MediaUploads;
  readonly session: SessionControl;
  readonly realtime: Realtime;
  /** The state of the connection that `realtime` keeps: the one way to it. */
  readonly connection: ObservableConnection;
  readonly paginate: typeof paginate;
  /** Closes the socket and listens to nothing any more. The tokens stay. */
  close(): void;
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

type Call = (operation: OperationId, input?: object, options?: CallOptions) => Promise<unknown>;

/** One method for each operation: `messages.mark_read` becomes `api.messages.markRead`. */
function apiOf(call: Call): VeroApi {
  const api: Record<string, Record<string, unknown>> = {};
  for (const operation of Object.keys(operations) as OperationId[]) {
    const [room = "", name = ""] = operation.split(".");
    api[room] ??= {};
    api[room][camel(name)] = (input?: object, options?: CallOptions) => call(operation, input, options);
  }
  return api as unknown as VeroApi;
}

/** Drops the undefined values, which would hide the defaults. */
const given = <T extends object>(options: T | undefined): T =>
  Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)) as T;

/**
 * Makes a client. It does nothing until it is called: no request, no timer, no socket.
 *
 * @throws {TypeError} when `baseUrl` is not the URL of a service.
 */
export function createVero(options: VeroOptions): Vero {
  const baseUrl = absoluteUrl(options.baseUrl);
  const timeoutMs = options.timeoutMs ?? 15_000;
  const logError = (error: unknown) => console.error(error);
  const { onListenerError: ofApplication = logError } = options;
  const onListenerError = (error: unknown) => callListener(() => ofApplication(error), logError);

  // Looked up at each call, so that a fetch which is replaced later (instrumentation, tests) is the one in use.
  const fetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const retry = { ...defaultRetry, ...given(options.retry) };

  const { session, call } = createCaller({
    baseUrl,
    fetch,
    timeoutMs,
    retry,
    store: options.tokenStore ?? memoryTokens(),
    initial: options.tokens,
    // The socket, if there is one, belongs to whoever was signed in before.
    onReplaced: () => realtime.close(),
    onSignedOut: (error) => {
      realtime.end(error);
      callListener(() => options.onSignedOut?.(error), onListenerError);
    },
  });

  const realtime = new RealtimeClient({
    token: (signal) => call("messaging.token", {}, { signal }) as Promise<RealtimeToken>,
    WebSocket: options.WebSocket,
    timing: { ...defaultTiming, ...given(options.realtime) },
    timeoutMs,
    onListenerError,
    // A store without events: another user may have signed in while nobody looked.
    onBack: () => void session.check().catch(() => {}),
    onSessionEnded: () => void session.verify(),
  });

  const api = apiOf(call);

  const control: SessionControl = {
    get userId() {
      return session.userId;
    },
    tokens: () => session.tokens(),
    refresh: () => session.refresh(),
    clear: () => session.clear(),
  };

  const media = { ...api.media, ...createUploads({ call, fetch, retry, onListenerError }) };
  const close = () => {
    realtime.close();
    session.close();
  };
  return { ...api, media, session: control, realtime, connection: realtime.connection, paginate, close };
}
