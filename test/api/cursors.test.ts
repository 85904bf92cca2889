import type { Problem } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { block, edit, sync } from "../harness/actions.js";
import type { Answer } from "../harness/client.js";
import { createInvite, groupOf, invite, logIn, type Operation, say } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

function expectRefused(answer: Answer<unknown>, path: string): void {
  expectProblem(answer as Answer<Problem>, 400, "validation_failed");
  expect((answer.body as Problem).errors).toMatchObject([{ path, code: "invalid_cursor" }]);
}

/** Makes two items for each list, and returns the lists: each has a cursor after its first item. */
async function prepareLists(): Promise<`GET /${string}`[]> {
  const { stack, ada, grace, outsider } = workspace;
  await Promise.all([createInvite(ada), createInvite(ada), logIn(ada), invite(stack, ada, "Grace", "agent")]);
  const [{ id }] = await Promise.all([groupOf(ada, [grace]), groupOf(ada, [grace])]);
  const message = await say(ada, id, "hello");
  await say(ada, id, "hello again");
  for (const text of ["hello 1", "hello 2"]) await edit(ada, message.id, text);
  for (const one of [grace, outsider]) await block(ada, one);
  return [
    "GET /auth/invites?limit=1",
    "GET /auth/sessions?limit=1",
    "GET /v1/chat/conversations?limit=1",
    `GET /v1/chat/conversations/${id}/participants?limit=1`,
    `GET /v1/chat/messages/${message.id}/edits?limit=1`,
    "GET /v1/chat/messages/search?limit=1&q=hello",
    "GET /v1/chat/messages/search?limit=1&q=hello&sort=newest",
    "GET /v1/chat/users?limit=1",
    "GET /v1/chat/users/search?limit=1&q=grace",
    "GET /v1/chat/agents?limit=1",
    "GET /v1/chat/blocks?limit=1",
  ];
}

describe("400 invalid_cursor", () => {
  it("answers the cursor of another operation or order, at every operation that takes one", async () => {
    const { ada } = workspace;
    const lists = await prepareLists();
    const pages = await Promise.all(lists.map((list) => ada.call<{ next_cursor: string }>(list)));
    const cursors = pages.map(({ body }) => body.next_cursor);
    expect(cursors.filter((cursor) => typeof cursor !== "string")).toEqual([]);
    const { user_cursor } = (await sync(ada, [])).body;

    const accepted: string[] = [];
    for (const [at, list] of lists.entries()) {
      expect((await ada.call(`${list}&cursor=${cursors[at]}` as Operation)).status).toBe(200);
      for (const cursor of [...cursors.filter((_, index) => index !== at), user_cursor]) {
        const answer = await ada.call(`${list}&cursor=${cursor}` as Operation);
        if (answer.status === 200) accepted.push(`${list}: ${Buffer.from(cursor, "base64url")}`);
        else expectRefused(answer, "cursor");
      }
    }
    for (const cursor of cursors) {
      const answer = await sync(ada, [], { user_cursor: cursor });
      expectRefused(answer, "user_cursor");
    }
    expect(accepted).toEqual([]);
  });

  it("answers a search that would find nothing, too", async () => {
    const answer = await workspace.stranger.call("GET /v1/chat/messages/search?q=%21&cursor=WzQyXQ");
    expectRefused(answer, "cursor");
  });
});
