import type { Conversation } from "@vero/contracts";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { call } from "../harness/client.js";
import { groupOf, type Person, say, type Tokens } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace({ VERO_LOG_LEVEL: "trace" });
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

type Line = Record<string, unknown>;

const linesOf = (fits: (line: Line) => boolean): Line[] => workspace.stack.logged.filter(fits);
const operations = (): Line[] => linesOf(({ msg }) => msg === "operation");
beforeEach(() => {
  workspace.stack.logged.length = 0;
});

const whoIs = ({ id, me }: Person) => ({ user_id: id, tenant_id: me.tenant.id, session_id: expect.any(String) });

describe("each call of an operation has one line in the log", () => {
  it("over REST, with who called, from where, and what became of it", async () => {
    const { ada } = workspace;
    const { headers } = await ada.call(`GET /v1/chat/conversations/${group.id}`);
    expect(operations()).toEqual([
      expect.objectContaining({
        ...whoIs(ada),
        operation: "conversations.get",
        address: "127.0.0.1",
        code: "ok",
        ms: expect.any(Number),
        request_id: headers.get("x-request-id"),
      }),
    ]);
    // Where the request was answered by the operation, there is nothing else to say of it.
    expect(linesOf(({ msg, name }) => msg === "request" && name !== "gateway")).toEqual([]);
  });

  it("with the code of the problem where it was refused, and nobody where nobody was signed in", async () => {
    const { ada, stranger, stack } = workspace;
    await stranger.call(`GET /v1/chat/conversations/${group.id}`);
    await ada.call("POST /v1/chat/messages/send", { body: { conversation_id: group.id, text: "" } });
    await call(stack.url, "GET /auth/me");
    const seen = operations().map(({ operation, user_id, code }) => [operation, user_id, code]);
    expect(seen).toEqual([
      ["conversations.get", stranger.id, "conversation_not_found"],
      ["messages.send", ada.id, "validation_failed"],
      ["auth.me", undefined, "unauthenticated"],
    ]);
  });

  it("over /trpc, where a batch of ten has ten lines", async () => {
    const { ada } = workspace;
    const names = upTo(10).map(() => "users.list_blocks");
    const input = encodeURIComponent(JSON.stringify(Object.fromEntries(names.map((_, index) => [index, {}]))));
    await ada.call(`GET /trpc/${names.join(",")}?batch=1&input=${input}`);
    expect(operations()).toHaveLength(10);
    for (const line of operations()) {
      expect(line).toMatchObject({ ...whoIs(ada), operation: "users.list_blocks", code: "ok" });
    }
  });

  it("over the socket", async () => {
    const { grace, stack } = workspace;
    const socket = await connect(stack, grace);
    workspace.stack.logged.length = 0;
    await socket.request("conversations.get", { id: group.id });
    await socket.request("messages.get", { id: group.id });
    await socket.close();
    expect(operations()).toEqual([
      expect.objectContaining({ ...whoIs(grace), operation: "conversations.get", address: "127.0.0.1", code: "ok" }),
      expect.objectContaining({ ...whoIs(grace), operation: "messages.get", code: "message_not_found" }),
    ]);
    expect(operations().every(({ request_id }) => typeof request_id === "string")).toBe(true);
  });
});

describe("a request that reached no operation", () => {
  it("has a line with its route and code", async () => {
    const { stack } = workspace;
    await call(stack.url, "GET /auth/nothing");
    await call(stack.url, "POST /auth/login", { raw: "{" });
    const seen = linesOf(({ msg }) => msg === "request");
    expect(seen).toMatchObject([
      { method: "GET", route: null, status: 404, code: "route_not_found", address: "127.0.0.1" },
      { method: "POST", route: "/auth/login", status: 400, code: "malformed_json" },
    ]);
  });
});

describe("an error of the database", () => {
  /** Has PostgreSQL refuse every message with the error, whose text and detail carry values. */
  async function whileRefused<T>(sqlState: string, work: () => Promise<T>): Promise<T> {
    const { sql } = workspace.stack.database;
    await sql.unsafe(`
      create function refuse_message() returns trigger language plpgsql as $$ begin
        raise exception using errcode = '${sqlState}', message = 'canary in ' || new.text, detail = 'canary ' || new.text;
      end $$;
      create trigger refuse_message before insert on messages for each row execute function refuse_message()`);
    try {
      return await work();
    } finally {
      await sql`drop function refuse_message cascade`;
    }
  }
  const send = () =>
    workspace.ada.call<object>("POST /v1/chat/messages/send", {
      body: { conversation_id: group.id, text: "a canary text" },
    });

  it("that is not expected is logged by query, routine and the name of its SQLSTATE, without values", async () => {
    expectProblem(await whileRefused("0A000", send), 500, "internal_error");
    const [line, ...more] = operations();
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      level: 50,
      operation: "messages.send",
      code: "internal_error",
      err: {
        type: "PostgresError",
        code: "0A000",
        message: "feature_not_supported",
        routine: "exec_stmt_raise",
        query: expect.stringContaining("as given"),
        stack: expect.stringContaining("insertMessages"),
      },
    });
    expect(JSON.stringify(workspace.stack.logged)).not.toMatch(/canary/);
  });

  it.each(["53100", "53200", "58030", "25006"])(
    "that passes by itself, SQLSTATE %s, is answered 503 and logged as one line without a stack",
    async (sqlState) => {
      expectProblem(await whileRefused(sqlState, send), 503, "unavailable");
      const lines = linesOf(({ level }) => Number(level) >= 40);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatchObject({ level: 40, code: "unavailable", err: { code: sqlState } });
      expect(lines[0]?.["err"]).not.toHaveProperty("stack");
    },
  );
});

describe("the log", () => {
  it("holds no password, token, e-mail, phone or text, whatever is done", async () => {
    const { ada, stack } = workspace;
    const invited = await ada.call<{ token: string }>("POST /auth/invites", { body: { role: "member" } });
    const credentials = { email: "canary.mail@example.com", password: "canary pass phrase" };
    const profile = { display_name: "Canary Name", phone: "+4915112345678" };
    const { body: tokens } = await call<Tokens>(stack.url, "POST /auth/signup", {
      body: { ...credentials, ...profile, invite_token: invited.body.token },
    });
    await call(stack.url, "POST /auth/login", { body: { ...credentials, password: "canary wrong phrase" } });
    await call(stack.url, "POST /auth/login", { body: credentials });
    const refreshed = await call<Tokens>(stack.url, "POST /auth/refresh", {
      body: { refresh_token: tokens.refresh_token },
    });
    await say(ada, group.id, "canary words in a text");
    await ada.call("GET /v1/chat/messages/search?q=canary");
    await ada.call("GET /v1/chat/users/search?q=%2B4915112345678");
    await ada.call("GET /v1/chat/canary?canary=canary");
    const upload = await ada.call<{ upload_url: string }>("POST /v1/chat/media/upload-url", {
      body: { file_name: "canary.txt", content_type: "text/plain", size_bytes: 6 },
    });
    await fetch(upload.body.upload_url, { method: "PUT", body: "canary", headers: { "content-type": "text/plain" } });
    const secrets = [
      /canary/i,
      "15112345678",
      new URL(upload.body.upload_url).search,
      invited.body.token,
      tokens.access_token,
      tokens.refresh_token,
      refreshed.body.refresh_token,
    ];
    expect(operations().length).toBeGreaterThan(5);
    expect(stack.repeating, "lines with a key twice").toEqual([]);
    for (const secret of secrets) expect(JSON.stringify(stack.logged)).not.toMatch(secret);
  });
});
