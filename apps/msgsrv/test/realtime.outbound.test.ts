import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { eventually } from "../../../test/harness/waiting.js";
import { type EventWriter, eventWriter } from "../src/realtime/realtime.frames.js";
import { NodeQueue } from "../src/realtime/realtime.node-queue.js";
import { Outbound, type OutboundLimits, outboundLimits } from "../src/realtime/realtime.outbound.js";

let http: Server;
const clients: Socket[] = [];
beforeEach(async () => {
  http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
});
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
  http.closeAllConnections();
  http.close();
});

const event = eventWriter({
  type: "block.removed",
  at: "2026-03-01T12:00:00.000Z",
  data: { user_id: "é".repeat(16 * 1024) },
});
const port = (): number => (http.address() as AddressInfo).port;

/** The way out of a socket whose other end is `client`. */
async function open(limits: OutboundLimits, node = new NodeQueue(limits)) {
  const sockets = new WebSocketServer({ noServer: true });
  const opened = new Promise<{ ws: WebSocket; connection: Socket }>((resolve) => {
    http.once("upgrade", (request, duplex, head) => {
      sockets.handleUpgrade(request, duplex, head, (ws) => resolve({ ws, connection: duplex as Socket }));
    });
  });
  return async (begin: () => void) => {
    begin();
    const { ws, connection } = await opened;
    const onSlow = vi.fn(() => ws.terminate());
    let s = 0;
    const outbound = new Outbound({ ws, connection, limits, node, onSlow });
    const send = (write: EventWriter) => outbound.sendEvent(write, () => ++s);
    return { ws, connection, onSlow, outbound, node, send, sendEvent: () => send(event) };
  };
}

/** A client that reads nothing after the handshake. */
async function openDead(limits: OutboundLimits, node?: NodeQueue) {
  return (await open(limits, node))(() => {
    const client = connect(port(), "127.0.0.1").pause();
    clients.push(client.on("error", () => {}));
    client.write(
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
  });
}

/** Until the operating system takes no more. */
async function fill(sendEvent: () => void, ws: WebSocket, bytes: number): Promise<void> {
  for (let n = 0; ws.bufferedAmount < bytes; n += 1) {
    sendEvent();
    await new Promise(setImmediate);
    if (n > 20_000) throw new Error("a client that reads nothing took everything");
  }
}

const tight: OutboundLimits = { ...outboundLimits, maxQueuedBytes: 100_000 };

const small = eventWriter({
  type: "block.removed",
  at: "2026-03-01T12:00:00.000Z",
  data: { user_id: "somebody" },
});

/** A client that keeps what it gets. */
async function openListening(received: string[]) {
  return (await open(outboundLimits))(() => {
    const client = new WebSocket(`ws://127.0.0.1:${port()}`);
    client.on("message", (data) => {
      const { t, s } = JSON.parse(String(data));
      received.push(`${t} ${s}`);
    });
    client.on("close", (code) => received.push(`close ${code}`));
  });
}

describe("the events of one tick", () => {
  it("leave in one write, when the tick ends", async () => {
    const received: string[] = [];
    const { connection, send } = await openListening(received);
    const uncork = vi.spyOn(connection, "uncork");
    for (let n = 0; n < 3; n += 1) send(small);
    expect(uncork).not.toHaveBeenCalled();
    await eventually(() => expect(received).toEqual(["event 1", "event 2", "event 3"]));
    expect(uncork).toHaveBeenCalledOnce();
  });

  it("leave before what is sent after them: an answer, and the close frame", async () => {
    const received: string[] = [];
    const { ws, outbound, send } = await openListening(received);
    send(small);
    void outbound.sendAnswer('{"t":"res","s":0}');
    send(small);
    ws.close(4002);
    await eventually(() => expect(received).toEqual(["event 1", "res 0", "event 2", "close 4002"]));
  });

  it("are no queue of a client that reads, however many they are", async () => {
    const received: string[] = [];
    const { ws, send, onSlow } = await openListening(received);
    let waiting = 0;
    for (let n = 0; n < 700; n += 1) {
      send(small);
      waiting = Math.max(waiting, ws.bufferedAmount);
    }
    await eventually(() => expect(received).toHaveLength(700));
    expect(waiting).toBeLessThan(17 * 1024);
    expect(onSlow).not.toHaveBeenCalled();
  });

  it("of a connection that is gone are not noted as waiting", async () => {
    const { outbound, node, send } = await openListening([]);
    const note = vi.spyOn(node, "note");
    send(small);
    outbound.forget();
    await new Promise(setImmediate);
    expect(note).not.toHaveBeenCalled();
  });
});

describe("what waits for a client", () => {
  it("arrives as it was sent, one event in one frame, counted", async () => {
    const received: string[] = [];
    const { sendEvent } = await (await open(outboundLimits))(() => {
      const client = new WebSocket(`ws://127.0.0.1:${port()}`);
      client.on("message", (data) => received.push(String(data)));
    });
    for (let n = 0; n < 3; n += 1) sendEvent();
    await eventually(() => expect(received).toHaveLength(3));
    const [own, shared] = event(() => 7);
    expect(received.map((text) => JSON.parse(text).s)).toEqual([1, 2, 3]);
    expect({ ...JSON.parse(received[0] ?? ""), s: 7 }).toEqual(JSON.parse(`${own}${shared}`));
  });

  it("is the same bytes for all", () => {
    const [, one] = event(() => 1);
    const [, other] = event(() => 2);
    expect(other).toBe(one);
  });

  it("is bounded: beyond that the client is too slow", async () => {
    const { ws, sendEvent, onSlow } = await openDead(tight);
    await fill(sendEvent, ws, tight.maxQueuedBytes);
    expect(onSlow).not.toHaveBeenCalled();
    sendEvent();
    sendEvent();
    expect(onSlow).toHaveBeenCalledOnce();
  });

  it("may be an answer of any size, during which events go on", async () => {
    const { ws, sendEvent, outbound, onSlow } = await openDead(tight);
    await fill(sendEvent, ws, 1);
    void outbound.sendAnswer("x".repeat(2_000_000));
    sendEvent();
    expect(ws.bufferedAmount).toBeGreaterThan(2_000_000);
    expect(onSlow).not.toHaveBeenCalled();
  });

  it("has left ten seconds later, or else the client is too slow, however little it is", async () => {
    const { ws, sendEvent, outbound, onSlow } = await openDead(outboundLimits);
    await fill(sendEvent, ws, 1);
    outbound.check(1_000);
    outbound.check(10_999);
    expect(onSlow).not.toHaveBeenCalled();
    outbound.check(11_000);
    expect(onSlow).toHaveBeenCalledOnce();
  });

  it("may be something else every time", async () => {
    const { sendEvent, outbound, onSlow } = await (await open(outboundLimits))(() => {
      new WebSocket(`ws://127.0.0.1:${port()}`).on("error", () => {});
    });
    for (let second = 1; second < 40; second += 1) {
      sendEvent();
      outbound.check(second * 1_000);
      await new Promise(setImmediate);
    }
    expect(onSlow).not.toHaveBeenCalled();
  });

  it("is bounded for a node: those with the most are closed first", async () => {
    const limits = { maxQueuedBytes: 1_000_000, drainMs: 10_000, maxNodeQueuedBytes: 700_000 };
    const node = new NodeQueue(limits);
    const [a, b] = [await openDead(limits, node), await openDead(limits, node)];
    await fill(a.sendEvent, a.ws, 100_000);
    await fill(b.sendEvent, b.ws, 500_000);
    expect([a, b].map(({ onSlow }) => onSlow.mock.calls.length)).toEqual([0, 0]);
    for (let n = 0; n < 10; n += 1) a.sendEvent();
    expect([a, b].map(({ onSlow }) => onSlow.mock.calls.length)).toEqual([0, 1]);
  });
});
