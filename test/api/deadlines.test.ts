import type { Conversation, Problem } from "@vero/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestProxy } from "../../packages/db/test/proxy.js";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { createWorkspace, groupOf, invite, type Operation, type Person, say } from "../harness/people.js";
import { connect, type TestSocket } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor, within } from "../harness/waiting.js";

let database: TestDatabase;
let proxy: TestProxy;
let stack: Stack;
let ada: Person;
let grace: Person;
let group: Conversation;
let socket: TestSocket;

beforeAll(async () => {
  database = await createDatabase();
  proxy = new TestProxy(database.url);
  await proxy.open();
  stack = await startStack({ DATABASE_URL: proxy.url, VERO_DEADLINE_FACTOR: "1" });
  ada = await createWorkspace(stack, "Ada");
  grace = await invite(stack, ada, "Grace");
  group = await groupOf(ada, [grace]);
  socket = await connect(stack, ada);
});
afterAll(async () => {
  proxy?.thaw();
  await socket?.close();
  await stack?.close();
  await proxy?.close();
  await database?.drop();
});

const deadlineMs = 4_500;
const promisedMs = 5_000;

/**
 * Runs work, and answers how long it may take by a timer of this process, which is as late as those of the services.
 */
async function besideTimer<T>(work: () => Promise<T>): Promise<{ result: T; allowedMs: number }> {
  const since = performance.now();
  const timer = new Promise<number>((resolve) => setTimeout(() => resolve(performance.now() - since), deadlineMs));
  const result = await work();
  return { result, allowedMs: (await timer) * (promisedMs / deadlineMs) };
}

interface Timed<T> {
  name: string;
  ms: number;
  answer: T;
}

async function timed<T>(name: string, asked: Promise<T>): Promise<Timed<T>> {
  const since = performance.now();
  const answer = await within(asked, name);
  return { name, ms: performance.now() - since, answer };
}

/**
 * Requests of every kind: one statement, several one after the other, a transaction, a send that waits for its batch.
 */
const requests = (): [Operation, object?][] => [
  ["GET /v1/chat/conversations"],
  [`GET /v1/chat/conversations/${group.id}/messages`],
  ["POST /v1/chat/messages/send", { conversation_id: group.id, text: "one" }],
  ["POST /v1/chat/messages/send", { conversation_id: group.id, text: "two" }],
  ["POST /v1/chat/messages/sync", { conversations: [{ conversation_id: group.id, last_seq: 0 }] }],
  ["POST /v1/chat/conversations", { type: "group", participant_ids: [grace.id] }],
  ["GET /v1/chat/messages/search?q=one"],
  ["GET /auth/sessions"],
  ["POST /auth/login", { email: ada.email, password: ada.password }],
];

/** As it comes: checking answers against the contract takes time of its own, all of it when they come. */
async function ask<T>(by: Person, operation: Operation, body?: object): Promise<T> {
  const [method = "", target = ""] = operation.split(/ (.*)/);
  const headers = { authorization: `Bearer ${by.token}`, "content-type": "application/json" };
  const answer = await fetch(`${stack.url}${target}`, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
}

async function askAll(frameCount: number): Promise<Timed<Problem>[]> {
  const rest = requests().map(([operation, body]) => timed(operation, ask<Problem>(ada, operation, body)));
  const batch = encodeURIComponent(JSON.stringify({ 0: { id: group.id }, 1: {} }));
  const trpc = timed(
    "a batch of tRPC",
    ask<Batch>(grace, `GET /trpc/conversations.get,conversations.list?batch=1&input=${batch}`),
  ).then(({ answer, ...rest }) => answer.map((one) => ({ ...rest, answer: one.error.data.problem })));
  const frames = Array.from({ length: frameCount }, (_, n) =>
    timed(
      `request ${n} of a socket`,
      socket.request("messages.send", { conversation_id: group.id, text: `${n}` }).then((frame) => frame["error"]),
    ),
  );
  return [...(await Promise.all([...rest, ...frames])), ...(await trpc)];
}

type Batch = { error: { data: { problem: Problem } } }[];

describe("while the database hangs", () => {
  it("every way in answers 503 within five seconds, whatever the work has still to do", async () => {
    proxy.freeze();
    // Sockets are closed when their sessions cannot be looked at for so long.
    const rounds = [
      ["connections that hang", 3],
      ["connections that are given up", 0],
    ] as const;
    for (const [round, frameCount] of rounds) {
      const { result, allowedMs } = await besideTimer(() => askAll(frameCount));
      for (const { name, ms, answer } of result) {
        expect({ round, name, answer }).toMatchObject({ answer: { status: 503, code: "unavailable" } });
        expect(ms, `${name}, ${round}`).toBeLessThan(allowedMs);
      }
    }
    proxy.thaw();
    await waitFor(
      async () => "items" in (await ask<object>(ada, "GET /v1/chat/conversations")),
      "the database to be used again",
    );
    // None of what was refused is done later.
    expect((await say(ada, group.id, "back")).seq).toBe(1);
  });
});
