import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createVero, isErrorOf, isVeroError, type Vero, VeroError, type VeroOptions } from "../src/index.js";
import { type Answer, ids, problem, Service } from "./service.js";

let service: Service;
let vero: Vero;

const client = (options: Partial<VeroOptions> = {}) =>
  createVero({ baseUrl: `${service.url}/`, tokens: service.issue(), retry: { minDelayMs: 1 }, ...options });

beforeEach(async () => {
  service = await Service.start();
  vero = client();
});
afterEach(() => service.stop());

const send = "POST /v1/chat/messages/send";
const hello = { conversation_id: ids.conversation, text: "Hello" };

/** Answers each call with the next of `answers`, and with the last one from then on. */
const inTurn = (route: string, ...answers: Answer[]) => {
  let call = 0;
  service.on(route, () => {
    call += 1;
    return answers[Math.min(call, answers.length) - 1]!;
  });
};

describe("where the fields of the input go", () => {
  beforeEach(() => service.on("*", () => ({ body: {} })));

  test("path, query and nothing else for a GET", async () => {
    await vero.messages.list({ id: ids.conversation, before_seq: 12, limit: 5, after_seq: undefined });
    const path = `/v1/chat/conversations/${ids.conversation}/messages`;
    const request = service.requests.at(-1);
    expect(request).toMatchObject({ method: "GET", path, query: { before_seq: "12", limit: "5" }, body: undefined });
    expect(request?.query).not.toHaveProperty("after_seq");
    expect(request?.headers["content-type"]).toBeUndefined();
  });

  test("path and body for a PATCH", async () => {
    await vero.conversations.update({ id: ids.conversation, name: "Compilers", description: null });
    expect(service.requests.at(-1)).toMatchObject({ body: { name: "Compilers", description: null }, query: {} });
    expect(service.requests.at(-1)?.body).not.toHaveProperty("id");
  });

  test("two path parameters", async () => {
    await vero.participants.update({ id: ids.conversation, userId: ids.user, role: "admin" });
    const path = `/v1/chat/conversations/${ids.conversation}/participants/${ids.user}`;
    expect(service.requests.at(-1)).toMatchObject({ method: "PATCH", path, body: { role: "admin" } });
  });

  test("an empty JSON body when all fields are optional and none is given", async () => {
    await vero.auth.updateProfile();
    expect(service.requests.at(-1)).toMatchObject({ method: "PATCH", path: "/auth/profile", body: {} });
  });

  test("path segments and query values are percent-encoded", async () => {
    await vero.media.get({ id: "a/b?c#d ü" });
    expect(service.requests.at(-1)?.path).toBe("/v1/chat/media/a%2Fb%3Fc%23d%20%C3%BC");
    await vero.messages.search({ q: "a&b=c +ü #1", has: "media" });
    expect(service.requests.at(-1)?.query).toEqual({ q: "a&b=c +ü #1", has: "media" });
  });

  test.each(["", ".", ".."])("%j as an id is refused before it is sent", async (id) => {
    await expect(vero.users.block({ id })).rejects.toMatchObject({
      code: "validation_failed",
      errors: [{ path: "id", code: "invalid_format" }],
    });
    expect(service.requests).toHaveLength(0);
  });

  test("a field that the operation does not know is left for the server to refuse", async () => {
    await vero.messages.get({ id: ids.message, typo: 1 } as { id: string });
    expect(service.requests.at(-1)?.query).toEqual({ typo: "1" });
  });

  test("204 answers undefined", async () => {
    service.on("*", () => ({ status: 204 }));
    expect(await vero.users.block({ id: ids.user })).toBeUndefined();
  });

  test("a path in baseUrl is kept", async () => {
    const under = createVero({ baseUrl: `${service.url}/chat/`, tokens: service.issue() });
    await under.auth.me();
    expect(service.requests.at(-1)?.path).toBe("/chat/auth/me");
  });
});

describe("errors", () => {
  test("a problem document becomes a VeroError with its fields", async () => {
    const errors = [{ path: "text", code: "too_big", message: "Too big" }];
    service.on(send, () => problem(400, "validation_failed", { errors }));
    const error = await vero.messages.send(hello).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VeroError);
    expect(error).toMatchObject({ code: "validation_failed", status: 400, request_id: "r-1", errors });
    expect(error).toMatchObject({ detail: "It is validation_failed.", problem: { title: "validation_failed" } });
    expect(isVeroError(error)).toBe(true);
    expect(isVeroError(error, "validation_failed")).toBe(true);
    expect(isVeroError(error, "forbidden")).toBe(false);
    expect(isVeroError(new Error("no"))).toBe(false);
  });

  test.each([
    [
      "the page of a proxy",
      { status: 502, text: "<html>Bad Gateway</html>", headers: { "content-type": "text/html" } },
    ],
    ["JSON that is no problem", { status: 500, body: { error: "no" } }],
    ["a page where JSON is due", { status: 200, text: "<html>Sign in to the Wi-Fi</html>" }],
  ])("%s becomes unexpected_response", async (_, answer) => {
    service.on("GET /auth/me", () => answer);
    const error = await client({ retry: { retries: 0 } })
      .auth.me()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unexpected_response", status: answer.status, request_id: "r-1" });
  });

  test("an error says of which operation it is, also over the socket and where calls share a renewal", async () => {
    const failed = (call: Promise<unknown>) => call.catch((thrown: unknown) => thrown);
    service.on(send, () => problem(409, "idempotency_conflict"));
    const error = await failed(vero.messages.send(hello));
    expect(isErrorOf(error, "messages.send")).toBe(true);
    expect(isErrorOf(error, "messages.edit")).toBe(false);
    expect(isErrorOf(new Error("no"), "messages.send")).toBe(false);
    expect(error).toMatchObject({ operation: "messages.send", status: 409, problem: { code: "idempotency_conflict" } });
    expect(await failed(vero.users.block({ id: "" }))).toMatchObject({ operation: "users.block" });
    expect(await failed(vero.realtime.request("users.list"))).toMatchObject({
      code: "not_connected",
      operation: "users.list",
    });
    service.valid.clear();
    service.on("POST /auth/refresh", () => problem(401, "token_reused"));
    const errors = await Promise.all([failed(vero.messages.send(hello)), failed(vero.auth.me())]);
    expect(errors).toMatchObject([
      { code: "token_reused", operation: "messages.send", request_id: "r-1" },
      { code: "token_reused", operation: "auth.me", request_id: "r-1" },
    ]);
  });

  test("validation_failed has its errors, also where a server leaves them out", async () => {
    service.on(send, () => problem(400, "validation_failed"));
    await expect(vero.messages.send(hello)).rejects.toMatchObject({ errors: [] });
  });

  test("nobody there is network_error with the cause", async () => {
    await service.stop();
    const login = vero.auth.login({ email: "a@b.example", password: "p" });
    const error = await login.catch((thrown: unknown) => thrown);
    const cause = expect.any(Error);
    expect(error).toMatchObject({ code: "network_error", status: 0, request_id: null, cause });
    service = await Service.start();
  });
});

describe("repetition", () => {
  const busy = problem(503, "unavailable");

  test("a read is repeated until it succeeds", async () => {
    inTurn("GET /auth/me", busy, { broken: true }, { body: { id: "me" } });
    expect(await vero.auth.me()).toEqual({ id: "me" });
    expect(service.count("GET /auth/me")).toBe(3);
  });

  test("three attempts are the most by default; retries: 0 means one", async () => {
    service.on("GET /auth/me", () => busy);
    await expect(vero.auth.me()).rejects.toMatchObject({ code: "unavailable" });
    expect(service.count("GET /auth/me")).toBe(3);
    await expect(vero.auth.me({}, { retries: 0 })).rejects.toMatchObject({ code: "unavailable" });
    expect(service.count("GET /auth/me")).toBe(4);
  });

  test("a message is repeated with one and the same client_message_id", async () => {
    inTurn(send, { broken: true }, busy, { body: { id: ids.message } });
    await vero.messages.send(hello);
    const keys = service.requests.map(({ body }) => (body as { client_message_id: string }).client_message_id);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a key of the application's own is kept", async () => {
    service.on(send, () => ({ body: {} }));
    await vero.messages.send({ ...hello, client_message_id: "mine" });
    expect(service.requests.at(-1)?.body).toMatchObject({ client_message_id: "mine" });
  });

  test.each([busy, problem(429, "rate_limited"), { broken: true }])("a change is not repeated (%#)", async (answer) => {
    service.on("POST /v1/chat/conversations", () => answer);
    const creating = vero.conversations.create({ type: "group", participant_ids: [] });
    await expect(creating).rejects.toBeInstanceOf(VeroError);
    expect(service.count("POST /v1/chat/conversations")).toBe(1);
  });

  test("a change that the contract calls idempotent is repeated", async () => {
    const path = `/v1/chat/messages/${ids.message}`;
    inTurn(`DELETE ${path}`, { broken: true }, { status: 204 });
    await vero.messages.delete({ id: ids.message, scope: "for_everyone" });
    expect(service.count(`DELETE ${path}`)).toBe(2);
    inTurn(`DELETE /auth/invites/${ids.message}`, { broken: true }, { status: 204 });
    await vero.auth.revokeInvite({ id: ids.message });
    expect(service.count(`DELETE /auth/invites/${ids.message}`)).toBe(2);
  });

  test("a reaction is repeated when it is added or removed, and not when it is toggled, as it is by default", async () => {
    const route = `POST /v1/chat/messages/${ids.message}/reactions`;
    const reaction = { id: ids.message, emoji: "👍" };
    inTurn(route, busy, { body: {} });
    await vero.messages.react({ ...reaction, action: "add" });
    expect(service.count(route)).toBe(2);
    service.on(route, () => busy);
    await expect(vero.messages.react(reaction)).rejects.toMatchObject({ code: "unavailable" });
    await expect(vero.messages.react({ ...reaction, action: "toggle" })).rejects.toBeInstanceOf(VeroError);
    expect(service.count(route)).toBe(4);
  });

  test("a refusal is not repeated", async () => {
    service.on(send, () => problem(404, "conversation_not_found"));
    await expect(vero.messages.send(hello)).rejects.toMatchObject({ code: "conversation_not_found" });
    expect(service.count(send)).toBe(1);
  });

  test("Retry-After is waited for", async () => {
    inTurn(send, { ...problem(429, "rate_limited"), headers: { "retry-after": "1" } }, { body: {} });
    const before = performance.now();
    await vero.messages.send(hello);
    expect(performance.now() - before).toBeGreaterThanOrEqual(990);
    expect(service.count(send)).toBe(2);
  });

  test("a Retry-After longer than the longest wait is thrown at once, with its seconds", async () => {
    service.on(send, () => ({ ...problem(429, "rate_limited"), headers: { "retry-after": "3600" } }));
    await expect(vero.messages.send(hello)).rejects.toMatchObject({ code: "rate_limited", retryAfter: 3600 });
    expect(service.count(send)).toBe(1);
  });
});

describe("giving up", () => {
  const never = () => new Promise<Answer>(() => {});

  test("no answer in time is timeout", async () => {
    service.on("POST /v1/chat/conversations", never);
    const creating = vero.conversations.create({ type: "group", participant_ids: [] }, { timeoutMs: 30 });
    await expect(creating).rejects.toMatchObject({ code: "timeout", status: 0 });
  });

  test("a signal ends the call with aborted, and its repetitions", async () => {
    const controller = new AbortController();
    service.on("GET /auth/me", () => {
      controller.abort(new Error("left the page"));
      return never();
    });
    const error = await vero.auth.me({}, { signal: controller.signal }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "aborted", cause: { message: "left the page" } });
    expect(service.count("GET /auth/me")).toBe(1);
  });

  test("a signal that has fired already sends nothing", async () => {
    await expect(vero.auth.me({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
    expect(service.requests).toHaveLength(0);
  });

  test("a signal ends the wait between two attempts", async () => {
    const controller = new AbortController();
    service.on("GET /auth/me", () => {
      setImmediate(() => controller.abort());
      return { ...problem(503, "unavailable"), headers: { "retry-after": "20" } };
    });
    const slow = client({ retry: { maxDelayMs: 60_000 } });
    await expect(slow.auth.me({}, { signal: controller.signal })).rejects.toMatchObject({ code: "aborted" });
  });
});

test("paginate walks through all pages", async () => {
  service.on("GET /v1/chat/conversations", ({ query }) => {
    const at = Number(query["cursor"] ?? 0);
    return { body: { items: [{ id: `${at}a` }, { id: `${at}b` }], next_cursor: at < 2 ? String(at + 1) : null } };
  });
  const seen: string[] = [];
  for await (const { id } of vero.paginate(vero.conversations.list, { filter: "all" })) seen.push(id);
  expect(seen).toEqual(["0a", "0b", "1a", "1b", "2a", "2b"]);
  expect(service.requests.map(({ query }) => query["filter"])).toEqual(["all", "all", "all"]);
});
