import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { type Problem, problem } from "@vero/contracts";
import { createFrameFollower } from "@vero/server";
import { expect } from "vitest";
import type { Stack } from "./stack.js";

const opcodes = { continuation: 0x0, text: 0x1, close: 0x8, ping: 0x9, pong: 0xa };

/** Makes a frame from a client (RFC 6455 section 5.2), under a mask of zeros. */
export function clientFrame(kind: keyof typeof opcodes, content: string | Buffer = "", isLast = true): Buffer {
  const payload = Buffer.from(content as string);
  const head = payload.length < 126 ? Buffer.alloc(6) : Buffer.alloc(8);
  head[0] = (isLast ? 0x80 : 0) | opcodes[kind];
  head[1] = 0x80 | Math.min(payload.length, 126);
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/**
 * A WebSocket without a library, which would answer pings and close frames by itself: the test decides what is sent.
 */
export interface RawSocket {
  socket: Socket;
  /** Resolves when a frame that contains the text has come. */
  received(text: string): Promise<void>;
  /** The code of the close frame that has come, if one has. */
  closeCode(): number | undefined;
  /** Resolves when the connection has ended, on whichever side. */
  ended: Promise<void>;
  text(frame: object): void;
}

const headersOf = (headers: Record<string, string>) => ({
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  ...headers,
});

/** The answer to the request for an upgrade, and the connection where it is 101. */
export async function requestUpgrade(
  stack: Pick<Stack, "url">,
  headers: Record<string, string> = {},
  method = "GET",
): Promise<{ status: number; message: IncomingMessage; socket: Socket }> {
  const asked = request(`${stack.url}/v1/messaging/ws`, { method, headers: headersOf(headers), agent: false });
  asked.end();
  const [message, socket = message.socket] = (await Promise.race([
    once(asked, "upgrade"),
    once(asked, "response"),
  ])) as [IncomingMessage, Socket?];
  return { status: message.statusCode ?? 0, message, socket };
}

/** The problem that a refused upgrade is answered with, and its headers. */
export async function refusedUpgrade(...asked: Parameters<typeof requestUpgrade>) {
  const { status, message } = await requestUpgrade(...asked);
  if (status === 101) throw new Error("the upgrade was not refused");
  const { headers } = message;
  const found: Problem = problem.parse(JSON.parse(await text(message)));
  expect({ type: headers["content-type"], id: headers["x-request-id"], status }).toEqual({
    type: "application/problem+json; charset=utf-8",
    id: found.request_id,
    status: found.status,
  });
  return { problem: found, headers };
}

export async function openRaw(stack: Pick<Stack, "url">, headers: Record<string, string> = {}): Promise<RawSocket> {
  const { status, socket } = await requestUpgrade(stack, headers);
  if (status !== 101) throw new Error(`the upgrade was answered ${status}`);
  let received = Buffer.alloc(0);
  socket.on("error", () => {});
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  const ended = new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
  });
  return {
    socket,
    ended,
    async received(text) {
      while (!received.includes(text)) await once(socket, "data");
    },
    text: (frame) => socket.write(clientFrame("text", JSON.stringify(frame))),
    closeCode() {
      let at = 0;
      let code: number | undefined;
      const follower = createFrameFollower((bytes) => {
        const end = at + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
        if (received[at] === (0x80 | opcodes.close)) code = received.readUInt16BE(end);
        at = end + bytes;
      });
      follower.follow(received);
      return code;
    },
  };
}
