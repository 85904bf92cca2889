import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createVero,
  memoryTokens,
  type StoredTokens,
  type TokenStore,
  type Vero,
  type VeroOptions,
  webStorageTokens,
} from "../src/index.js";
import { credentials, gate, mapStorage, webLocks } from "./fixture.js";
import { ids, problem, Service } from "./service.js";

/** Several clients with one store, as tabs have it: one shows Ada, and in another Grace signs in. */
let service: Service;
const open: Vero[] = [];
const send = "POST /v1/chat/messages/send";
const hello = { conversation_id: ids.conversation, text: "Hello" };

beforeEach(async () => {
  service = await Service.start();
  service.on("GET /auth/me", () => ({ body: { id: "me" } }));
  service.on(send, () => ({ body: { id: ids.message } }));
});
afterEach(async () => {
  for (const vero of open.splice(0)) vero.close();
  vi.unstubAllGlobals();
  await service.stop();
});

const client = (options: Partial<VeroOptions> = {}): Vero => {
  const vero = createVero({ baseUrl: service.url, retry: { minDelayMs: 1 }, ...options });
  open.push(vero);
  return vero;
};

const tabs = (tokenStore: TokenStore) => {
  const onSignedOut = vi.fn();
  return { ada: client({ tokenStore, onSignedOut }), other: client({ tokenStore }), onSignedOut };
};

/** The users under whom the calls of a route arrived. */
const usersOf = (route: string): (string | undefined)[] =>
  service.requests
    .filter(({ method, path }) => `${method} ${path}` === route)
    .map(({ headers }) => service.users.get((headers.authorization ?? "").replace("Bearer ", "")));

/** A storage as the tabs of an origin share it, with its events. */
function sharedStorage() {
  const { storage, data } = mapStorage();
  const events = new EventTarget();
  vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
  vi.stubGlobal("removeEventListener", events.removeEventListener.bind(events));
  const changed = (key: string | null = "vero.tokens") =>
    events.dispatchEvent(Object.assign(new Event("storage"), { key, storageArea: storage }));
  return { storage, data, changed, events };
}

/** A JWT as the service signs it; nobody here checks the signature. */
const jwt = (sub: string): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "EdDSA", typ: "at+jwt" })}.${part({ sub, name: "Zoë ❤ ÿ" })}.signature`;
};

describe("a client is signed in as one user", () => {
  test("a call is refused, and not sent under another user, after another tab has signed in somebody else", async () => {
    const { ada, other, onSignedOut } = tabs(memoryTokens());
    await ada.auth.login(credentials.ada);
    await other.auth.login(credentials.grace);
    await expect(ada.messages.send(hello)).rejects.toMatchObject({ code: "user_changed", status: 0 });
    await expect(ada.auth.me()).rejects.toMatchObject({ code: "user_changed" });
    expect(service.count(send)).toBe(0);
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    expect(onSignedOut.mock.calls[0]?.[0]).toMatchObject({ code: "user_changed" });
    expect(await ada.session.tokens()).toBeNull();
    await expect(ada.session.refresh()).rejects.toMatchObject({ code: "user_changed" });
    expect(ada.session.userId).toBe(ids.user);
    await other.messages.send(hello);
    expect(usersOf(send)).toEqual([ids.other]);
  });

  test("the socket of the other tab ends, at the next call where the store has no events", async () => {
    const { ada, other } = tabs(memoryTokens());
    await ada.auth.login(credentials.ada);
    await ada.realtime.connect();
    await other.auth.login(credentials.grace);
    const disconnected = new Promise((resolve) => {
      ada.realtime.on("disconnected", resolve);
    });
    await expect(ada.auth.me()).rejects.toMatchObject({ code: "user_changed" });
    expect(await disconnected).toMatchObject({ will_reconnect: false, error: { code: "user_changed" } });
    await expect(ada.realtime.connect()).rejects.toMatchObject({ code: "user_changed" });
  });

  test("the other tab notices at once where the store has events, also that somebody has signed out", async () => {
    const { storage, data, changed } = sharedStorage();
    const { ada, other, onSignedOut } = tabs(webStorageTokens(storage));
    await ada.auth.login(credentials.ada);
    const kept = data.get("vero.tokens")!;
    await other.auth.login(credentials.grace);
    changed("something else");
    changed();
    await vi.waitFor(() => expect(onSignedOut).toHaveBeenCalledTimes(1));
    expect(onSignedOut.mock.lastCall?.[0]).toMatchObject({ code: "user_changed" });
    data.set("vero.tokens", kept);
    changed();
    await ada.messages.send(hello);
    data.clear();
    changed(null);
    await vi.waitFor(() => expect(onSignedOut).toHaveBeenCalledTimes(2));
    expect(onSignedOut.mock.lastCall?.[0]).toMatchObject({ code: "unauthenticated" });
    expect(usersOf(send)).toEqual([ids.user]);
  });

  test("close() stops listening to the store", async () => {
    const { storage, changed } = sharedStorage();
    const { ada, other, onSignedOut } = tabs(webStorageTokens(storage));
    const remove = vi.spyOn(globalThis as unknown as EventTarget, "removeEventListener");
    await ada.auth.login(credentials.ada);
    await ada.auth.me();
    ada.close();
    expect(remove).toHaveBeenCalledWith("storage", expect.any(Function));
    await other.auth.login(credentials.grace);
    changed();
    await other.auth.me();
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("somebody who signs in after a sign-out in another tab is another user, too", async () => {
    const { ada, other } = tabs(memoryTokens());
    await ada.auth.login(credentials.ada);
    await other.auth.me();
    await other.auth.logout();
    await expect(ada.auth.me()).rejects.toMatchObject({ code: "unauthenticated" });
    await other.auth.login(credentials.grace);
    await expect(ada.messages.send(hello)).rejects.toMatchObject({ code: "user_changed" });
    expect(service.count(send)).toBe(0);
  });

  test("signing out leaves the tokens of another user alone, and lets this client sign in again", async () => {
    const tokenStore = memoryTokens();
    const { ada, other } = tabs(tokenStore);
    await ada.auth.login(credentials.ada);
    await other.auth.login(credentials.grace);
    await ada.auth.logout();
    expect(await tokenStore.get()).toMatchObject({ user: { id: ids.other } });
    expect(ada.session.userId).toBeUndefined();
    await ada.auth.login(credentials.ada);
    await ada.messages.send(hello);
    await expect(other.messages.send(hello)).rejects.toMatchObject({ code: "user_changed" });
    expect(usersOf(send)).toEqual([ids.user]);
  });

  test("a call that waits while this client signs in as somebody else is refused", async () => {
    const memory = memoryTokens();
    const asked = gate();
    const held = gate();
    let isSlow = false;
    const get = async () => {
      if (isSlow) {
        isSlow = false;
        asked.open();
        await held.opened;
      }
      return memory.get();
    };
    const vero = client({ tokenStore: { get, set: memory.set } });
    await vero.auth.login(credentials.ada);
    isSlow = true;
    const sending = vero.messages.send(hello);
    await asked.opened;
    await vero.auth.login(credentials.grace);
    held.open();
    await expect(sending).rejects.toMatchObject({ code: "user_changed" });
    await vero.auth.me();
    expect(service.count(send)).toBe(0);
    expect(usersOf("GET /auth/me")).toEqual([ids.other]);
  });

  test("a call that is answered 401 is not sent again under the user who has signed in meanwhile", async () => {
    const { ada, other } = tabs(memoryTokens());
    await ada.auth.login(credentials.ada);
    service.on(send, async () => {
      await other.auth.login(credentials.grace);
      return problem(401, "token_expired");
    });
    await expect(ada.messages.send(hello)).rejects.toMatchObject({ code: "user_changed" });
    expect(usersOf(send)).toEqual([ids.user]);
    expect(service.count("POST /auth/refresh")).toBe(0);
  });

  test("a renewal does not overwrite the tokens of a user who signs in while it is under way", async () => {
    const tokenStore = memoryTokens();
    const { ada, other } = tabs(tokenStore);
    await ada.auth.login(credentials.ada);
    service.on("POST /auth/refresh", async ({ body }) => {
      await other.auth.login(credentials.grace);
      return { body: service.rotate((body as { refresh_token: string }).refresh_token) };
    });
    await expect(ada.session.refresh()).rejects.toMatchObject({ code: "user_changed" });
    expect(await tokenStore.get()).toMatchObject({ user: { id: ids.other } });
  });

  test("a sign-in waits for the write of a renewal, so that neither loses the other's tokens", async () => {
    const memory = memoryTokens();
    const looked = gate();
    const signingIn = gate();
    const tick = () => new Promise((resolve) => setImmediate(resolve));
    let isHeld = false;
    // Where nothing made it wait, Grace's tab would write between the look of Ada's renewal and its write.
    const tokenStore: TokenStore = {
      get: async () => {
        const tokens = memory.get();
        if (isHeld) {
          isHeld = false;
          looked.open();
          await signingIn.opened;
          for (let turn = 0; turn < 20; turn += 1) await tick();
        }
        return tokens;
      },
      set: async (tokens) => {
        await tick();
        await memory.set(tokens);
      },
    };
    const { ada, other } = tabs(tokenStore);
    await ada.auth.login(credentials.ada);
    service.on("POST /auth/refresh", ({ body }) => {
      isHeld = true;
      return { body: service.rotate((body as { refresh_token: string }).refresh_token) };
    });
    const refreshing = ada.session.refresh();
    await looked.opened;
    const signIn = other.auth.login(credentials.grace);
    await vi.waitFor(() => expect(other.session.userId).toBe(ids.other), { interval: 1 });
    signingIn.open();
    await Promise.allSettled([refreshing, signIn]);
    expect(await memory.get()).toMatchObject({ user: { id: ids.other } });
  });
});

describe("tokens that say nothing of their user", () => {
  const old = (access_token: string): StoredTokens => ({
    access_token,
    refresh_token: "refresh-0",
    expires_in: 600,
    expires_at: Date.now() + 600_000,
  });

  test("the access token says whose they are", async () => {
    const access = jwt(ids.user);
    service.valid.add(access);
    const { ada, other } = tabs(memoryTokens(old(access)));
    await ada.auth.me();
    expect(ada.session.userId).toBe(ids.user);
    expect(service.count("POST /auth/refresh")).toBe(0);
    await other.auth.login(credentials.grace);
    await expect(ada.auth.me()).rejects.toMatchObject({ code: "user_changed" });
  });

  test("where it says nothing either, a renewal does, and the store has it from then on", async () => {
    const tokenStore = memoryTokens(old("opaque"));
    const vero = client({ tokenStore });
    await vero.auth.me();
    expect(vero.session.userId).toBe(ids.user);
    expect(await tokenStore.get()).toMatchObject({ user: { id: ids.user } });
    expect(service.count("POST /auth/refresh")).toBe(1);
  });

  test("where the renewal fails, nothing is sent", async () => {
    service.on("POST /auth/refresh", () => problem(503, "unavailable"));
    service.valid.add("opaque");
    const vero = client({ tokenStore: memoryTokens(old("opaque")), retry: { retries: 0 } });
    await expect(vero.messages.send(hello)).rejects.toMatchObject({ code: "unavailable" });
    expect(service.count(send)).toBe(0);
  });

  test("tokens of a renewal that turn out to be another's are kept for that user", async () => {
    const tokenStore = memoryTokens();
    const vero = client({ tokenStore });
    await vero.auth.login(credentials.ada);
    service.users.set("refresh-0", ids.other);
    await tokenStore.set(old("opaque"));
    await expect(vero.messages.send(hello)).rejects.toMatchObject({ code: "user_changed" });
    expect(await tokenStore.get()).toMatchObject({ user: { id: ids.other }, access_token: "access-2" });
  });
});

describe("two tabs that renew at the same time", () => {
  test("send one request, by the lock of the origin, and both go on with its answer", async () => {
    webLocks();
    vi.stubGlobal("document", {});
    const tokenStore = memoryTokens();
    const ada = client({ tokenStore });
    const other = client({ tokenStore: { ...tokenStore } });
    await ada.auth.login(credentials.ada);
    await other.auth.me();
    await Promise.all([ada.session.refresh(), other.session.refresh()]);
    expect(service.count("POST /auth/refresh")).toBe(1);
    expect(await ada.session.tokens()).toEqual(await other.session.tokens());
  });

  test("send one request also where there are no locks, if they are of one process", async () => {
    const { ada, other } = tabs(memoryTokens());
    await ada.auth.login(credentials.ada);
    await other.auth.me();
    await Promise.all([ada.session.refresh(), other.session.refresh()]);
    expect(service.count("POST /auth/refresh")).toBe(1);
  });
});

describe("a token store", () => {
  const failing = (part: "get" | "set"): TokenStore => ({
    ...memoryTokens(),
    [part]: () => {
      throw new Error("SecurityError");
    },
  });

  test.each([
    ["throws when it is read", failing("get")],
    ["rejects when it is read", { ...memoryTokens(), get: () => Promise.reject(new Error("gone")) }],
    ["never answers", { ...memoryTokens(), get: () => new Promise<null>(() => {}) }],
  ])("that %s fails the call with token_store_failed, and nothing is sent", async (_, tokenStore) => {
    const onSignedOut = vi.fn();
    const vero = client({ tokenStore, timeoutMs: 30, onSignedOut });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_store_failed", cause: expect.any(Error) });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_store_failed" });
    expect(service.requests).toHaveLength(0);
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("that never answers does not hold up a call whose signal fires", async () => {
    const tokenStore = { ...memoryTokens(), get: () => new Promise<null>(() => {}) };
    const signal = AbortSignal.timeout(5);
    await expect(client({ tokenStore }).auth.me({}, { signal })).rejects.toMatchObject({ code: "aborted" });
  });

  test("that cannot be written fails a sign-in, and the client is signed in as nobody", async () => {
    const vero = client({ tokenStore: failing("set") });
    await expect(vero.auth.login(credentials.ada)).rejects.toMatchObject({ code: "token_store_failed" });
    expect(vero.session.userId).toBeUndefined();
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "unauthenticated" });
  });

  test("that cannot be written any more does not keep a refused session from ending", async () => {
    const memory = memoryTokens();
    let writable = true;
    const set: TokenStore["set"] = (tokens) => {
      if (!writable) throw new Error("full");
      return memory.set(tokens);
    };
    const onSignedOut = vi.fn();
    const vero = client({ tokenStore: { get: memory.get, set }, onSignedOut });
    await vero.auth.login(credentials.ada);
    service.valid.clear();
    service.on("POST /auth/refresh", () => problem(401, "token_reused"));
    writable = false;
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_reused" });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
  });

  test.each(["1", '"text"', "[]", '{"access_token":1}', "{", "true"])("with %s has no tokens", async (text) => {
    const { storage, data } = sharedStorage();
    data.set("vero.tokens", text);
    const vero = client({ tokenStore: webStorageTokens(storage) });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
