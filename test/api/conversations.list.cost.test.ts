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
  await groupsOf(stack, ada, reader, 55);
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

interface Page {
  items: Conversation[];
}

async function overhear<T = Page>(path: string): Promise<{ statements: string[]; body: T }> {
  wire.statements.length = 0;
  const { status, body } = await call<T>(node.url, `GET /v1/chat/conversations${path}`, { token: reader.token });
  expect(status).toBe(200);
  return { statements: wire.statements.filter((text) => tables.test(text) && !ofNode.test(text)), body };
}

const snapshots = () => wire.statements.filter((text) => text.startsWith("begin isolation level repeatable read"));

it("a page of 30 conversations is one statement without a transaction, as one of a single conversation is", async () => {
  const few = await overhear("?limit=1");
  const many = await overhear("?limit=30");
  expect([few.body.items.length, many.body.items.length]).toEqual([1, 30]);
  expect(many.body.items.every(({ last_message, me }) => last_message !== null && me.unread_count === 1)).toBe(true);
  expect(many.statements).toEqual(few.statements);
  expect(many.statements).toHaveLength(1);
  expect(snapshots()).toEqual([]);
});

it("a larger page is read in portions, of one snapshot", async () => {
  const { statements, body } = await overhear("?limit=60");
  expect(body.items).toHaveLength(55);
  expect(statements).toHaveLength(2);
  expect(snapshots()).toHaveLength(1);
});

it.each(["", "/messages", "/messages?before_seq=2", "/messages?after_seq=0"])(
  "one conversation, or a page of its messages, is one statement: GET …/:id%s",
  async (path) => {
    const { items } = (await overhear("?limit=1")).body;
    const { statements } = await overhear(`/${items[0]?.id}${path}`);
    expect(statements).toHaveLength(1);
    expect(snapshots()).toEqual([]);
  },
);

it("the unread ones of all conversations are one statement", async () => {
  const { statements, body } = await overhear("/unread");
  expect(body.items).toHaveLength(55);
  expect(statements).toHaveLength(1);
});
