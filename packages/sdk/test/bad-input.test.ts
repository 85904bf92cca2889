import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { memoryTokens, type StoredTokens } from "../src/index.js";
import { at, collect, created, eachTestAlone, next, service, until, use, vero } from "./realtime.setup.js";
import { type Answer, ids, problem } from "./service.js";

/** Nothing that comes from outside makes the client crash or go in circles: it is a typed error, or a state. */
eachTestAlone();

/** An exception in a handler of a socket, or a rejection that nobody handles, would end a process. */
const crashes: unknown[] = [];
const onCrash = (error: unknown) => crashes.push(error);

beforeEach(() => {
  service.on("GET /auth/me", () => ({ body: { id: "me" } }));
  process.prependListener("uncaughtException", onCrash);
});
afterEach(() => {
  process.off("uncaughtException", onCrash);
  vi.useRealTimers();
  expect(crashes.splice(0)).toEqual([]);
});

const refreshes = () => service.count("POST /auth/refresh");
const hours = 3_600_000;
const page = (status: number): Answer => ({
  status,
  text: "<html>Sign in to the Wi-Fi</html>",
  headers: { "content-type": "text/html" },
});

/** Sets this machine's clock; timers go on as they are. */
const setClock = (now: number) => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(now);
};

describe("a clock that is wrong by hours", () => {
  test.each([-5, 5])("by %i h all along: tokens of a sign-in are counted by the same clock", async (off) => {
    setClock(Date.now() + off * hours);
    await vero.auth.login({ email: "ada@example.com", password: "p" });
    await vero.auth.me();
    expect(refreshes()).toBe(0);
  });

  test("tokens from elsewhere, of another clock, are renewed once", async () => {
    use({ tokens: { ...service.issue(), expires_at: Date.now() - 5 * hours } });
    for (let call = 0; call < 3; call += 1) await vero.auth.me();
    expect(refreshes()).toBe(1);
  });

  test("a clock that jumps ahead costs one renewal", async () => {
    await vero.auth.me();
    setClock(Date.now() + 5 * hours);
    for (let call = 0; call < 3; call += 1) await vero.auth.me();
    expect(refreshes()).toBe(1);
  });

  test("a clock that jumps back leaves a token in use that has expired: the 401 renews it", async () => {
    await vero.auth.me();
    setClock(Date.now() - 5 * hours);
    service.valid.clear();
    for (let call = 0; call < 3; call += 1) await vero.auth.me();
    expect(refreshes()).toBe(1);
  });

  test("tokens that live for no time at all are renewed once for each call", async () => {
    service.expiresIn = 0;
    use({ tokens: service.issue() });
    for (let call = 1; call <= 3; call += 1) {
      await vero.auth.me();
      expect(refreshes()).toBe(call);
    }
  });
});

describe("a server that answers something else", () => {
  test.each([200, 401, 502])(
    "a page with %i where tokens are renewed: a typed error, and the tokens stay",
    async (status) => {
      const tokens: StoredTokens = { ...service.issue(), expires_at: Date.now() - 1 };
      use({ tokens, retry: { retries: 0 } });
      service.on("POST /auth/refresh", () => page(status));
      await expect(vero.auth.me()).rejects.toMatchObject({ code: "unexpected_response", status });
      expect(await vero.session.tokens()).toMatchObject({ refresh_token: tokens.refresh_token });
      expect(vero.connection.state.status).toBe("idle");
      expect(refreshes()).toBe(1);
    },
  );

  test.each([{}, [], null, "text", { access_token: "a", refresh_token: "r", expires_in: 600 }])(
    "%j where tokens are due: unexpected_response, and nobody is signed in",
    async (body) => {
      use({ tokens: undefined });
      service.on("POST /auth/login", () => ({ body }));
      const login = vero.auth.login({ email: "ada@example.com", password: "p" });
      await expect(login).rejects.toMatchObject({ code: "unexpected_response" });
      expect(await vero.session.tokens()).toBeNull();
      expect(vero.session.userId).toBeUndefined();
    },
  );

  test("a page with 401 does not renew, and is not taken for the end of the session by a logout", async () => {
    service.on("GET /auth/me", () => page(401));
    service.on("POST /auth/logout", () => page(401));
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "unexpected_response", status: 401 });
    await expect(vero.auth.logout()).rejects.toMatchObject({ code: "unexpected_response" });
    expect(refreshes()).toBe(0);
    expect(await vero.session.tokens()).not.toBeNull();
  });

  test.each([{}, [], "text", { items: null, next_cursor: null }])("%j where a page of a list is due", async (body) => {
    service.on("GET /v1/chat/conversations", () => ({ body }));
    const walk = vero.paginate(vero.conversations.list).next();
    await expect(walk).rejects.toMatchObject({ code: "unexpected_response" });
  });

  test.each([{}, [], "text", { token: "t" }, { ws_url: "ws://127.0.0.1" }])(
    "%j where a realtime token is due: it is tried again, and the state says why",
    async (body) => {
      const token = service.handlers.get("GET /v1/messaging/token")!;
      service.on("GET /v1/messaging/token", () => ({ body }));
      use({ realtime: { minDelayMs: 1, maxDelayMs: 2 } });
      const errors: unknown[] = [];
      vero.connection.subscribe((state) => {
        if (state.status !== "backing_off") return;
        errors.push(state.error.code);
        service.on("GET /v1/messaging/token", token);
      });
      await vero.realtime.connect();
      expect(errors).toEqual(["unexpected_response"]);
    },
  );

  test("an address of the socket that is none ends the connection with a typed error", async () => {
    service.on("GET /v1/messaging/token", () => ({ body: { token: "t", ws_url: "no address" } }));
    await expect(vero.realtime.connect()).rejects.toMatchObject({ code: "connection_closed" });
    expect(vero.connection.state).toMatchObject({ status: "ended", error: { code: "connection_closed" } });
  });

  test("a code that is newer than this client is thrown as it is", async () => {
    service.on("GET /auth/me", () => problem(418, "teapot_only"));
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "teapot_only", status: 418 });
  });
});

describe("a newer server on the socket", () => {
  test("events of unknown types and shapes reach `*` and their listeners, and disturb nothing", async () => {
    await vero.realtime.connect();
    const all = collect("*");
    const base = { t: "event", conversation_id: ids.conversation, at };
    const frames = [
      { ...base, s: 1, type: "poll.created", change_seq: 1, data: { poll: { id: "p" } } },
      { ...base, s: 2, type: "poll.closed", change_seq: 2, data: null },
      { ...base, s: 3, type: "message.created", change_seq: 3 },
      {
        ...base,
        s: 4,
        type: "message.created",
        change_seq: 4,
        data: { message: null, participants: 1, participant: 2 },
      },
      { ...base, s: 5, type: "message.deleted", change_seq: 5 },
      { ...base, s: 6, type: "participant.added", change_seq: 6, data: { participants: [null, { user: null }] } },
      { t: "event", type: "weather", at },
      { t: "event", at },
      { t: "res", id: "none", ok: true },
      { t: "res" },
      { t: "reconnect" },
      { t: "reconnect", after_ms: "soon" },
      { t: 1 },
      created(7, 7),
    ];
    for (const frame of frames) service.broadcast(frame);
    await until(() => expect(all.at(-1)).toMatchObject({ s: 7 }));
    expect(all.map((event) => event.type)).toEqual([
      ...["poll.created", "poll.closed", "message.created", "message.created", "message.deleted"],
      ...["participant.added", "weather", undefined, "message.created"],
    ]);
    expect(service.connections).toBe(1);
  });

  test("an event that is named like one of the connection itself is not taken for that one", async () => {
    await vero.realtime.connect();
    const own = [collect("connected"), collect("disconnected"), collect("reconnecting"), collect("resync")];
    const all = collect("*");
    const types = ["connected", "disconnected", "reconnecting", "resync", "*"];
    for (const [index, type] of types.entries()) service.broadcast({ t: "event", s: index + 1, type, at, data: {} });
    await until(() => expect(all).toHaveLength(5));
    expect(own).toEqual([[], [], [], []]);
  });

  test.each([0, -1, "often", undefined, 1e12])(
    "a heartbeat of %j does not become a flood of pings",
    async (interval) => {
      service.heartbeatMs = interval as number;
      service.on("req users.list", () => ({ body: { items: [], next_cursor: null } }));
      await vero.realtime.connect();
      for (let call = 0; call < 5; call += 1) await vero.realtime.request("users.list");
      expect(service.frames.filter(({ t }) => t === "ping")).toEqual([]);
    },
  );
});

describe("a session that is over", () => {
  test("one that was revoked while the socket is down ends the connection, once, and nothing is tried again", async () => {
    const onSignedOut = vi.fn();
    use({ onSignedOut });
    await vero.realtime.connect();
    service.valid.clear();
    service.on("POST /auth/refresh", () => problem(401, "invalid_refresh_token"));
    const disconnected = collect("disconnected");
    service.drop(1011);
    await until(() => expect(vero.connection.state.status).toBe("ended"));
    expect(vero.connection.state).toMatchObject({ error: { code: "invalid_refresh_token" } });
    expect(disconnected.map(({ will_reconnect }) => will_reconnect)).toEqual([true, false]);
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    await expect(vero.realtime.request("users.list")).rejects.toMatchObject({ code: "not_connected" });
    expect([refreshes(), service.connections]).toEqual([1, 1]);
  });

  test("a token store that fails while connecting is a state, and the next attempt succeeds", async () => {
    const memory = memoryTokens(service.issue());
    let failures = 2;
    const get = () => {
      failures -= 1;
      if (failures >= 0) throw new Error("locked");
      return memory.get();
    };
    use({ tokens: undefined, tokenStore: { get, set: memory.set } });
    const codes: string[] = [];
    vero.connection.subscribe((state) => state.status === "backing_off" && codes.push(state.error.code));
    await vero.realtime.connect();
    expect(codes).toEqual(["token_store_failed", "token_store_failed"]);
  });

  test("a session that ends on the socket while its store cannot be written ends without a crash", async () => {
    const memory = memoryTokens();
    let isFull = false;
    const set = (tokens: StoredTokens | null) => {
      if (isFull) throw new Error("full");
      return memory.set(tokens);
    };
    const signedOut = new Promise((resolve) => {
      use({ tokenStore: { get: memory.get, set }, onSignedOut: resolve });
    });
    await vero.realtime.connect();
    isFull = true;
    service.on("POST /auth/refresh", () => problem(401, "invalid_refresh_token"));
    const disconnected = next("disconnected");
    service.drop(4504);
    expect(await disconnected).toMatchObject({ will_reconnect: false });
    expect(await signedOut).toMatchObject({ code: "invalid_refresh_token" });
  });
});
