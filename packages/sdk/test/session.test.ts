import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createVero, memoryTokens, type VeroOptions, webStorageTokens } from "../src/index.js";
import { credentials, mapStorage } from "./fixture.js";
import { ids, problem, Service } from "./service.js";

let service: Service;

beforeEach(async () => {
  service = await Service.start();
  service.on("GET /auth/me", () => ({ body: { id: "me" } }));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await service.stop();
});

const user = { id: ids.user };
const lasting = { refresh_token: "refresh-0", expires_in: 600, user };
const expired = { ...lasting, access_token: "old", expires_at: Date.now() - 1000 };
const fresh = { ...lasting, access_token: "unknown" };
const retry = { retries: 0 };

const client = (options: Partial<VeroOptions> = {}) =>
  createVero({ baseUrl: service.url, retry: { minDelayMs: 1 }, ...options });

describe("signing in and out", () => {
  test("login keeps the tokens and later calls carry them", async () => {
    const vero = client();
    await vero.auth.login(credentials.ada);
    await vero.auth.me();
    expect(service.requests.at(-1)?.headers.authorization).toBe("Bearer access-1");
    expect(await vero.session.tokens()).toMatchObject({ access_token: "access-1", refresh_token: "refresh-1" });
  });

  test("signup keeps the tokens", async () => {
    const vero = client();
    await vero.auth.signup({ ...credentials.ada, display_name: "Ada", tenant_name: "Engines" });
    expect((await vero.session.tokens())?.access_token).toBe("access-1");
  });

  test("logout ends the session on the server and forgets the tokens, without onSignedOut", async () => {
    const onSignedOut = vi.fn();
    const vero = client({ onSignedOut });
    await vero.auth.login(credentials.ada);
    await vero.auth.logout();
    expect(service.count("POST /auth/logout")).toBe(1);
    expect(await vero.session.tokens()).toBeNull();
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("logout of a session that is gone already succeeds", async () => {
    service.on("POST /auth/refresh", () => problem(401, "invalid_refresh_token"));
    const vero = client({ tokens: fresh });
    await vero.auth.logout();
    expect(await vero.session.tokens()).toBeNull();
  });

  test("logout that does not reach the server throws and keeps the tokens for another try", async () => {
    const vero = client();
    await vero.auth.login(credentials.ada);
    service.on("POST /auth/logout", () => ({ broken: true }));
    await expect(vero.auth.logout()).rejects.toMatchObject({ code: "network_error" });
    expect(await vero.session.tokens()).not.toBeNull();
  });

  test("without tokens a call throws unauthenticated and sends nothing", async () => {
    await expect(client().auth.me()).rejects.toMatchObject({ code: "unauthenticated", status: 0 });
    expect(service.requests).toHaveLength(0);
  });
});

describe("renewal", () => {
  test("20 parallel calls with an expired token share one refresh", async () => {
    const vero = client({ tokens: expired });
    await Promise.all(Array.from({ length: 20 }, () => vero.auth.me()));
    expect(service.count("POST /auth/refresh")).toBe(1);
    expect(service.count("GET /auth/me")).toBe(20);
  });

  test("20 parallel calls that are answered 401 share one refresh and are sent again", async () => {
    const vero = client({ tokens: fresh });
    await Promise.all(Array.from({ length: 20 }, () => vero.auth.me()));
    expect(service.count("POST /auth/refresh")).toBe(1);
    expect(service.count("GET /auth/me")).toBe(40);
  });

  test("a call that is no read is sent again after a 401, too", async () => {
    service.on("POST /v1/chat/conversations", () => ({ body: { id: "c" } }));
    const vero = client({ tokens: fresh });
    await vero.conversations.create({ type: "direct", participant_ids: [] });
    expect(service.count("POST /v1/chat/conversations")).toBe(2);
  });

  test("a second 401 is thrown", async () => {
    service.on("GET /auth/me", () => problem(401, "unauthenticated"));
    const vero = client({ tokens: fresh });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
    expect(service.count("POST /auth/refresh")).toBe(1);
  });

  test.each(["token_reused", "invalid_refresh_token"])("%s signs out", async (code) => {
    service.on("POST /auth/refresh", () => problem(401, code));
    const onSignedOut = vi.fn();
    const vero = client({ tokens: expired, onSignedOut });
    const outcomes = await Promise.allSettled([vero.auth.me(), vero.auth.me()]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: "rejected", reason: { code } });
    expect(onSignedOut).toHaveBeenCalledTimes(1);
    expect(onSignedOut.mock.calls[0]?.[0]).toMatchObject({ code, status: 401 });
    expect(await vero.session.tokens()).toBeNull();
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "unauthenticated" });
    expect(service.count("POST /auth/refresh")).toBe(1);
  });

  test.each([
    ["unavailable", problem(503, "unavailable")],
    ["network_error", { broken: true }],
  ])("%s is thrown and the tokens stay", async (code, answer) => {
    service.on("POST /auth/refresh", () => answer);
    const onSignedOut = vi.fn();
    const vero = client({ tokens: expired, onSignedOut, retry });
    await expect(vero.auth.me()).rejects.toMatchObject({ code });
    expect(await vero.session.tokens()).toMatchObject({ refresh_token: "refresh-0" });
    expect(onSignedOut).not.toHaveBeenCalled();
  });

  test("a lost reply is asked for again and gets the successor", async () => {
    let lost = 0;
    service.on("POST /auth/refresh", ({ body }) => {
      const successor = service.rotate((body as { refresh_token: string }).refresh_token);
      lost += 1;
      return lost === 1 ? { broken: true } : { body: successor };
    });
    const vero = client({ tokens: expired });
    await vero.auth.me();
    expect(await vero.session.tokens()).toMatchObject({ refresh_token: "refresh-1" });
  });

  test("a token near its end is used when the renewal fails in passing", async () => {
    service.on("POST /auth/refresh", () => problem(503, "unavailable"));
    service.valid.add("old");
    const vero = client({ tokens: { ...expired, expires_at: Date.now() + 10_000 }, retry });
    await vero.auth.me();
    expect(service.count("POST /auth/refresh")).toBe(1);
  });

  test("a sign-out during a renewal is not undone by it", async () => {
    const tokenStore = memoryTokens(expired);
    service.on("POST /auth/refresh", async () => {
      await tokenStore.set(null);
      return { body: service.issue() };
    });
    await expect(client({ tokenStore }).auth.me()).rejects.toMatchObject({ code: "unauthenticated" });
    expect(await tokenStore.get()).toBeNull();
  });

  test.each([
    ["throws", () => expect.fail("no such page")],
    ["rejects", () => Promise.reject(new Error("no such page"))],
  ])("an onSignedOut that %s goes to onListenerError", async (_, onSignedOut) => {
    service.on("POST /auth/refresh", () => problem(401, "token_reused"));
    const onListenerError = vi.fn();
    const vero = client({ tokens: expired, onSignedOut: () => onSignedOut(), onListenerError });
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "token_reused" });
    await vi.waitFor(() => expect(onListenerError).toHaveBeenCalledTimes(1));
    expect(onListenerError.mock.calls[0]?.[0]).toMatchObject({ message: "no such page" });
  });

  test("session.refresh renews before the time", async () => {
    const vero = client({ tokens: fresh });
    expect(await vero.session.refresh()).toMatchObject({ access_token: "access-1" });
  });
});

describe("tabs", () => {
  test.each([
    ["rejecting", () => Promise.reject(new Error("SecurityError"))],
    ["throwing", () => expect.fail("SecurityError")],
  ])("where locks are refused by %s, the renewal happens without", async (_, request) => {
    vi.stubGlobal("navigator", { locks: { request } });
    vi.stubGlobal("document", {});
    await client({ tokens: expired }).auth.me();
    expect(service.count("POST /auth/refresh")).toBe(1);
  });

  test("web storage keeps the tokens for the next client", async () => {
    const { storage, data } = mapStorage();
    await client({ tokenStore: webStorageTokens(storage) }).auth.login(credentials.ada);
    const later = client({ tokenStore: webStorageTokens(storage), tokens: expired });
    await later.auth.me();
    expect(service.requests.at(-1)?.headers.authorization).toBe("Bearer access-1");
    await later.session.clear();
    expect(data.size).toBe(0);
  });
});
