import { once } from "node:events";
import { closeCodes } from "@vero/contracts";
import { describe, expect, it, vi } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import { copierOf, secondsAgo } from "../harness/keys.js";
import { createWorkspace, invite, type Person } from "../harness/people.js";
import { refusedUpgrade } from "../harness/raw-socket.js";
import { connect, type Frame, realtimeToken, socketUrl, TestSocket } from "../harness/socket.js";
import { startStack } from "../harness/stack.js";
import { waitFor, waitMs } from "../harness/waiting.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

const open = async (): Promise<TestSocket> => {
  const socket = new TestSocket(socketUrl(workspace.stack));
  await socket.until((frame) => frame["t"] === "hello", "hello");
  return socket;
};

/** Requests an upgrade; answers 101, or the status of the refusal. */
async function upgrade(options: ClientOptions, query = ""): Promise<number | undefined> {
  const ws = new WebSocket(socketUrl(workspace.stack) + query, options);
  ws.on("error", () => {});
  const answer = await Promise.race([
    once(ws, "open").then(() => 101),
    once(ws, "unexpected-response").then(([, response]) => response.statusCode),
  ]);
  ws.terminate();
  return answer;
}

/** The code that the socket is closed with, and that nothing was sent before but what is expected anyway. */
async function closing(socket: TestSocket, kinds = ["hello"]): Promise<number> {
  const { code } = await socket.closed;
  expect(socket.frames.map((frame) => frame["t"])).toEqual(kinds);
  return code;
}

describe("the first frames", () => {
  it("are hello, then, after a token, ready", async () => {
    const { ada } = workspace;
    const socket = await open();
    expect(socket.frames[0]).toMatchObject({ t: "hello", protocol: 1, auth_timeout_ms: 5_000 });
    expect(Date.parse(socket.frames[0]?.["server_time"])).toBeLessThanOrEqual(Date.now());
    expect(Date.parse(socket.frames[0]?.["server_time"])).toBeGreaterThan(Date.now() - waitMs);
    socket.send({ t: "auth", token: await realtimeToken(ada) });
    const ready = await socket.until((frame) => frame["t"] === "ready");
    expect(ready).toMatchObject({ user_id: ada.id });
    expect(socket.frames).toHaveLength(2);
    await socket.close();
  });

  it("a ping is answered with its number, before and after the token", async () => {
    const socket = await open();
    socket.send({ t: "ping", n: 7 });
    await socket.until((frame) => frame["t"] === "pong" && frame["n"] === 7);
    socket.send({ t: "auth", token: await realtimeToken(workspace.ada) });
    await socket.until((frame) => frame["t"] === "ready");
    socket.send({ t: "ping", n: -1 });
    await socket.until((frame) => frame["t"] === "pong" && frame["n"] === -1);
    await socket.close();
  });

  it("a token opens one socket, also when several present it at once: the others are auth_failed", async () => {
    const token = await realtimeToken(workspace.ada);
    const present = async (): Promise<number | "ready"> => {
      const socket = await open();
      socket.send({ t: "auth", token });
      // A wait for a frame on a socket that closes is rejected.
      const outcome = await socket
        .until(({ t }) => t === "ready")
        .then(
          () => "ready" as const,
          async () => (await socket.closed).code,
        );
      await socket.close();
      return outcome;
    };
    const failed = closeCodes.auth_failed;
    expect((await Promise.all(upTo(4).map(present))).sort()).toEqual([failed, failed, failed, "ready"]);
    expect(await present()).toBe(failed);
  });
});

describe("the upgrade", () => {
  it.each([
    ["no Origin", () => ({}), 101],
    ["our own host", () => ({ origin: workspace.stack.url }), 101],
    ["another host", () => ({ origin: "https://evil.example" }), 403],
    ["our host as a part of another", () => ({ origin: `${workspace.stack.url}.evil.example` }), 403],
    ["a page without an origin", () => ({ origin: "null" }), 403],
  ])("with %s is answered %3$i", async (_name, options, status) => {
    expect(await upgrade(options())).toBe(status);
  });

  it.each([
    ["a page of another origin", { origin: "https://evil.example" }, "GET", 403, "forbidden"],
    ["a key that is none", { "sec-websocket-key": "short" }, "GET", 400, "malformed_request"],
    ["a version that nobody speaks", { "sec-websocket-version": "12" }, "GET", 400, "malformed_request"],
    ["another method", {}, "POST", 405, "method_not_allowed"],
  ] as const)("of %s is refused with a problem", async (_name, headers, method, status, code) => {
    const id = { "x-request-id": "upgrade-1" };
    const refused = await refusedUpgrade(workspace.stack, { ...headers, ...id }, method);
    expect(refused.problem).toMatchObject({ status, code, request_id: "upgrade-1" });
    if (code === "malformed_request") expect(refused.headers["sec-websocket-version"]).toBe("13, 8");
    if (code === "method_not_allowed") expect(refused.headers.allow).toContain("GET");
  });

  it("that comes while the process stops is refused with a problem: 503 unavailable", async () => {
    const stack = await startStack();
    const ada = await createWorkspace(stack, "Ada");
    // The last of the sockets is asked to leave as late as can be.
    const random = vi.spyOn(Math, "random").mockReturnValue(0.999);
    const socket = await connect(stack, ada);
    const closing = stack.close();
    await socket.until((frame) => frame["t"] === "reconnect", "reconnect");
    const refused = await refusedUpgrade(stack);
    random.mockRestore();
    expect(refused.problem).toMatchObject({ status: 503, code: "unavailable" });
    expect(refused.headers["retry-after"]).toMatch(/^[1-9]/);
    expect((await socket.closed).code).toBe(closeCodes.drain);
    await closing;
  });

  it("does not look for a token in the address", async () => {
    const token = await realtimeToken(workspace.ada);
    const socket = new TestSocket(`${socketUrl(workspace.stack)}?token=${token}`, {});
    await socket.until((frame) => frame["t"] === "hello");
    socket.send({ t: "req", id: 1, op: "conversations.list" });
    expect(await closing(socket)).toBe(closeCodes.bad_frame);
  });
});

describe("a token that does not open the socket", () => {
  const authWith = async (token: string): Promise<number> => {
    const socket = await open();
    socket.send({ t: "auth", token });
    return closing(socket);
  };
  const tokenOf = () => realtimeToken(workspace.ada);

  it.each([
    ["nonsense", () => "nonsense"],
    ["an access token", () => workspace.ada.token],
    ["another audience", async () => (await copierOf(workspace.stack))(await tokenOf(), { aud: "vero" })],
    ["another issuer", async () => (await copierOf(workspace.stack))(await tokenOf(), { iss: "http://elsewhere" })],
    ["another type", async () => (await copierOf(workspace.stack))(await tokenOf(), {}, { typ: "at+jwt" })],
    [
      "someone else's session",
      async () => (await copierOf(workspace.stack))(await tokenOf(), { sub: workspace.grace.id }),
    ],
    ["another key", async () => (await copierOf(workspace.stack))(await tokenOf(), {}, { kid: "unknown" })],
  ])("%s: auth_failed", async (_name, make) => {
    expect(await authWith(await make())).toBe(closeCodes.auth_failed);
  });

  it("a copy of a good one opens it, so that the others fail for what is wrong with them", async () => {
    const socket = await open();
    socket.send({ t: "auth", token: await (await copierOf(workspace.stack))(await tokenOf()) });
    await socket.until((frame) => frame["t"] === "ready");
    await socket.close();
  });

  it("an old one: token_expired", async () => {
    const copy = await copierOf(workspace.stack);
    expect(await authWith(await copy(await tokenOf(), { exp: secondsAgo(1) }))).toBe(closeCodes.token_expired);
  });

  it("none: auth_timeout", async () => {
    const start = Date.now();
    const socket = await open();
    expect(await closing(socket)).toBe(closeCodes.auth_timeout);
    expect(Date.now() - start).toBeGreaterThan(4_500);
  });
});

describe("a frame that is none: bad_frame", () => {
  const frames: [string, (socket: TestSocket) => void][] = [
    ["no JSON", (socket) => socket.send("hello")],
    ["an empty one", (socket) => socket.send("")],
    ["a list", (socket) => socket.send([])],
    ["null", (socket) => socket.send("null")],
    ["binary", (socket) => socket.ws.send(Buffer.from('{"t":"ping","n":1}'), { binary: true })],
    ["an unknown kind", (socket) => socket.send({ t: "subscribe" })],
    ["an unknown field", (socket) => socket.send({ t: "ping", n: 1, m: 2 })],
    ["a ping without a number", (socket) => socket.send({ t: "ping" })],
    ["a prototype", (socket) => socket.send('{"t":"ping","n":1,"__proto__":{}}')],
    ["depth", (socket) => socket.send(`{"t":"req","id":1,"op":"a","d":${"[".repeat(100)}${"]".repeat(100)}}`)],
    ["a frame of the server", (socket) => socket.send({ t: "pong", n: 1 })],
  ];

  it.each(frames)("%s, before the token", async (_name, send) => {
    const socket = await open();
    send(socket);
    expect(await closing(socket)).toBe(closeCodes.bad_frame);
  });

  it.each(frames)("%s, after it", async (_name, send) => {
    const socket = await connect(workspace.stack, workspace.ada);
    send(socket);
    expect(await closing(socket, ["hello", "ready"])).toBe(closeCodes.bad_frame);
  });

  it("a request before the token", async () => {
    const socket = await open();
    socket.send({ t: "req", id: 1, op: "conversations.list", d: {} });
    expect(await closing(socket)).toBe(closeCodes.bad_frame);
  });

  it("a second token", async () => {
    const socket = await connect(workspace.stack, workspace.ada);
    socket.send({ t: "auth", token: await realtimeToken(workspace.ada) });
    expect(await closing(socket, ["hello", "ready"])).toBe(closeCodes.bad_frame);
  });

  it("of more than 256 KiB: 1009 (RFC 6455 section 7.4.1), and the process lives", async () => {
    const socket = await connect(workspace.stack, workspace.ada);
    socket.send({ t: "req", id: 1, op: "messages.send", d: { text: "x".repeat(256 * 1024) } });
    expect((await socket.closed).code).toBe(1009);
    await (await connect(workspace.stack, workspace.ada)).close();
  });
});

describe("the number of sockets", () => {
  async function authenticated(person: Person): Promise<{ socket: TestSocket; outcome: number | "ready" }> {
    const token = await realtimeToken(person);
    const socket = await open();
    socket.send({ t: "auth", token });
    const outcome = await socket
      .until(({ t }: Frame) => t === "ready")
      .then(
        () => "ready" as const,
        async () => (await socket.closed).code,
      );
    return { socket, outcome };
  }

  it("is ten for a user, also when they come at once: connection_limit", async () => {
    const person = await invite(workspace.stack, workspace.ada, "Many");
    const all = await Promise.all(upTo(16).map(() => authenticated(person)));
    const ready = all.filter(({ outcome }) => outcome === "ready");
    expect(ready).toHaveLength(10);
    expect(all.filter(({ outcome }) => outcome === closeCodes.connection_limit)).toHaveLength(6);
    await ready[0]?.socket.close();
    // The slot is free as soon as the departure is noted.
    await waitFor(async () => {
      const { socket, outcome } = await authenticated(person);
      if (outcome === "ready") ready.push({ socket, outcome });
      return outcome === "ready";
    });
    await Promise.all(ready.map(({ socket }) => socket.close()));
  });
});
