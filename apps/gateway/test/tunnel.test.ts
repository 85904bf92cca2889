import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttp, createLogger, noLimits } from "@vero/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { mountTunnel } from "../src/proxy/tunnel.js";

const path = "/v1/messaging/ws";
const limit = 64 * 1024;

/** A messaging service that says who is there, repeats what it hears, and closes or floods when told to. */
const server: Server = createServer();
const sockets = new WebSocketServer({ noServer: true, maxPayload: limit });
const closes: [number, string][] = [];
let written = 0;
let pings = 0;

server.on("upgrade", (request, socket, head) => {
  if (request.headers.origin === "https://evil.example.com") {
    socket.end(
      "HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno",
    );
    return;
  }
  sockets.handleUpgrade(request, socket, head, (ws) => {
    ws.send(JSON.stringify(request.headers));
    ws.on("error", () => {});
    ws.on("ping", () => (pings += 1));
    ws.on("close", (code, reason) => closes.push([code, String(reason)]));
    ws.on("message", (data, isBinary) => {
      const [word, code] = String(data).split(" ");
      if (word === "close") ws.close(Number(code), "because");
      else if (word === "later") setTimeout(() => ws.send("late"), Number(code));
      else if (word === "flood") {
        for (written = 0; written < 2_000 && ws.bufferedAmount < 1_000_000; written += 1) ws.send("x".repeat(60_000));
      } else ws.send(data, { binary: isBinary });
    });
  });
});

const apps: FastifyInstance[] = [];
async function gatewayTo(upstream: string): Promise<{ app: FastifyInstance; url: string }> {
  const log = createLogger({ level: "silent", name: "test" });
  const app = await createHttp({ log, corsOrigins: [], trustedProxies: 0, hsts: false });
  mountTunnel(app, { path, upstream, limits: noLimits });
  apps.push(app);
  await app.listen({ host: "127.0.0.1", port: 0 });
  return { app, url: app.listeningOrigin.replace("http", "ws") + path };
}

let upstream: string;
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  url = (await gatewayTo(upstream)).url;
});
afterAll(async () => {
  for (const app of apps) await app.close();
  for (const client of sockets.clients) client.terminate();
  server.close();
});

const next = (ws: WebSocket): Promise<string> =>
  new Promise((resolve) => ws.once("message", (data) => resolve(String(data))));
const closed = (ws: WebSocket): Promise<[number, string]> =>
  new Promise((resolve) => ws.once("close", (code, reason) => resolve([code, String(reason)])));

async function open(
  options: object = {},
  protocols: string[] = [],
): Promise<{ ws: WebSocket; headers: IncomingHttpHeaders }> {
  const ws = new WebSocket(url, protocols, options);
  ws.on("error", () => {});
  return { ws, headers: JSON.parse(await next(ws)) };
}

describe("through the gateway", () => {
  it("go text and bytes, both ways, up to the limit of the service behind", async () => {
    const { ws } = await open();
    for (const data of ["hello", "é".repeat(10), "y".repeat(limit)]) {
      ws.send(data);
      expect(await next(ws)).toBe(data);
    }
    ws.send("y".repeat(limit + 1));
    expect((await closed(ws))[0]).toBe(1009);
  });

  it("go origin and request id, and not the client's claims", async () => {
    const headers = { "x-forwarded-for": "6.6.6.6", "x-request-id": "our-id", cookie: "a=b" };
    const { ws, headers: seen } = await open({ origin: "https://app.example.com", headers }, ["vero.v1"]);
    expect(seen).toMatchObject({ origin: "https://app.example.com", "x-request-id": "our-id" });
    expect(seen["x-forwarded-for"]).toBe("127.0.0.1");
    expect(seen.cookie).toBeUndefined();
    expect(ws.protocol).toBe("vero.v1");
    ws.terminate();
  });

  it.each([4000, 4002, 4401, 4500, 4504, 4999])("goes the close code %i, both ways", async (code) => {
    const { ws } = await open();
    ws.send(`close ${code}`);
    expect(await closed(ws)).toEqual([code, "because"]);
    const { ws: second } = await open();
    second.close(code, "my turn");
    expect(await closed(second)).toEqual([code, "my turn"]);
    expect(closes).toContainEqual([code, "my turn"]);
  });

  it("go pings, which are answered at the other end", async () => {
    const { ws } = await open();
    const before = pings;
    const pong = new Promise((resolve) => ws.once("pong", (data) => resolve(String(data))));
    ws.ping("are you there");
    expect(await pong).toBe("are you there");
    expect(pings).toBe(before + 1);
    ws.terminate();
  });

  it("goes back pressure: who does not read is noticed behind, and not buffered here", async () => {
    const { ws } = await open();
    ws.pause();
    written = 0;
    ws.send("flood");
    await expect.poll(() => written).toBeGreaterThan(0);
    expect(written).toBeLessThan(2_000);
    ws.terminate();
  });

  it("goes the end of one side to the other", async () => {
    const { ws } = await open();
    const before = closes.length;
    ws.terminate();
    await expect.poll(() => closes.length).toBe(before + 1);
    const { ws: second } = await open();
    for (const client of sockets.clients) client.terminate();
    expect((await closed(second))[0]).toBe(1006);
  });
});

const refusal = (address: string, options: object = {}): Promise<{ status: number; body: string }> =>
  new Promise((resolve) => {
    const ws = new WebSocket(address, options);
    ws.on("error", () => {});
    ws.on("unexpected-response", async (_request, response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() });
    });
  });

describe("what does not become a socket", () => {
  it("a refusal of the service behind is the answer", async () => {
    expect(await refusal(url, { origin: "https://evil.example.com" })).toEqual({ status: 403, body: "no" });
  });

  it("503 when the service behind is away", async () => {
    const { url: dead } = await gatewayTo("http://127.0.0.1:9");
    const { status, body } = await refusal(dead);
    expect(status).toBe(503);
    expect(JSON.parse(body)).toMatchObject({ code: "unavailable" });
  });

  it("404 elsewhere, and 400 without the upgrade", async () => {
    expect((await refusal(url.replace(path, "/elsewhere"))).status).toBe(404);
    expect((await fetch(url.replace("ws:", "http:"))).status).toBe(400);
  });
});

describe("the end", () => {
  it("closes every socket with 4000 between two frames, whatever is on its way", async () => {
    const { app, url: own } = await gatewayTo(upstream);
    const clients = Array.from({ length: 5 }, () => new WebSocket(own));
    await Promise.all(clients.map(next));
    const broken: unknown[] = [];
    for (const ws of clients) {
      ws.on("error", (error) => broken.push(error));
      ws.send("z".repeat(60_000));
    }
    const ends = clients.map(closed);
    await app.close();
    expect(await Promise.all(ends)).toEqual(Array(5).fill([4000, "drain"]));
    expect(broken).toEqual([]);
  });

  it("asks clients to come back, and brings what was under way before it closes", async () => {
    const { app, url: own } = await gatewayTo(upstream);
    const ws = new WebSocket(own);
    const heard: string[] = [];
    await next(ws);
    ws.on("message", (data) => heard.push(String(data)));
    ws.send("later 300");
    ws.send("now");
    await next(ws);
    const end = closed(ws);
    await app.close();
    expect(await end).toEqual([4000, "drain"]);
    expect(heard.map((text) => (text.startsWith("{") ? JSON.parse(text).t : text))).toEqual([
      "now",
      "reconnect",
      "late",
    ]);
  });

  it("is also the end of a client that never closes its side", async () => {
    const { app, url: own } = await gatewayTo(upstream);
    const ws = new WebSocket(own);
    await next(ws);
    ws.pause();
    await app.close();
    expect(app.server.listening).toBe(false);
    ws.terminate();
  });
});
