import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { ready } from "../harness/files.js";
import { createWorkspace, groupOf, invite, say } from "../harness/people.js";
import { findAll, type Query, search, sendAmong, textsFound } from "../harness/search.js";
import { startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";
import { historyOf, upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

describe("200", () => {
  it("filters by conversation, sender and time", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const [first, second, third] = [
      await say(ada, id, "filtered 1"),
      await say(grace, id, "filtered 2"),
      await say(ada, group.id, "filtered 3"),
    ];
    const { sql } = workspace.stack.database;
    await sql`update messages set created_at = '2026-01-01T00:00:00Z' where id = ${first.id}`;
    const ids = async (query: Query) =>
      (await findAll(ada, { q: "filtered", sort: "newest", ...query })).map(({ message }) => message.id);
    expect(await ids({})).toEqual([third.id, second.id, first.id]);
    expect(await ids({ conversation_id: id.toUpperCase() })).toEqual([second.id, first.id]);
    expect(await ids({ sender_id: grace.id })).toEqual([second.id]);
    expect(await ids({ sender_id: randomUUID() })).toEqual([]);
    expect(await ids({ before: "2026-01-01T00:00:00.001Z" })).toEqual([first.id]);
    expect(await ids({ before: "2026-01-01T00:00:00Z" })).toEqual([]);
    expect(await ids({ after: "2026-01-01T00:00:00Z" })).toEqual([third.id, second.id]);
    expect(await ids({ after: "2025-12-31T23:59:59.999+00:00", before: "2026-01-02T23:58:00+23:59" })).toEqual([
      first.id,
    ]);
    expect(
      await ids({ after: "1000-01-01T00:00:00+23:59", before: "2999-12-31T23:59:59.999999999-23:59" }),
    ).toHaveLength(3);
  });

  it("finds those with a link, and those with files", async () => {
    const { id } = await sendAmong(
      workspace,
      "see https://example.com",
      "see www.example.com",
      "see it",
      "see httpsomething",
    );
    const linked = await findAll(workspace.ada, { q: "see", conversation_id: id, has: "link", sort: "newest" });
    expect(linked.map(({ message }) => message.seq)).toEqual([2, 1]);
    const media = { q: "see", conversation_id: id, has: "media" };
    expect(await findAll(workspace.ada, media)).toEqual([]);
    const file = await ready(workspace.ada);
    const { seq } = await say(workspace.ada, id, "see this file", { media_ids: [file.id] });
    expect((await findAll(workspace.ada, media)).map(({ message }) => message.seq)).toEqual([seq]);
  });

  it("is there on the socket and for tRPC too", async () => {
    const { ada, stack } = workspace;
    const { id } = await sendAmong(workspace, "everywhere");
    await withSockets(stack, [ada], async (socket) => {
      const answer = await socket?.request("messages.search", { q: "everywhere", conversation_id: id });
      expect(answer?.["d"].items).toHaveLength(1);
    });
    const input = encodeURIComponent(JSON.stringify({ 0: { q: "everywhere", conversation_id: id } }));
    const { status, body } = await ada.call(`GET /trpc/messages.search?batch=1&input=${input}`);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain("everywhere");
  });

  it("finds what was written before its words were kept, soon after the start", async () => {
    const stack = await startStack();
    try {
      const { sql, url } = stack.database;
      const ada = await createWorkspace(stack, "Ada");
      const grace = await invite(stack, ada, "Grace");
      const { id } = await groupOf(ada, [grace]);
      for (const n of upTo(3)) await say(ada, id, `older ${n}`);
      await sql`update messages set search = null`;
      expect(await textsFound(ada, "older")).toEqual([]);
      const later = await startStack({ DATABASE_URL: url, VERO_PUBLIC_URL: stack.issuer });
      try {
        await waitFor(async () => (await textsFound(ada, "older")).length === 3);
      } finally {
        await later.close();
      }
      expect(await historyOf(ada, id)).toHaveLength(3);
    } finally {
      await stack.close();
    }
  });
});

describe("400", () => {
  it.each([
    ["", ["q"]],
    ["q=", ["q"]],
    [`q=${"x".repeat(201)}`, ["q"]],
    ["q=%00", ["q"]],
    ["q=a&limit=0", ["limit"]],
    ["q=a&limit=101", ["limit"]],
    ["q=a&sort=oldest", ["sort"]],
    ["q=a&has=text", ["has"]],
    ["q=a&conversation_id=x", ["conversation_id"]],
    ["q=a&sender_id=x", ["sender_id"]],
    ["q=a&before=yesterday", ["before"]],
    ["q=a&after=2026-02-30T00:00:00Z", ["after"]],
    ["q=a&from=ada", ["from"]],
    ["q=a&cursor=x", ["cursor"]],
    [
      `q=a&cursor=${Buffer.from(JSON.stringify(["0000-01-01T00:00:00.000Z", 1, randomUUID()])).toString("base64url")}`,
      ["cursor"],
    ],
    [`q=a&cursor=${Buffer.from(JSON.stringify([new Date(), "1", randomUUID()])).toString("base64url")}`, ["cursor"]],
  ])("validation_failed for %s", async (query, paths) => {
    const answer = await workspace.ada.call<object>(`GET /v1/chat/messages/search?${query}`);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(paths);
  });

  it("validation_failed for the cursor of another order", async () => {
    const { id } = await sendAmong(workspace, "cursed", "cursed");
    const page = { q: "cursed", conversation_id: id, limit: 1 };
    const { body } = await search(workspace.ada, { ...page, sort: "newest" });
    const answer = await search<object>(workspace.ada, { ...page, cursor: body.next_cursor ?? "" });
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["cursor"]);
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `GET /v1/chat/messages/search?q=hello&conversation_id=${id}`,
  );

  it("conversation_not_found also where nothing is asked for", async () => {
    const query = { q: "?!", conversation_id: randomUUID() };
    expectProblem(await search<object>(workspace.ada, query), 404, "conversation_not_found");
  });
});

describe("503", () => {
  /** A row takes a while to be read, so that the search of some is slow, and nothing else is. */
  it("unavailable after two seconds, when it takes too long", async () => {
    const stack = await startStack();
    try {
      const { sql } = stack.database;
      const ada = await createWorkspace(stack, "Ada");
      const { id } = await groupOf(ada, []);
      for (const n of upTo(10)) await say(ada, id, `slow ${n}`);
      await sql`alter table messages rename to slow`;
      await sql`create view messages as select * from slow where pg_sleep(30) is not null`;
      const start = Date.now();
      const answer = await search<object>(ada, { q: "slow" });
      const took = Date.now() - start;
      expectProblem(answer, 503, "unavailable");
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(took).toBeGreaterThan(1_900);
      await sql`drop view messages`;
      await sql`alter table slow rename to messages`;
      expect(await findAll(ada, { q: "slow" })).toHaveLength(10);
    } finally {
      await stack.close();
    }
  });
});
