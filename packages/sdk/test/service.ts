import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import type { Problem } from "../src/generated/client.js";
import { type AnyEvent, protocolVersion, type ServerFrame } from "../src/generated/frames.js";
import type { CodeOf } from "../src/realtime/close-codes.js";

/** A small service that follows the documents of the API: enough of it to see what a client sends. */
export interface Recorded {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage["headers"];
  body: unknown;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  text?: string;
  /** Breaks the connection instead of answering. */
  broken?: boolean;
}

type Handler = (request: Recorded) => Answer | Promise<Answer>;

export const ids = {
  user: "0199d0a3-5a10-7000-8000-0000000000b1",
  other: "0199d0a3-5a10-7000-8000-0000000000b2",
  conversation: "0199d0a3-5a10-7000-8000-0000000000c1",
  message: "0199d0a3-5a10-7000-8000-0000000000d1",
};

export const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  headers: { "content-type": "application/problem+json" },
  body: { type: `/problems/${code}`, title: code, status, detail: `It is ${code}.`, code, request_id: "r-1", ...more },
});

const read = async (request: IncomingMessage): Promise<unknown> => {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text === "" ? undefined : JSON.parse(text);
};

export class Service {
  readonly requests: Recorded[] = [];
  readonly handlers = new Map<string, Handler>();
  /** Paths that need no token. */
  readonly open = new Set(["/auth/login", "/auth/signup", "/auth/refresh"]);
  /** Access tokens that are accepted. */
  readonly valid = new Set<string>();
  /** The user of each token that was issued. */
  readonly users = new Map<string, string>();
  /** Refresh token to its successor: what is handed out a second time for a lost reply. */
  readonly rotated = new Map<string, object>();
  readonly sockets = new Set<WebSocket>();
  /** Frames of the clients, of all sockets. */
  readonly frames: Record<string, unknown>[] = [];
  connections = 0;
  /** The version of the protocol that the service names in `hello`. */
  protocol: number = protocolVersion;
  heartbeatMs = 25_000;
  expiresIn = 600;
  /** True if pings and requests are answered. */
  responsive = true;
  /** True if a socket gets no `hello`. */
  hangs = false;
  #issued = 0;
  #server: Server;
  #upgrades: WebSocketServer;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#upgrades = new WebSocketServer({ server: this.#server, path: "/v1/messaging/ws" });
    this.#upgrades.on("connection", (socket) => this.#accept(socket));
    this.on("POST /auth/login", ({ body }) => ({
      body: this.issue((body as { email: string }).email.startsWith("grace") ? ids.other : ids.user),
    }));
    this.on("POST /auth/signup", () => ({ body: this.issue() }));
    this.on("POST /auth/logout", () => ({ status: 204 }));
    this.on("POST /auth/refresh", ({ body }) => ({
      body: this.rotate((body as { refresh_token: string }).refresh_token),
    }));
    this.on("GET /v1/messaging/token", () => ({
      body: {
        token: "ws-token",
        expires_at: "2026-03-01T12:01:00.000Z",
        ws_url: `${this.url.replace("http", "ws")}/v1/messaging/ws`,
      },
    }));
  }

  static async start(): Promise<Service> {
    const service = new Service();
    await new Promise<void>((resolve) => service.#server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  on(route: string, handler: Handler): void {
    this.handlers.set(route, handler);
  }

  /** Counts the calls of a route. */
  count(route: string): number {
    return this.requests.filter(({ method, path }) => `${method} ${path}` === route).length;
  }

  issue(id = ids.user) {
    this.#issued += 1;
    const access_token = `access-${this.#issued}`;
    this.valid.add(access_token);
    const refresh_token = `refresh-${this.#issued}`;
    for (const token of [access_token, refresh_token]) this.users.set(token, id);
    return { access_token, token_type: "Bearer", expires_in: this.expiresIn, refresh_token, user: { id } };
  }

  rotate(refreshToken: string): object {
    const successor = this.rotated.get(refreshToken) ?? this.issue(this.users.get(refreshToken));
    this.rotated.set(refreshToken, successor);
    return successor;
  }

  broadcast(frame: object): void {
    for (const socket of this.sockets) socket.send(JSON.stringify(frame));
  }

  drop(code: number, reason = ""): void {
    for (const socket of this.sockets) socket.close(code, reason);
  }

  async stop(): Promise<void> {
    for (const socket of this.#upgrades.clients) socket.terminate();
    this.#upgrades.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", this.url);
    const method = request.method ?? "";
    const query = Object.fromEntries(url.searchParams);
    const recorded = { method, path: url.pathname, query, headers: request.headers, body: await read(request) };
    this.requests.push(recorded);
    const isPublic = this.open.has(url.pathname);
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    const refused = !isPublic && !this.valid.has(token);
    const handler = this.handlers.get(`${method} ${url.pathname}`) ?? this.handlers.get("*");
    const answer = refused
      ? problem(401, "token_expired")
      : ((await handler?.(recorded)) ?? problem(404, "route_not_found"));
    if (answer.broken === true) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, {
      "content-type": "application/json",
      "x-request-id": "r-1",
      ...answer.headers,
    });
    response.end(answer.text ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body)));
  }

  #accept(socket: WebSocket): void {
    this.connections += 1;
    if (this.hangs) return;
    const send = (frame: Exclude<ServerFrame, AnyEvent>) => socket.send(JSON.stringify(frame));
    const server_time = "2026-03-01T12:00:00.000Z";
    send({
      t: "hello",
      protocol: this.protocol as typeof protocolVersion,
      heartbeat_interval_ms: this.heartbeatMs,
      auth_timeout_ms: 5000,
      server_time,
    });
    socket.on("close", () => this.sockets.delete(socket));
    socket.on("error", () => {});
    socket.on("message", async (data) => {
      const frame = JSON.parse(String(data)) as Record<string, unknown>;
      this.frames.push(frame);
      if (frame["t"] === "auth") {
        if (frame["token"] !== "ws-token") return socket.close(4500 satisfies CodeOf<"auth_failed">, "auth_failed");
        this.sockets.add(socket);
        return send({ t: "ready", connection_id: `c-${this.connections}`, user_id: ids.user, server_time });
      }
      if (!this.responsive) return;
      if (frame["t"] === "ping") return send({ t: "pong", n: frame["n"] as number });
      const handler = this.handlers.get(`req ${frame["op"]}`);
      if (handler === undefined) return;
      const { status = 200, body } = await handler({ body: frame["d"] } as Recorded);
      const id = frame["id"] as number;
      send(status < 400 ? { t: "res", id, ok: true, d: body } : { t: "res", id, ok: false, error: body as Problem });
    });
  }
}
