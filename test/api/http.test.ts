import { randomUUID } from "node:crypto";
import { maxRequestBytes, type Problem, problem } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import type { Answer } from "../harness/client.js";
import { groupOf, type Operation } from "../harness/people.js";
import { sendAll } from "../harness/raw.js";
import { socketUrl, TestSocket } from "../harness/socket.js";
import { startStack } from "../harness/stack.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
const conversations = "/v1/chat/conversations";

/** Also strictly of the documented shape. */
function refusedWith(answer: Answer<Problem>, status: number, code: string): void {
  expectProblem(answer, status, code);
  problem.parse(answer.body);
}

const create = (raw: string | Uint8Array, headers: Record<string, string> = {}) =>
  workspace.ada.call<Problem>(`POST ${conversations}`, { raw, headers });

const count = async (): Promise<number> => {
  const [row] = await workspace.stack.database.sql`select count(*)::int as n from conversations`;
  return row?.["n"];
};

/** As fetch would not send it, or not show it. */
const plain = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(workspace.stack.url + path, { method, headers });

describe("a route that is none", () => {
  it.each([
    ["GET", "/index"],
    ["GET", "/v1/chat/nothing"],
    ["POST", "/v1/chat"],
    ["DELETE", "/v1/chat/conversations/a/b/c"],
    ["GET", "/V1/chat/conversations"],
    ["GET", `/v1/chat/conversations/${"x".repeat(600)}`],
  ])("%s %s: 404", async (method, path) => {
    const response = await plain(method, path, { authorization: `Bearer ${workspace.ada.token}` });
    const body = problem.parse(await response.json());
    refusedWith({ status: response.status, headers: response.headers, body }, 404, "route_not_found");
  });

  it.each([
    ["PUT", conversations, ["GET", "HEAD", "OPTIONS", "POST"]],
    ["DELETE", conversations, ["GET", "HEAD", "OPTIONS", "POST"]],
    ["POST", "/v1/chat/blocks", ["GET", "HEAD", "OPTIONS"]],
    ["POST", `${conversations}/${randomUUID()}`, ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH"]],
  ])("%s %s: 405 with the methods that there are", async (method, path, allowed) => {
    const answer = await workspace.ada.call<Problem>(`${method} ${path}` as Operation);
    refusedWith(answer, 405, "method_not_allowed");
    const names = answer.headers.get("allow")?.split(", ").sort() ?? [];
    expect(names).toEqual(allowed);
  });

  it("HEAD is answered where GET is, without a body", async () => {
    const authorization = `Bearer ${workspace.ada.token}`;
    const [get, head] = [
      await plain("GET", conversations, { authorization }),
      await plain("HEAD", conversations, { authorization }),
    ];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
    expect((await plain("HEAD", conversations)).status).toBe(401);
  });
});

describe("a body", () => {
  const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;
  it.each<[string, string | Uint8Array]>([
    ["half of it", '{"type":"group"'],
    ["text", "hello"],
    ["two values", "{} {}"],
    ["a comment", "{/**/}"],
    ["NaN", '{"type":NaN}'],
    ["bytes that are not UTF-8", Buffer.from('{"type":"gr\xffup"}', "latin1")],
    ["UTF-16", Buffer.from('{"type":"group"}', "utf16le")],
  ])("of %s: malformed_json, and nothing is written", async (_name, raw) => {
    const before = await count();
    refusedWith(await create(raw), 400, "malformed_json");
    expect(await count()).toBe(before);
  });

  it.each<[string, string, string]>([
    ["a hundred levels", nested(100), "too_deep"],
    ["thirty thousand lists", "[".repeat(30_000) + "]".repeat(30_000), "too_deep"],
    ["sixty thousand open lists", "[".repeat(60_000), "too_deep"],
    ["__proto__", '{"type":"group","participant_ids":[],"__proto__":{"name":"x"}}', "forbidden_key"],
    [
      "an escaped __proto__",
      '{"type":"group","participant_ids":[],"metadata":{"\\u005f_proto__":{}}}',
      "forbidden_key",
    ],
    ["a constructor", '{"type":"group","participant_ids":[],"constructor":{"prototype":{}}}', "forbidden_key"],
  ])("of %s: validation_failed by the name of the rule, and nothing is written", async (_name, raw, code) => {
    const before = await count();
    const answer = await create(raw);
    refusedWith(answer, 400, "validation_failed");
    expect(answer.body.errors?.[0]?.code).toBe(code);
    expect(await count()).toBe(before);
  });

  it("with a byte order mark is read without it", async () => {
    expect((await create('\ufeff{"type":"group","participant_ids":[]}')).status).toBe(200);
  });

  it.each(["[]", '"text"', "5", "true", "null", "[{}]"])("that is %s: validation_failed", async (raw) => {
    refusedWith(await create(raw), 400, "validation_failed");
    // Also where nothing is required of the object.
    refusedWith(
      await workspace.ada.call(`POST ${conversations}/${randomUUID()}/mute`, { raw }),
      400,
      "validation_failed",
    );
  });

  it("that is missing: validation_failed, by the names of what is missing", async () => {
    for (const headers of [{}, { "content-type": "application/json" }]) {
      const answer = await workspace.ada.call<Problem>(`POST ${conversations}`, { headers });
      refusedWith(answer, 400, "validation_failed");
      expect(pathsOf(answer)).toEqual(["participant_ids", "type"]);
    }
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/xml",
    "json",
  ])("of type %s: unsupported_media_type", async (type) => {
    refusedWith(
      await create('{"type":"group","participant_ids":[]}', { "content-type": type }),
      415,
      "unsupported_media_type",
    );
  });

  it("of the type application/json with a parameter is taken", async () => {
    const headers = { "content-type": "application/json; charset=utf-8" };
    expect((await create('{"type":"group","participant_ids":[]}', headers)).status).toBe(200);
  });

  it("of more than 256 KiB: payload_too_large", async () => {
    const body = (bytes: number): string => JSON.stringify({ type: "x".repeat(bytes - 11) });
    refusedWith(await create(body(maxRequestBytes + 1)), 413, "payload_too_large");
    refusedWith(await create(body(maxRequestBytes)), 400, "validation_failed");
  });

  it("of ten megabytes: payload_too_large, whoever sends all of it before reading, at every route", async () => {
    const body = "x".repeat(10_000_000);
    for (const path of [conversations, "/auth/login", "/trpc/messages.send"]) {
      for (const framing of ["Content-Length: 10000000", "Transfer-Encoding: chunked"]) {
        const text = framing.startsWith("Content") ? body : `${(10_000_000).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
        const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${framing}\r\n\r\n`;
        const { status, json } = await sendAll(workspace.stack.url, head + text);
        expect([path, framing, status, JSON.stringify(json)]).toEqual([
          path,
          framing,
          413,
          expect.stringContaining("payload_too_large"),
        ]);
      }
    }
  });

  it("in a query and a query in a body: each by name", async () => {
    const { ada, grace } = workspace;
    const inQuery = await ada.call<Problem>(`POST ${conversations}?type=group`, { body: { participant_ids: [] } });
    refusedWith(inQuery, 400, "validation_failed");
    expect(pathsOf(inQuery)).toContain("type");
    const { id } = await groupOf(ada, [grace]);
    const repeated = await ada.call<Problem>(`PATCH ${conversations}/${id}`, { body: { id, name: "x" } });
    refusedWith(repeated, 400, "validation_failed");
    expect(pathsOf(repeated)).toEqual(["id"]);
  });

  it("parameters of a query: unknown, given twice, reaching for a prototype", async () => {
    for (const [query, path] of [
      ["foo=1", "foo"],
      ["limit=1&limit=2", "limit"],
      ["tenant_id=x", "tenant_id"],
      ["__proto__=1", "__proto__"],
      ["constructor=1", "constructor"],
      ["limit[]=1", "limit[]"],
    ]) {
      const answer = await workspace.ada.call<Problem>(`GET ${conversations}?${query}`);
      refusedWith(answer, 400, "validation_failed");
      expect(pathsOf(answer)).toEqual([path]);
    }
  });
});

describe("a request that is not well-formed", () => {
  it.each([
    ["?q=%ff", "q"],
    ["?limit=1&q=%", "q"],
    ["?q=%c3%28", "q"],
    ["?%ff=1", ""],
    ["?q=%ed%a0%80", "q"],
  ])("in its query %s: validation_failed by the name of the parameter", async (query, path) => {
    for (const route of [conversations, "/v1/chat/users/search"] as const) {
      const answer = await workspace.ada.call<Problem>(`GET ${route}${query}`);
      refusedWith(answer, 400, "validation_failed");
      expect(answer.body.errors).toEqual([expect.objectContaining({ path, code: "invalid_encoding" })]);
    }
  });

  it.each(["/v1/chat/conversations/%ff", "/auth/%", "/v1/chat/%c3%28"] as const)(
    "in its path %s: validation_failed",
    async (path) => {
      const answer = await workspace.ada.call<Problem>(`GET ${path}`);
      refusedWith(answer, 400, "validation_failed");
      expect(answer.body.errors?.[0]?.code).toBe("invalid_encoding");
    },
  );

  it.each(["QUERY", "PROPFIND", "REPORT", "TRACE", "LOCK", "MKCALENDAR"])(
    "by the method %s, with a body of any type or none: 405 with the methods that there are",
    async (method) => {
      for (const path of ["/auth/me", conversations, "/healthz"]) {
        for (const head of ["", "Content-Length: 2\r\n", "Content-Type: text/plain\r\nContent-Length: 2\r\n"]) {
          const text = `${method} ${path} HTTP/1.1\r\nHost: x\r\n${head}\r\n${head && "{}"}`;
          const { status, headers, json } = await sendAll(workspace.stack.url, text);
          expect([method, path, head, status, headers["allow"]]).toEqual([
            method,
            path,
            head,
            405,
            expect.stringMatching(/GET, HEAD.*OPTIONS/),
          ]);
          expect(problem.parse(json)).toMatchObject({ code: "method_not_allowed" });
        }
      }
    },
  );

  it("OPTIONS says which methods there are, and 404 where there are none", async () => {
    const { headers, status } = await plain("OPTIONS", conversations);
    expect([status, headers.get("allow")?.split(", ").sort()]).toEqual([204, ["GET", "HEAD", "OPTIONS", "POST"]]);
    expect((await plain("OPTIONS", "/v1/chat/nothing")).status).toBe(404);
  });

  it.each([
    ["no host", "GET /healthz HTTP/1.1\r\n\r\n", 400, "malformed_request"],
    ["two hosts", "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "malformed_request"],
    [
      "two tokens",
      "GET /auth/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
      400,
      "malformed_request",
    ],
    [
      "two lengths",
      "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      400,
      "malformed_request",
    ],
    [
      "a chunk of no size",
      "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      400,
      "malformed_request",
    ],
    ["the wish for a tunnel", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 405, "method_not_allowed"],
    [
      "text in its path that is not ASCII",
      "GET /auth/me?q=\u00fc HTTP/1.1\r\nHost: x\r\n\r\n",
      400,
      "malformed_request",
    ],
  ])("with %s gets its problem", async (_name, text, status, code) => {
    const answer = await sendAll(workspace.stack.url, text);
    expect([answer.status, answer.headers["content-type"]]).toEqual([
      status,
      "application/problem+json; charset=utf-8",
    ]);
    const { request_id } = problem.parse(answer.json);
    expect(answer.json).toMatchObject({ code });
    expect(answer.headers["x-request-id"]).toBe(request_id);
  });

  it("with an expectation that nobody knows is answered without it", async () => {
    const text = "GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: the-unexpected\r\n\r\n";
    expect((await sendAll(workspace.stack.url, text)).status).toBe(200);
  });
});

describe("headers", () => {
  it("x-request-id is taken where it can be one, and else replaced", async () => {
    const idFor = async (given: string) => {
      const answer = await workspace.ada.call<Problem>(`GET ${conversations}/x`, {
        headers: { "x-request-id": given },
      });
      expect(answer.body.request_id).toBe(answer.headers.get("x-request-id"));
      return answer.body.request_id;
    };
    for (const good of ["abc", "01-2:3.4_5", "x".repeat(128)]) expect(await idFor(good)).toBe(good);
    for (const bad of ["", "a b", "x".repeat(129), "<script>", "a,b", "ü"]) {
      expect(await idFor(bad)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  });

  it("are safe on answers and on problems", async () => {
    for (const path of [conversations, `${conversations}/x`, "/nothing"] as const) {
      const { headers } = await workspace.ada.call(`GET ${path}`);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("server")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    }
  });

  it("let no page of another origin read or ask", async () => {
    const origin = "https://evil.example";
    const authorization = `Bearer ${workspace.ada.token}`;
    const asked = await plain("OPTIONS", conversations, { origin, "access-control-request-method": "POST" });
    const read = await plain("GET", conversations, { origin, authorization });
    for (const { headers } of [asked, read]) expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(read.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("a page of an origin on the list", () => {
  it("may read, ask, and open the socket", async () => {
    const origin = "https://chat.example";
    const stack = await startStack({ VERO_CORS_ORIGINS: `${origin}, https://other.example` });
    try {
      const asked = await fetch(stack.url + conversations, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" },
      });
      expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
      expect(asked.headers.get("access-control-allow-headers")).toContain("authorization");
      const read = await fetch(stack.url + conversations, { headers: { origin } });
      expect(read.headers.get("access-control-expose-headers")).toContain("x-request-id");
      for (const { headers } of [asked, read]) expect(headers.get("access-control-allow-origin")).toBe(origin);
      // Those of the own machine are on it outside of production.
      for (const page of [origin, "http://localhost:5173"]) {
        const socket = new TestSocket(socketUrl(stack), { origin: page });
        await socket.until((frame) => frame["t"] === "hello");
        await socket.close();
      }
    } finally {
      await stack.close();
    }
  });
});
