import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupOf, say } from "../harness/people.js";
import { connect } from "../harness/socket.js";
import { type Stack, startStack } from "../harness/stack.js";
import { waitFor } from "../harness/waiting.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();
let second: Stack;
beforeAll(async () => {
  const { database, issuer } = workspace.stack;
  second = await startStack({ DATABASE_URL: database.url, VERO_PUBLIC_URL: issuer });
});
afterAll(() => second.close());

describe("two processes on one database", () => {
  it("tell each other of what is in no log, which no comparison would find", async () => {
    const { ada, grace, stack } = workspace;
    const group = await groupOf(ada, [grace]);
    const there = await connect(second, grace);
    await say(ada, group.id, "Hello");
    await there.event("message.created");
    const here = await connect(stack, ada);
    await waitFor(async () => {
      await ada.call(`POST /v1/chat/conversations/${group.id}/typing`, { body: {} });
      return there.events("typing").length > 0;
    });
    await here.close();
    await there.close();
  });

  it("leave the sockets of the other one alone when they start", async () => {
    const { grace, stack } = workspace;
    const socket = await connect(stack, grace);
    const { database, issuer } = stack;
    const third = await startStack({ DATABASE_URL: database.url, VERO_PUBLIC_URL: issuer });
    const own = await connect(third, workspace.ada);
    const rows = await database.sql`select is_open from connections where user_id = ${grace.id} and is_open`;
    expect(rows).toHaveLength(1);
    await own.close();
    await socket.close();
    await third.close();
  });
});
