import type { Conversation } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const call = (by: Person, verb: "POST" | "DELETE", id: string) =>
  by.call(`${verb} /v1/chat/conversations/${id}/archive`);
const listed = async (by: Person, filter: string) =>
  (await by.call<{ items: Conversation[] }>(`GET /v1/chat/conversations?filter=${filter}`)).body.items.map(
    ({ id }) => id,
  );

describe("204", () => {
  it("moves the conversation out of the active list, for the caller alone, and a message does not bring it back", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await withSockets(stack, [grace], async (own) => {
      expect((await call(grace, "POST", id)).status).toBe(204);
      const { data } = await own.event("conversation.state_updated");
      expect(data.archived_at).toEqual(expect.any(String));
      await say(ada, id, "not a reason");
      await own.event("message.created");
      expect(await listed(grace, "active")).not.toContain(id);
      expect(await listed(grace, "archived")).toContain(id);
      expect(await listed(grace, "all")).toContain(id);
      expect(await listed(ada, "active")).toContain(id);
    });
  });

  it("is idempotent: the time stays, nobody is notified again", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await withSockets(stack, [grace], async (own) => {
      await call(grace, "POST", id);
      const first = (await own.event("conversation.state_updated"))["data"].archived_at;
      expect((await call(grace, "POST", id)).status).toBe(204);
      await say(ada, id, "after");
      await own.event("message.created");
      expect(own.events("conversation.state_updated")).toHaveLength(1);
      const { body } = await grace.call<Conversation>(`GET /v1/chat/conversations/${id}`);
      expect(body.me.archived_at).toBe(first);
    });
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `POST /v1/chat/conversations/${id}/archive`,
  );
});
