import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { groupsOf } from "../harness/bulk.js";
import { call } from "../harness/client.js";
import { invite, type Person } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { listenIn } from "../harness/wire.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
let reader: Person;
/** A second service on the same database, whose statements are overheard. */
let wire: Awaited<ReturnType<typeof listenIn>>;
let node: Stack;
beforeAll(async () => {
  const { ada, stack } = workspace;
  reader = await invite(stack, ada, "Reader");
  await groupsOf(stack, ada, reader, 40);
  // Somebody blocked, so that what depends on blocks is looked up as well.
  await reader.call(`POST /v1/chat/users/${(await invite(stack, ada, `Blocked ${randomUUID()}`)).id}/block`);
  wire = await listenIn(stack.database.url);
  node = await startStack({ DATABASE_URL: wire.url, VERO_PUBLIC_URL: stack.issuer });
});
afterAll(async () => {
  await node.close();
  await wire.close();
});

const tables = /"(messages|participants|conversations|receipt_counters|blocks|block_marks|message_hides|reactions)"/;

/** Matches a statement that a node sends by itself: it looks for messages without a search vector. */
const ofNode = /search is null/;

async function overhear(path: "" | "/unread", query = ""): Promise<{ statements: string[]; items: Conversation[] }> {
  wire.statements.length = 0;
  const { token } = reader;
  const { status, body } = await call<{ items: Conversation[] }>(
    node.url,
    `GET /v1/chat/conversations${path}${query}`,
    { token },
  );
  expect(status).toBe(200);
  return { statements: wire.statements.filter((text) => tables.test(text) && !ofNode.test(text)), items: body.items };
}

it("a page of 30 conversations asks as little as one of a single conversation: for views, previews and last messages", async () => {
  const few = await overhear("", "?limit=1");
  const many = await overhear("", "?limit=30");
  expect([few.items.length, many.items.length]).toEqual([1, 30]);
  expect(many.items.every(({ last_message, me }) => last_message !== null && me.unread_count === 1)).toBe(true);
  expect(many.statements).toEqual(few.statements);
  expect(many.statements).toHaveLength(3);
});

it("the unread ones of all conversations are one statement", async () => {
  const { statements, items } = await overhear("/unread");
  expect(items).toHaveLength(40);
  expect(statements).toHaveLength(1);
});
