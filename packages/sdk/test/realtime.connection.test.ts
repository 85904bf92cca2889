import { afterEach, describe, expect, test, vi } from "vitest";
import { asyncapi } from "./documents.js";
import { gate } from "./fixture.js";
import { at, collect, created, eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { ids, problem } from "./service.js";

eachTestAlone();
afterEach(() => {
  vi.useRealTimers();
});

const codes = asyncapi.channels.socket["x-close-codes"];
const codesWith = (reconnect: boolean): number[] =>
  codes.filter((code) => code.reconnect === reconnect).map(({ code }) => code);

/** The codes after which the session is over, too. */
const signOut = codes
  .filter(({ reason }) => ["user_deactivated", "session_revoked"].includes(reason))
  .map(({ code }) => code);

describe("connecting", () => {
  test("asks for a token, sends it in the first frame and resolves on ready", async () => {
    const connected = next("connected");
    const ready = await vero.realtime.connect();
    expect(ready).toMatchObject({ connection_id: "c-1", user_id: ids.user });
    expect(service.frames[0]).toEqual({ t: "auth", token: "ws-token" });
    expect(await connected).toEqual({ connection_id: "c-1", user_id: ids.user, reconnected: false });
    expect(vero.connection.state.status).toBe("live");
  });

  test("connecting twice makes one connection", async () => {
    await Promise.all([vero.realtime.connect(), vero.realtime.connect()]);
    expect(service.connections).toBe(1);
  });

  test("goes on trying while the service is away", async () => {
    const token = service.handlers.get("GET /v1/messaging/token")!;
    let calls = 0;
    service.on("GET /v1/messaging/token", (request) => {
      calls += 1;
      return calls < 6 ? problem(503, "unavailable") : token(request);
    });
    const attempts = collect("reconnecting");
    await vero.realtime.connect();
    expect(attempts.map(({ attempt }) => attempt)).toEqual([1]);
    expect(calls).toBe(6);
  });

  test("rejects when nobody is signed in", async () => {
    use({ tokens: undefined });
    await expect(vero.realtime.connect()).rejects.toMatchObject({ code: "unauthenticated" });
    expect(vero.connection.state.status).toBe("ended");
  });

  test("rejects with aborted when the signal fires, and closes", async () => {
    service.on("GET /v1/messaging/token", () => problem(503, "unavailable"));
    const controller = new AbortController();
    vero.realtime.on("reconnecting", () => controller.abort());
    await expect(vero.realtime.connect({ signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
    expect(vero.connection.state.status).toBe("idle");
  });

  test("a signal that has fired already: aborted, and nothing is done", async () => {
    const seen = vi.fn();
    vero.connection.subscribe(seen);
    const signal = AbortSignal.abort();
    await expect(vero.realtime.connect({ signal })).rejects.toMatchObject({ code: "aborted" });
    expect(seen).not.toHaveBeenCalled();
    expect(service.requests).toEqual([]);
    await vero.realtime.connect();
    await expect(vero.realtime.connect({ signal })).rejects.toMatchObject({ code: "aborted" });
    expect(vero.connection.state.status).toBe("live");
  });

  test("works with a WebSocket of the application's own", async () => {
    const { WebSocket } = await import("ws");
    const urls: string[] = [];
    class Counting extends WebSocket {
      constructor(url: string) {
        super(url);
        urls.push(url);
      }
    }
    use({ WebSocket: Counting });
    await vero.realtime.connect();
    expect(urls).toEqual([`${service.url.replace("http", "ws")}/v1/messaging/ws`]);
  });
});

describe("staying connected", () => {
  test.each([...codesWith(true), 4499, 1011])(
    "comes back after %i, counts anew and asks for a resync",
    async (code) => {
      await vero.realtime.connect();
      service.broadcast(created(1, 1));
      const disconnected = next("disconnected");
      const reconnecting = next("reconnecting");
      const resync = next("resync");
      service.drop(code, "because");
      expect(await disconnected).toEqual({ code, reason: "because", will_reconnect: true, error: undefined });
      expect((await reconnecting).attempt).toBe(1);
      expect(await resync).toEqual({ reason: "reconnected" });
      expect(service.connections).toBe(2);
      expect(service.count("GET /v1/messaging/token")).toBe(2);
      const resyncs = collect("resync");
      const seen = next("message.created");
      service.broadcast(created(1, 2));
      expect(await seen).toMatchObject({ s: 1, change_seq: 2 });
      expect(resyncs).toEqual([]);
    },
  );

  test("comes back when the network is gone without a closing handshake", async () => {
    await vero.realtime.connect();
    const resync = next("resync");
    for (const socket of service.sockets) socket.terminate();
    await resync;
    expect(service.connections).toBe(2);
  });

  test("being asked to move many times in a row is no failure, after which it would wait longer and longer", async () => {
    use({ realtime: { minDelayMs: 5, maxDelayMs: 60_000 } });
    await vero.realtime.connect();
    const attempts = collect("reconnecting");
    for (let move = 1; move <= 12; move += 1) {
      const connected = next("connected");
      service.drop(4000, "drain");
      await connected;
    }
    expect(attempts.map(({ attempt }) => attempt)).toEqual(Array(12).fill(1));
    for (const { delay_ms } of attempts) expect(delay_ms).toBeLessThanOrEqual(5);
  });

  test("pings; answers keep the connection, silence ends it", async () => {
    service.heartbeatMs = 50;
    await vero.realtime.connect();
    const pings = () => service.frames.filter(({ t }) => t === "ping");
    await until(() => expect(pings().length).toBeGreaterThan(3));
    expect(pings().slice(0, 3)).toEqual([1, 2, 3].map((n) => ({ t: "ping", n })));
    expect(service.connections).toBe(1);
    const disconnected = next("disconnected");
    service.responsive = false;
    expect(await disconnected).toMatchObject({ code: 4003, reason: "heartbeat_timeout", will_reconnect: true });
    await until(() => expect(service.connections).toBeGreaterThan(1));
  });

  test("a socket that does not become ready in time is given up and another one is tried", async () => {
    use({ realtime: { minDelayMs: 1, maxDelayMs: 2, connectTimeoutMs: 50 } });
    service.hangs = true;
    const connecting = vero.realtime.connect();
    await next("reconnecting");
    service.hangs = false;
    await connecting;
    expect(service.connections).toBeGreaterThan(1);
  });

  test("a reconnect frame: stays for after_ms, then moves without losing a reply", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    await vero.realtime.connect();
    const answer = gate();
    service.on("req users.list", async () => {
      await answer.opened;
      return { body: { items: [], next_cursor: null } };
    });
    const reply = vero.realtime.request("users.list");
    const disconnected = next("disconnected");
    service.broadcast({ t: "reconnect", after_ms: 5000 });
    service.broadcast(created(1, 1));
    await next("message.created");
    vi.advanceTimersByTime(4999);
    expect(vero.connection.state.status).toBe("live");
    // Answered after the moment of the move: the old connection has to wait for it.
    vi.advanceTimersByTime(1);
    answer.open();
    expect(await reply).toEqual({ items: [], next_cursor: null });
    expect(await disconnected).toMatchObject({ reason: "reconnect", will_reconnect: true });
    const connected = next("connected");
    await vi.advanceTimersByTimeAsync(1);
    expect((await connected).reconnected).toBe(true);
    expect(service.frames.filter(({ t }) => t === "req")).toHaveLength(1);
  });
});

describe("stopping", () => {
  const final = codesWith(false).filter((code) => !signOut.includes(code));
  test.each([...final, 4599, 4999])("%i stops, with the reason", async (code) => {
    await vero.realtime.connect();
    const disconnected = next("disconnected");
    service.drop(code, "because");
    const error = expect.objectContaining({ code: "connection_closed" });
    expect(await disconnected).toEqual({ code, reason: "because", will_reconnect: false, error });
    expect(vero.connection.state.status).toBe("ended");
    expect(await vero.session.tokens()).not.toBeNull();
  });

  test.each(signOut)("%i signs out, where the session is not renewed any more", async (code) => {
    service.on("POST /auth/refresh", () => problem(401, "invalid_refresh_token"));
    const signedOut = new Promise((resolve) => {
      use({ onSignedOut: resolve });
    });
    await vero.realtime.connect();
    const disconnected = next("disconnected");
    service.drop(code);
    expect(await disconnected).toMatchObject({ code, will_reconnect: false, error: { code: "unauthenticated" } });
    expect(await signedOut).toMatchObject({ code: "invalid_refresh_token" });
    expect(await vero.session.tokens()).toBeNull();
    expect(service.connections).toBe(1);
  });

  test("4500 before ready rejects connect()", async () => {
    service.on("GET /v1/messaging/token", () => ({
      body: { token: "wrong", expires_at: at, ws_url: `${service.url.replace("http", "ws")}/v1/messaging/ws` },
    }));
    await expect(vero.realtime.connect()).rejects.toMatchObject({ code: "connection_closed" });
  });

  test("a server of another version of the protocol rejects connect(), with that version", async () => {
    service.protocol = 2;
    await expect(vero.realtime.connect()).rejects.toMatchObject({
      code: "connection_closed",
      detail: expect.stringContaining("protocol 2"),
    });
    expect(service.frames).toEqual([]);
  });

  test("logout and a session that is refused end the connection", async () => {
    await vero.realtime.connect();
    await vero.auth.logout();
    expect(vero.connection.state.status).toBe("idle");
    await until(() => expect(service.sockets.size).toBe(0));
    use({});
    await vero.realtime.connect();
    service.valid.clear();
    service.on("POST /auth/refresh", () => problem(401, "token_reused"));
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_reused" });
    expect(vero.connection.state.status).toBe("ended");
  });

  test("close() ends it, waiting requests throw aborted, and connect() begins again with a resync", async () => {
    await vero.realtime.connect();
    const request = vero.realtime.request("users.list");
    vero.realtime.close();
    await expect(request).rejects.toMatchObject({ code: "aborted" });
    await expect(vero.realtime.request("users.list")).rejects.toMatchObject({ code: "not_connected" });
    const resync = next("resync");
    await vero.realtime.connect();
    expect(await resync).toEqual({ reason: "reconnected" });
  });
});
