import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TestProxy } from "../../packages/db/test/proxy.js";
import { forward } from "../harness/actions.js";
import { createDatabase, type TestDatabase } from "../harness/database.js";
import { createWorkspace, groupOf, type Person, say } from "../harness/people.js";
import { type Stack, startStack } from "../harness/stack.js";
import { historyOf } from "../harness/workspace.js";

let database: TestDatabase;
let proxy: TestProxy;
let stack: Stack;
let ada: Person;

beforeAll(async () => {
  database = await createDatabase();
  proxy = new TestProxy(database.url);
  await proxy.open();
  stack = await startStack({ DATABASE_URL: proxy.url });
  ada = await createWorkspace(stack, "Ada");
});
afterAll(async () => {
  await stack?.close();
  await proxy?.close();
  await database?.drop();
});

describe("forward: the reply to a commit is lost", () => {
  it("answers unknown for that conversation, writes the others, and a repetition finds out", async () => {
    const [from, first, second] = [await groupOf(ada, []), await groupOf(ada, []), await groupOf(ada, [])];
    const { id } = await say(ada, from.id, "pass it on");
    const call = () => forward(ada, [id], [first.id, second.id], { client_forward_id: "once" });
    // As the statement that writes has it, and no published event does.
    proxy.loseCommitOf(`"client_forward_id":"once"`);
    const { status, body } = await call();
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { conversation_id: first.id, status: "unknown", code: "unavailable" },
      { conversation_id: second.id, status: "sent" },
    ]);
    const again = await call();
    expect(again.body.results.map((result) => result.status)).toEqual(["sent", "sent"]);
    for (const one of [first, second]) {
      expect((await historyOf(ada, one.id)).filter(({ text }) => text === "pass it on")).toHaveLength(1);
    }
  });
});
