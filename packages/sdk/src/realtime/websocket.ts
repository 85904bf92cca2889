/** A handler of a socket; written as a method so that the sockets of browsers and of `ws` both fit. */
type Handler<E> = { handle(event: E): void }["handle"] | null;

/** As much of a WebSocket as this client needs. */
export interface WebSocketLike {
  onmessage: Handler<{ data: unknown }>;
  onclose: Handler<{ code: number; reason: string }>;
  onerror: Handler<unknown>;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  /** Only in `ws`: drops the connection without the closing handshake, which a dead peer would never answer. */
  terminate?(): void;
}

export type WebSocketConstructor = new (url: string) => WebSocketLike;

/** The global `WebSocket` of browsers and of Node 22 and later; before that, the package `ws`. */
export async function resolveWebSocket(given: WebSocketConstructor | undefined): Promise<WebSocketConstructor> {
  if (given !== undefined) return given;
  const { WebSocket } = globalThis as { WebSocket?: WebSocketConstructor };
  return WebSocket ?? (await import("ws")).WebSocket;
}
