import http, { type IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { AppError } from "@vero/contracts";
import {
  closeFrame,
  createFrameFollower,
  endConnection,
  type Limits,
  limitKeyOf,
  onUpgrade,
  textFrame,
  vouchFor,
} from "@vero/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { fromUpstream, toUpstreamSocket } from "./forwarded.js";

interface Upgrade {
  socket: Duplex;
  head: Buffer;
  response: ServerResponse;
}

type Answer = { message: IncomingMessage } & ({ socket: Duplex; head: Buffer } | { socket: undefined });

const dialTimeout = 4_500;
/** How long a client has to answer our close frame before the connection is cut, in milliseconds. */
const farewell = 1_000;
/** Clients of a gateway that stops are asked to reconnect spread over this time, in milliseconds. */
const reconnectWithin = 1_000;
/** How long a client's earlier requests are still answered after it was to leave, in milliseconds. */
const lastAnswersMs = 1_000;

function dial(url: URL, request: FastifyRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { request: connect } = url.protocol === "https:" ? https : http;
    const outgoing = connect(url, { headers: toUpstreamSocket(request), timeout: dialTimeout, agent: false });
    const fail = (cause?: unknown) => reject(new AppError("unavailable", { cause, retryAfter: 1 }));
    outgoing.on("upgrade", (message, socket, head) => {
      socket.setTimeout(0);
      resolve({ message, socket, head });
    });
    outgoing.on("response", (message) => resolve({ message, socket: undefined }));
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.on("error", fail);
    outgoing.end();
  });
}

const handshake = ({ rawHeaders }: IncomingMessage): string => {
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  return ["HTTP/1.1 101 Switching Protocols", ...lines, "", ""].join("\r\n");
};

/** Ends the connection of a client after sending what is queued for it; a client that does not read is cut off. */
function finish(socket: Duplex): void {
  // Reading goes on, or the client's own close frame would never be seen and the connection would stay half open.
  socket.resume();
  socket.end();
  setTimeout(() => socket.destroy(), farewell).unref();
}

/**
 * Pipes two connections byte for byte: frames, pings, close codes and, above all, back pressure stay between the two
 * ends. Returns the function that asks the client to leave: the client is served until the given moment, and its
 * requests in progress for `lastAnswersMs` after it.
 */
function join(client: Duplex, upstream: Duplex): (afterMs: number) => void {
  const frames = createFrameFollower();
  const waiting: (() => void)[] = [];
  /** Acts where frames of our own may be inserted, which is between two messages (RFC 6455 sections 5.4 and 5.5). */
  const betweenMessages = (act: () => void): void => {
    if (frames.isBetweenMessages()) act();
    else waiting.push(act);
  };
  let isClosed = false;
  const close = (): void => {
    isClosed = true;
    upstream.unpipe(client);
    client.unpipe(upstream);
    upstream.destroy();
    client.write(closeFrame(4000, "drain"));
    finish(client);
  };
  client.pipe(upstream);
  upstream.pipe(client);
  upstream.on("data", (chunk: Buffer) => {
    frames.follow(chunk);
    if (frames.isBetweenMessages()) for (const act of waiting.splice(0)) act();
  });
  client.on("error", () => client.destroy());
  upstream.on("error", () => upstream.destroy());
  client.on("close", () => upstream.destroy());
  upstream.on("close", () => {
    if (!isClosed) finish(client);
  });
  return (afterMs) => {
    betweenMessages(() => client.write(textFrame(JSON.stringify({ t: "reconnect", after_ms: afterMs }))));
    const lastMs = afterMs + lastAnswersMs;
    setTimeout(() => betweenMessages(close), lastMs).unref();
    setTimeout(() => client.destroy(), lastMs + farewell).unref();
  };
}

export interface TunnelOptions {
  path: string;
  /** The address of the messaging service. */
  upstream: string;
  limits: Pick<Limits, "consume">;
}

/**
 * Mounts the socket as a tunnel to the messaging service. A proxy that ends the WebSocket here and opens another one
 * would answer pings for a client that is gone, and buffer for one that does not read.
 */
export function mountTunnel(app: FastifyInstance, { path, upstream, limits }: TunnelOptions): void {
  const url = new URL(upstream.replace(/\/+$/, "") + path);
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  const open = new Map<Duplex, (afterMs: number) => void>();
  let isClosing = false;

  // Node hands over the bare socket. Its request is routed like every other one, with an id, hooks and errors.
  onUpgrade(app, (message, socket, head) => {
    const response = new ServerResponse(message);
    upgrades.set(message, { socket, head, response });
    socket.on("error", () => socket.destroy());
    response.assignSocket(socket as never);
    response.on("finish", () => endConnection(socket));
    app.routing(message, response);
    return true;
  });

  app.get(path, async (request: FastifyRequest, reply: FastifyReply) => {
    const upgrade = upgrades.get(request.raw);
    if (upgrade === undefined || request.headers.upgrade?.toLowerCase() !== "websocket") {
      throw new AppError("validation_failed", { detail: "This path speaks WebSocket only." });
    }
    if (isClosing) throw new AppError("unavailable", { retryAfter: 1 });
    await limits.consume("upgrade", limitKeyOf(request.clientAddress));
    const answer = await dial(url, request);
    if (answer.socket === undefined) {
      reply.code(answer.message.statusCode ?? 502).headers(fromUpstream(answer.message.headers));
      return reply.send(answer.message);
    }
    reply.hijack();
    const { socket: client, head, response } = upgrade;
    response.detachSocket(client as never);
    if (client.destroyed) {
      answer.socket.destroy();
      return reply;
    }
    client.write(handshake(answer.message));
    vouchFor(client);
    // Put back, so that `join` follows these bytes too and knows where frames end.
    answer.socket.unshift(answer.head);
    answer.socket.write(head);
    const leave = join(client, answer.socket);
    open.set(client, leave);
    client.on("close", () => open.delete(client));
    if (isClosing) leave(0);
    return reply;
  });

  app.addHook("preClose", async () => {
    isClosing = true;
    await Promise.all(
      [...open].map(([client, leave]) => {
        const closed = new Promise((resolve) => client.once("close", resolve));
        leave(Math.floor(Math.random() * reconnectWithin));
        return closed;
      }),
    );
  });
}
