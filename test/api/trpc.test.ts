import { randomUUID } from "node:crypto";
import { type Conversation, type Problem, problem } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import type { Answer } from "../harness/client.js";
import { groupOf, type Person } from "../harness/people.js";
import { historyOf, upTo, useWorkspace } from "../harness/workspace.js";

// biome-ignore lint/suspicious/noExplicitAny: the envelope of tRPC, looked into by every test
type Envelope = any;

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const inputOf = (input: unknown): string => encodeURIComponent(JSON.stringify(input));
const ask = (by: Person, path: string, input?: unknown, token = by.token): Promise<Answer<Envelope>> =>
  by.call(`GET /trpc/${path}${input === undefined ? "" : `?input=${inputOf(input)}`}`, { token });
const mutate = (by: Person, path: string, body: unknown): Promise<Answer<Envelope>> =>
  by.call(`POST /trpc/${path}`, { body });
const many = (names: readonly string[]): string => `${names.join(",")}?batch=1`;

/** A refusal of the whole request, in the shape of tRPC. */
function expectRefused({ status, headers, body }: Answer<Envelope>, expected: number, code: string): void {
  const said = problem.parse(body.error.data.problem);
  expect([status, said.code, body.error.data.httpStatus]).toEqual([expected, code, expected]);
  expect(typeof body.error.code).toBe("number");
  expect(said.request_id).toBe(headers.get("x-request-id"));
}

/** Expects that the envelope has the problem that REST answers. */
function expectSame(envelope: Envelope, rest: Answer<Problem>): void {
  const said = problem.parse(envelope.error.data.problem);
  expect(said).toEqual({ ...rest.body, request_id: said.request_id });
}

describe("a single call", () => {
  it("of a query answers what REST does", async () => {
    const { ada } = workspace;
    const { status, body } = await ask(ada, "conversations.get", { id: group.id });
    expect(status).toBe(200);
    expect(body.result.data).toEqual((await ada.call(`GET /v1/chat/conversations/${group.id}`)).body);
    const list = await ask(ada, "conversations.list", { limit: 1, unread_only: false });
    expect(list.body.result.data.items).toHaveLength(1);
  });

  it("of a mutation does what REST does, with the same idempotency", async () => {
    const { ada, grace } = workspace;
    const { id: conversation_id } = await groupOf(ada, [grace]);
    const input = { conversation_id, text: "Hello", client_message_id: "key" };
    const { status, body } = await mutate(ada, "messages.send", input);
    expect(status).toBe(200);
    expect((await ada.call("POST /v1/chat/messages/send", { body: input })).body).toEqual(body.result.data);
    expect(await historyOf(grace, conversation_id)).toEqual([body.result.data]);
  });

  it("reaches the operations of auth at the same place", async () => {
    const { body } = await ask(workspace.ada, "auth.me", {});
    expect(body.result.data.id).toBe(workspace.ada.id);
  });

  it("of a mutation by GET, and of a query by POST, is refused and does nothing", async () => {
    const { ada } = workspace;
    const before = await historyOf(ada, group.id);
    const input = { conversation_id: group.id, text: "by GET" };
    const answers = [await ask(ada, "messages.send", input), await mutate(ada, "conversations.get", { id: group.id })];
    for (const { status, body } of answers) {
      expect(status).toBe(405);
      expect(problem.parse(body.error.data.problem).code).toBe("method_not_allowed");
    }
    expect(await historyOf(ada, group.id)).toEqual(before);
  });
});

describe("a batch", () => {
  it("of up to ten is answered in its order, each for itself", async () => {
    const { ada } = workspace;
    const names = upTo(10).map(() => "conversations.get");
    const inputs = Object.fromEntries(names.map((_, index) => [index, { id: index === 4 ? randomUUID() : group.id }]));
    const { status, body } = await ada.call<Envelope>(`GET /trpc/${many(names)}&input=${inputOf(inputs)}`);
    expect(status).toBe(207);
    expect(body).toHaveLength(10);
    expect(body.map((one: Envelope) => one.result?.data.id ?? one.error.data.problem.code)).toEqual(
      names.map((_, index) => (index === 4 ? "conversation_not_found" : group.id)),
    );
  });

  it("of ten with the longest names there are is answered", async () => {
    const names = upTo(10).map(() => "conversations.list_unread");
    const inputs = inputOf(Object.fromEntries(names.map((_, index) => [index, { unknown: index }])));
    const { body } = await workspace.ada.call<Envelope>(`GET /trpc/${many(names)}&input=${inputs}`);
    expect(body).toHaveLength(10);
    for (const { error } of body) expect(error.data.problem.errors[0].path).toBe("unknown");
  });

  it("of mutations does each of them", async () => {
    const { ada, grace } = workspace;
    const { id: conversation_id } = await groupOf(ada, [grace]);
    const names = upTo(10).map(() => "messages.send");
    const body = Object.fromEntries(names.map((_, index) => [index, { conversation_id, text: `${index}` }]));
    const answer = await mutate(ada, many(names), body);
    expect(answer.status).toBe(200);
    expect(answer.body.map((one: Envelope) => one.result.data.text)).toEqual(names.map((_, index) => `${index}`));
    expect((await historyOf(grace, conversation_id)).map(({ seq }) => seq)).toEqual(upTo(10));
  });

  it("of both services is answered in its order, with the refusal of each", async () => {
    const { ada } = workspace;
    const names = ["auth.me", "conversations.get", "users.list", "auth.list_sessions", "conversations.get"];
    const inputs = { 0: {}, 1: { id: group.id }, 2: { limit: 1 }, 3: { limit: 500 }, 4: { id: randomUUID() } };
    const { status, body } = await ada.call<Envelope>(`GET /trpc/${many(names)}&input=${inputOf(inputs)}`);
    expect(status).toBe(207);
    expect(
      body.map((one: Envelope) => one.error?.data.problem.code ?? Object.keys(one.result.data).length > 1),
    ).toEqual([true, true, true, "validation_failed", "conversation_not_found"]);
    expect([body[0].result.data.id, body[1].result.data.id]).toEqual([ada.id, group.id]);
    expect(body[3].error.data.problem.errors[0].path).toBe("limit");
  });

  it("of eleven is refused whole", async () => {
    const { ada } = workspace;
    const before = await historyOf(ada, group.id);
    const names = upTo(11).map(() => "messages.send");
    const body = Object.fromEntries(names.map((_, index) => [index, { conversation_id: group.id, text: "x" }]));
    for (const path of [many(names), names.join(","), many(names).replaceAll(",", "%2C")]) {
      expectRefused(await mutate(ada, path, body), 400, "validation_failed");
    }
    expect(await historyOf(ada, group.id)).toEqual(before);
  });
});

describe("a call without input", () => {
  it("is one without fields: answered where none is needed, and else refused by the names of those that are", async () => {
    const { ada } = workspace;
    expect((await ask(ada, "conversations.list")).status).toBe(200);
    expect((await ask(ada, "auth.me")).status).toBe(200);
    const { status, body } = await ask(ada, "conversations.get");
    expect([status, body.error.data.problem.errors[0].path]).toEqual([400, "id"]);
  });
});

describe("a refusal", () => {
  it("is the one of REST", async () => {
    const { ada, outsider } = workspace;
    for (const [by, d] of [
      [ada, { conversation_id: group.id, text: "", seq: 1 }],
      [ada, { conversation_id: randomUUID(), text: "x" }],
      [outsider, { conversation_id: group.id, text: "x" }],
      [ada, { conversation_id: group.id, text: "x", mentions: [outsider.id] }],
      [ada, "text"],
      [ada, []],
    ] as const) {
      const rest = await by.call<Problem>("POST /v1/chat/messages/send", { body: d });
      const { status, body } = await mutate(by, "messages.send", d);
      expect(status).toBe(rest.status);
      if (typeof d === "object" && !Array.isArray(d)) expectSame(body, rest);
      else expect(problem.parse(body.error.data.problem).code).toBe("validation_failed");
      expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|stack/);
    }
  });

  it("for want of a token", async () => {
    for (const [token, challenge] of [
      ["x", 'Bearer error="invalid_token"'],
      ["", "Bearer"],
    ] as const) {
      const { status, headers, body } = await ask(workspace.ada, "conversations.list", {}, token);
      expect(status).toBe(401);
      expect(headers.get("www-authenticate")).toBe(challenge);
      expect(problem.parse(body.error.data.problem).code).toBe("unauthenticated");
    }
  });

  it("for an operation that does not exist", async () => {
    for (const path of ["messages.shout", "constructor", "conversations", "__proto__.list"]) {
      const { status, body } = await ask(workspace.ada, path, {});
      expect(status).toBe(404);
      expect(problem.parse(body.error.data.problem).code).toBe("route_not_found");
    }
  });

  it.each([
    ["{", "malformed_json"],
    ['{"text":"\\', "malformed_json"],
    ['{"__proto__":{}}', "validation_failed"],
    ["[".repeat(1_000), "validation_failed"],
  ])("for the body %.20s: %s", async (raw, code) => {
    for (const path of ["messages.send", "auth.login"]) {
      expectRefused(await workspace.ada.call<Envelope>(`POST /trpc/${path}`, { raw }), 400, code);
    }
  });

  it("for a query that cannot be decoded: validation_failed", async () => {
    expectRefused(await workspace.ada.call<Envelope>("GET /trpc/users.list?input=%ff"), 400, "validation_failed");
  });

  it("for a query's input that is no JSON, as for any parameter: validation_failed", async () => {
    const { status, body } = await workspace.ada.call<Envelope>("GET /trpc/conversations.get?input=%7B");
    expect(status).toBe(400);
    expect(problem.parse(body.error.data.problem).code).toBe("validation_failed");
  });

  it("for another content type: unsupported_media_type", async () => {
    const headers = { "content-type": "text/plain" };
    for (const path of ["messages.send", "auth.login"]) {
      const answer = await workspace.ada.call<Envelope>(`POST /trpc/${path}`, { raw: "{}", headers });
      expectRefused(answer, 415, "unsupported_media_type");
    }
  });

  it("for more than 256 KiB: payload_too_large", async () => {
    const answer = await workspace.ada.call<Envelope>("POST /trpc/messages.send", {
      body: { text: "x".repeat(262_144) },
    });
    expectRefused(answer, 413, "payload_too_large");
  });
});

describe("validation", () => {
  it("does not come to take text for a boolean or a number, whatever traffic there was", async () => {
    const { ada } = workspace;
    const asText = () => ask(ada, "conversations.list", { unread_only: "false" });
    const inBody = () =>
      ada.call<Problem>(`POST /v1/chat/conversations/${group.id}/typing`, { body: { is_typing: "false" } });
    const refused = async () => {
      const { status, body } = await asText();
      expect(status).toBe(400);
      expect(body.error.data.problem.errors[0].path).toBe("unread_only");
      expectProblem(await inBody(), 400, "validation_failed");
      expectProblem(await ada.call(`GET /v1/chat/conversations?limit=1e1`), 400, "validation_failed");
    };
    await refused();
    // The query of REST is text, and is read as what the contract says.
    expect((await ada.call("GET /v1/chat/conversations?unread_only=false&limit=5")).status).toBe(200);
    expect((await ask(ada, "conversations.list", { unread_only: false, limit: 5 })).status).toBe(200);
    await ada.call("GET /openapi.json");
    await refused();
  });
});
