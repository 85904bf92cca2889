import http, { type IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import type { Duplex } from "node:stream";
import { AppError } from "@vero/contracts";
import { closeFrame, createFrameFollower, endConnection, onUpgrade } from "@vero/server";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { fromUpstream, toUpstreamSocket } from "./forwarded.js";

interface Upgrade {
  socket: Duplex;
  head: Buffer;
  response: ServerResponse;
}

type Answer = { message: IncomingMessage } & ({ socket: Duplex; head: Buffer } | { socket: undefined });

const dialTimeout = 5_000;
/** How long a client has to answer our close frame before the connection is cut. */
const farewell = 1_000;

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

/** Byte for byte: frames, pings, close codes and, above all, back pressure stay between the two ends. */
function join(client: Duplex, upstream: Duplex): () => void {
  const frames = createFrameFollower();
  let isLeaving = false;
  const leave = (): void => {
    upstream.unpipe(client);
    client.unpipe(upstream);
    upstream.destroy();
    // Read on, or the client's own close frame is never seen and the connection stays half open.
    client.resume();
    client.end(closeFrame(4000, "drain"));
    setTimeout(() => client.destroy(), farewell).unref();
  };
  client.pipe(upstream);
  upstream.pipe(client);
  upstream.on("data", (chunk: Buffer) => {
    frames.follow(chunk);
    if (isLeaving && frames.isBetweenMessages()) leave();
  });
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on("error", () => one.destroy());
    one.on("close", () => (isLeaving && one === upstream ? undefined : other.destroy()));
  }
  return () => {
    isLeaving = true;
    if (frames.isBetweenMessages()) leave();
    else setTimeout(() => client.destroy(), farewell).unref();
  };
}

export interface TunnelOptions {
  path: string;
  /** Where the messaging service listens. */
  upstream: string;
}

/**
 * The socket, passed through to the messaging service. Not by a proxy that ends the WebSocket here and opens another
 * one: that would answer pings for a client that is gone, and buffer for one that does not read.
 */
export function mountTunnel(app: FastifyInstance, { path, upstream }: TunnelOptions): void {
  const url = new URL(upstream.replace(/\/+$/, "") + path);
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  const open = new Map<Duplex, () => void>();
  let isClosing = false;

  // Node hands over the bare socket; the request takes the way of every other one, with its id, hooks and errors.
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
    client.write(answer.head);
    answer.socket.write(head);
    const leave = join(client, answer.socket);
    open.set(client, leave);
    client.on("close", () => open.delete(client));
    if (isClosing) leave();
    return reply;
  });

  app.addHook("preClose", async () => {
    isClosing = true;
    await Promise.all(
      [...open].map(([client, leave]) => {
        const closed = new Promise((resolve) => client.once("close", resolve));
        leave();
        return closed;
      }),
    );
  });
}
