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
  it("brings the conversation back into the active list, and says so once", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await call(grace, "POST", id);
    await withSockets(stack, [grace], async (own) => {
      expect((await call(grace, "DELETE", id)).status).toBe(204);
      expect((await own.event("conversation.state_updated"))["data"].archived_at).toBeNull();
      expect(await listed(grace, "active")).toContain(id);
      expect(await listed(grace, "archived")).not.toContain(id);
      expect((await call(grace, "DELETE", id)).status).toBe(204);
      await say(ada, id, "after");
      await own.event("message.created");
      expect(own.events("conversation.state_updated")).toHaveLength(1);
    });
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `DELETE /v1/chat/conversations/${id}/archive`,
  );
});
