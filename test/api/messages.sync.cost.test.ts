import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cursorOf, deleteConversation, type Synced } from "../harness/actions.js";
import { call } from "../harness/client.js";
import { groupOf, say } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { listenIn } from "../harness/wire.js";
import { upTo, useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
/** A second service on the same database, whose statements are overheard. */
let wire: Awaited<ReturnType<typeof listenIn>>;
let node: Stack;
let held: { conversation_id: string; last_seq: number; last_change_seq: number }[];
let user_cursor: string;
beforeAll(async () => {
  const { ada, stack } = workspace;
  wire = await listenIn(stack.database.url);
  node = await startStack({ DATABASE_URL: wire.url, VERO_PUBLIC_URL: stack.issuer });
  held = [];
  for (const { id } of await Promise.all(upTo(100).map(() => groupOf(ada, [])))) {
    const { seq, change_seq } = await say(ada, id, "known");
    held.push({ conversation_id: id, last_seq: seq, last_change_seq: change_seq });
  }
  user_cursor = await cursorOf(ada);
});
afterAll(async () => {
  await node.close();
  await wire.close();
});

const tables =
  /"(messages|participants|conversations|personal_counters|receipt_counters|profile_counters|profile_seq|blocks|block_marks|message_hides|reactions)"/;

/** Matches statements that a node sends by itself: looks at sessions, and the expiry of connections. */
const ofNode = /"(sessions|connections)"/;

/** The statements about conversations and messages that one call runs, and its answer. */
async function overhear(body: object): Promise<{ statements: string[]; answer: Synced }> {
  wire.statements.length = 0;
  const { token } = workspace.ada;
  const { status, body: answer } = await call<Synced>(node.url, "POST /v1/chat/messages/sync", { token, body });
  expect(status).toBe(200);
  const statements = wire.statements.filter((statement) => tables.test(statement) && !ofNode.test(statement));
  return { statements, answer };
}

describe("a call when nothing is new", () => {
  it("asks as little for a hundred conversations as for one, and never for messages", async () => {
    const few = await overhear({ conversations: held.slice(0, 1), user_cursor });
    const many = await overhear({ conversations: held, user_cursor });
    expect(few.answer.conversations).toHaveLength(1);
    expect(many.answer.conversations).toHaveLength(100);
    expect(many.answer.conversations.every(({ has_more, reset }) => !has_more && !reset)).toBe(true);
    expect(many.statements).toEqual(few.statements);
    expect(many.statements).toHaveLength(2);
    for (const statement of many.statements) expect(statement).not.toMatch(/"(messages|message_hides|reactions)"/);
  });

  it("is answered from indexes", async () => {
    const { statements } = await overhear({ conversations: held, user_cursor });
    expect(statements).toHaveLength(2);
    await workspace.stack.database.sql.begin(async (sql) => {
      // A table of a few rows is read whole, unless that is forbidden; then only where there is no index.
      await sql`set local enable_seqscan = off`;
      for (const statement of statements) {
        const plan = await sql.unsafe(`explain (generic_plan) ${statement}`).simple();
        const lines = plan.map((row) => String(row["QUERY PLAN"]));
        expect(lines.join("\n")).toMatch(/Index/);
        expect(lines.filter((line) => /Seq Scan/.test(line))).toEqual([]);
      }
    });
  });

  it("asks no more for conversations that are gone or were never there", async () => {
    const { ada } = workspace;
    const gone = await groupOf(ada, []);
    await deleteConversation(ada, gone.id);
    const cursor = await cursorOf(ada);
    const unknown = [gone.id, randomUUID()].map((conversation_id) => ({ conversation_id, last_seq: 0 }));
    const { statements, answer } = await overhear({ conversations: unknown, user_cursor: cursor });
    expect(answer.removed).toHaveLength(2);
    expect(statements).toHaveLength(2);
  });
});

describe("a call when something is new", () => {
  it("asks for messages only where something is", async () => {
    const { ada } = workspace;
    const conversationId = held[0]?.conversation_id as string;
    const message = await say(ada, conversationId, "news");
    const one = await overhear({ conversations: held.slice(0, 1), user_cursor });
    const all = await overhear({ conversations: held, user_cursor });
    expect(all.answer.conversations.flatMap(({ messages }) => messages)).toEqual([message]);
    expect(all.statements).toEqual(one.statements);
  });
});
