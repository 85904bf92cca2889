import { createServer, get, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttp, createLogger } from "@vero/server";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mountChatProxy } from "../src/proxy/proxy.js";
import { mountTrpcProxy } from "../src/proxy/trpc.js";

interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A messaging service that repeats what it was asked. */
const echo = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { method = "", url = "", headers } = request;
    if (url.endsWith("/nonsense")) return request.socket.end("this is not HTTP\r\n\r\n");
    if (url.endsWith("/cut")) return request.socket.destroy();
    const status = Number(/\/status-(\d+)/.exec(url)?.[1] ?? 200);
    response.writeHead(status, { "content-type": "application/json", "retry-after": "7", "x-times": String(++times) });
    response.end(JSON.stringify({ method, url, headers, body: Buffer.concat(chunks).toString() } satisfies Seen));
  });
});
let times = 0;

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const log = createLogger({ level: "silent", name: "test" });
const apps: FastifyInstance[] = [];

async function gatewayTo(upstream: string, trustedProxies = 0): Promise<string> {
  const app = await createHttp({ log, corsOrigins: ["https://app.example.com"], trustedProxies, hsts: false });
  await mountChatProxy(app, { upstream });
  await mountTrpcProxy(app, {
    upstream,
    local: async (scope) => {
      scope.get("/trpc/:path", async () => ({ local: true }));
      scope.post("/trpc/:path", async (request) => ({ local: request.body }));
    },
  });
  apps.push(app);
  await app.listen({ host: "127.0.0.1", port: 0 });
  return app.listeningOrigin;
}

let base: string;
beforeAll(async () => {
  base = await gatewayTo(await listening(echo));
});
afterAll(async () => {
  for (const app of apps) await app.close();
  echo.closeAllConnections();
  echo.close();
});

const send = async (
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; seen: Seen }> => {
  const response = await fetch(base + path, init);
  return { status: response.status, headers: response.headers, seen: (await response.json()) as Seen };
};
const json = { "content-type": "application/json" };

/** A body of unknown length. */
const stream = (pieces: number, size: number) =>
  new ReadableStream({
    start(controller) {
      for (let count = 0; count < pieces; count += 1) controller.enqueue(new Uint8Array(size).fill(120));
      controller.close();
    },
  });

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
  expect(await response.json()).toMatchObject({ code, status, request_id: response.headers.get("x-request-id") });
}

describe("what is passed on", () => {
  it("method, path and query as they are", async () => {
    for (const method of ["GET", "POST", "PATCH", "PUT", "DELETE"]) {
      const { seen } = await send("/v1/chat/users/search?q=a%20b%26c&limit=3", { method });
      expect(seen).toMatchObject({ method, url: "/v1/chat/users/search?q=a%20b%26c&limit=3", body: "" });
    }
  });

  it("bodies byte for byte, of known and of unknown length", async () => {
    const body = '{ "text":  "\\u00e9 é" }';
    const { seen } = await send("/v1/chat/messages/send", { method: "POST", headers: json, body });
    expect(seen.body).toBe(body);
    const init = { method: "POST", headers: json, body: stream(3, 10_000), duplex: "half" } as RequestInit;
    expect((await send("/v1/chat/messages/send", init)).seen.body).toBe("x".repeat(30_000));
  });

  it("who asks, and under which id", async () => {
    const { headers, seen } = await send("/v1/chat/users", {
      headers: { authorization: "Bearer a.b.c", "x-request-id": "our-id" },
    });
    expect(seen.headers).toMatchObject({ authorization: "Bearer a.b.c", "x-request-id": "our-id" });
    expect(headers.get("x-request-id")).toBe("our-id");
  });

  it("status, headers and body of the answer, without trying again", async () => {
    const before = times;
    for (const status of [201, 404, 409, 503]) {
      const answer = await send(`/v1/chat/status-${status}`);
      expect(answer.status).toBe(status);
      expect(answer.headers.get("retry-after")).toBe("7");
    }
    expect(times).toBe(before + 4);
  });

  it("the answer to another origin as the gateway's own rules say", async () => {
    const allowed = await send("/v1/chat/users", { headers: { origin: "https://app.example.com" } });
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    expect(allowed.seen.headers.origin).toBeUndefined();
    const preflight = await fetch(`${base}/v1/chat/users`, {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": "PATCH" },
    });
    expect(preflight.status).toBe(204);
  });
});

describe("what is not", () => {
  it("the client's own claims about where it comes from", async () => {
    const headers = { "x-forwarded-for": "6.6.6.6", forwarded: "for=6.6.6.6", "x-real-ip": "6.6.6.6" };
    const { seen } = await send("/v1/chat/users", { headers });
    expect(seen.headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(JSON.stringify(seen.headers)).not.toContain("6.6.6.6");
  });

  it("but those of a proxy that is trusted", async () => {
    const trusting = await gatewayTo(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`, 1);
    const response = await fetch(`${trusting}/v1/chat/users`, { headers: { "x-forwarded-for": "6.6.6.6, 7.7.7.7" } });
    expect(((await response.json()) as Seen).headers["x-forwarded-for"]).toBe("7.7.7.7");
  });

  it("headers between neighbours, and those that a client declares to be such", async () => {
    const url = new URL("/v1/chat/users", base);
    const headers = {
      connection: "close, x-secret",
      "x-secret": "1",
      te: "trailers",
      "proxy-authorization": "Basic x",
    };
    const seen = await new Promise<Seen>((resolve, reject) => {
      get(url, { headers }, async (response) => {
        const chunks = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve(JSON.parse(Buffer.concat(chunks).toString()));
      }).on("error", reject);
    });
    for (const name of ["x-secret", "te", "proxy-authorization"]) expect(seen.headers[name]).toBeUndefined();
  });

  it("paths that climb out of the prefix", async () => {
    for (const path of ["/v1/chat/../../metrics", "/v1/chat/%2e%2e/%2e%2e/metrics", "/v1/chat/..%5c..%5cmetrics"]) {
      const before = times;
      const status = await new Promise((resolve, reject) => {
        // Not by fetch, which would make the path a decent one.
        get({ port: new URL(base).port, path }, (response) => resolve(response.resume().statusCode)).on(
          "error",
          reject,
        );
      });
      expect(status).toBe(404);
      expect(times).toBe(before);
    }
  });

  it("bodies above 256 KiB, announced or not, after which the connection can be used again", async () => {
    const agent = { method: "POST", headers: json };
    const announced = await fetch(`${base}/v1/chat/messages/send`, { ...agent, body: "x".repeat(262_145) });
    await expectProblem(announced, 413, "payload_too_large");
    const init = { ...agent, body: stream(30, 10_000), duplex: "half" } as RequestInit;
    await expectProblem(await fetch(`${base}/v1/chat/messages/send`, init), 413, "payload_too_large");
    const largest = await send("/v1/chat/messages/send", { ...agent, body: "x".repeat(262_144) });
    expect(largest.seen.body).toHaveLength(262_144);
  });
});

describe("a messaging service that", () => {
  it("is away: 503, to be tried again", async () => {
    const nobody = await gatewayTo("http://127.0.0.1:9");
    for (const path of ["/v1/chat/users", "/trpc/users.list"]) {
      const response = await fetch(nobody + path);
      expect(response.headers.get("retry-after")).toBe("1");
      await expectProblem(response, 503, "unavailable");
    }
    const posted = await fetch(`${nobody}/v1/chat/messages/send`, { method: "POST", headers: json, body: "{}" });
    await expectProblem(posted, 503, "unavailable");
  });

  it("hangs up in the middle: 503", async () => {
    await expectProblem(await fetch(`${base}/v1/chat/cut`), 503, "unavailable");
  });

  it("talks nonsense: 502", async () => {
    await expectProblem(await fetch(`${base}/v1/chat/nonsense`), 502, "bad_gateway");
  });
});

describe("/trpc", () => {
  it("goes where its operations are", async () => {
    const { seen } = await send("/trpc/messages.send,users.list?batch=1", {
      method: "POST",
      headers: json,
      body: '{"0":1}',
    });
    expect(seen).toMatchObject({ url: "/trpc/messages.send,users.list?batch=1", body: '{"0":1}' });
    expect((await send("/trpc/users.list?input=%7B%7D")).seen.url).toBe("/trpc/users.list?input=%7B%7D");
    expect((await send("/trpc/auth.me")).seen).toEqual({ local: true });
    const local = await send("/trpc/auth.login", { method: "POST", headers: json, body: '{"a":1}' });
    expect(local.seen).toEqual({ local: { a: 1 } });
  });

  it("takes a batch of both kinds apart, and puts the answers together in its order", async () => {
    const paths = "auth.me,users.list,auth.login,messages.send";
    const inputs = JSON.stringify({ 1: { limit: 1 }, 3: { text: "x" } });
    const got = await fetch(`${base}/trpc/${paths}?batch=1&input=${encodeURIComponent(inputs)}`);
    const seen = (await got.json()) as Seen[];
    expect([seen[0], seen[2]]).toEqual([{ local: true }, { local: true }]);
    const query = new URL(seen[1]?.url ?? "", base);
    expect(query.pathname).toBe("/trpc/users.list,messages.send");
    expect(JSON.parse(query.searchParams.get("input") ?? "")).toEqual({ 0: { limit: 1 }, 1: { text: "x" } });
  });

  it("refuses bodies above 256 KiB", async () => {
    const init = { method: "POST", headers: json, body: stream(30, 10_000), duplex: "half" } as RequestInit;
    await expectProblem(await fetch(`${base}/trpc/messages.send`, init), 413, "payload_too_large");
  });
});
