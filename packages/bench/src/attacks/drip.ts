import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Attack, AttackContext, Finding } from "./attack.js";
import { headOf, openConnection } from "./connections.js";
import { nextAddress } from "./members.js";

const socketsEach = 15;
const everyMs = 250;
/** So long it may take on a busy machine beyond the limit, the last words included. */
const slackMs = 5_000;

const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};
const body = { "content-type": "application/json", "content-length": "60000" };

/** The bytes that a connection begins with before it drips, and the time that the server is to bear that. */
interface Kind {
  name: string;
  begin(): string;
  limitMs: number;
}

const kinds: readonly Kind[] = [
  { name: "the head of a request", begin: () => `${headOf("GET /readyz", {})}x-slow: `, limitMs: 10_000 },
  {
    name: "a body",
    begin: () => `${headOf("POST /v1/chat/messages/send", { ...nextAddress(), ...body })}\r\n{`,
    limitMs: 30_000,
  },
  {
    name: "the head of an upgrade",
    begin: () => `${headOf("GET /v1/messaging/ws", upgrade)}x-slow: `,
    limitMs: 10_000,
  },
  {
    // A text frame of 125 bytes, of which a token would be part.
    name: "the first frame of a socket",
    begin: () => `${headOf("GET /v1/messaging/ws", { ...nextAddress(), ...upgrade })}\r\n\x81\xfd`,
    limitMs: 5_000,
  },
];

interface Dripping {
  kind: Kind;
  socket: Socket;
  begunAt: number;
  /** When the server had let go: what is sent to it then is answered with a reset, and not before. */
  goneAt: number | undefined;
}

/** All kinds at once, a byte at a time; what the server says is read, and that it ends does not end it here. */
async function beginDripping({ url }: AttackContext): Promise<{ all: Dripping[]; stop(): void }> {
  const all: Dripping[] = [];
  for (const kind of kinds) {
    for (let n = 0; n < socketsEach; n += 1) {
      const socket = await openConnection(url);
      const one: Dripping = { kind, socket, begunAt: performance.now(), goneAt: undefined };
      socket.write(kind.begin(), "latin1");
      socket.resume().once("close", () => {
        one.goneAt = performance.now();
      });
      all.push(one);
    }
  }
  const dripping = setInterval(() => {
    for (const { socket } of all) if (!socket.destroyed) socket.write("x");
  }, everyMs);
  const stop = () => {
    clearInterval(dripping);
    for (const { socket } of all) socket.destroy();
  };
  return { all, stop };
}

function findingOf(kind: Kind, all: readonly Dripping[]): Finding {
  const seconds = all.map(({ begunAt, goneAt = Number.POSITIVE_INFINITY }) => (goneAt - begunAt) / 1_000);
  const last = Math.max(...seconds);
  return {
    name: `${kind.name}: let go (s)`,
    figure: `${Math.min(...seconds).toFixed(1)} to ${last.toFixed(1)}`,
    isWithin: last * 1_000 <= kind.limitMs + slackMs,
  };
}

export const drip: Attack = {
  summary: "60 connections that send a byte at a time: heads, bodies, upgrades and frames",
  attackers: 1,
  async prepare() {},
  async run(context, ended) {
    const { all, stop } = await beginDripping(context);
    if (!ended.aborted) await once(ended, "abort");
    const held = all.filter(({ goneAt }) => goneAt === undefined).length;
    stop();
    return held;
  },
  async verify(context) {
    const { all, stop } = await beginDripping(context);
    const end = performance.now() + Math.max(...kinds.map(({ limitMs }) => limitMs)) + slackMs;
    while (performance.now() < end && all.some(({ goneAt }) => goneAt === undefined)) await delay(everyMs);
    const found = kinds.map((kind) =>
      findingOf(
        kind,
        all.filter((one) => one.kind === kind),
      ),
    );
    stop();
    return found;
  },
};
