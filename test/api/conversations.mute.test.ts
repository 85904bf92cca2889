import type { Conversation } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const mute = <T = unknown>(by: Person, id: string, body?: object) =>
  by.call<T>(`POST /v1/chat/conversations/${id}/mute`, body && { body });
const stateOf = async (by: Person, id: string) =>
  (await by.call<Conversation>(`GET /v1/chat/conversations/${id}`)).body.me;

describe("204", () => {
  it("mutes until unmuted, for the caller alone, and leaves the unread count", async () => {
    const { ada, grace, stack } = workspace;
    await say(ada, group.id, "unread");
    await withSockets(stack, [grace, ada], async (own, theirs) => {
      expect((await mute(grace, group.id)).status).toBe(204);
      const { data } = await own.event("conversation.state_updated");
      expect(data).toMatchObject({ is_muted: true, muted_until: null, unread_count: 1 });
      expect(await stateOf(grace, group.id)).toMatchObject({ is_muted: true, muted_until: null, unread_count: 1 });
      expect((await stateOf(ada, group.id)).is_muted).toBe(false);
      // Twice is as good as once, and notifies nobody.
      expect((await mute(grace, group.id)).status).toBe(204);
      await say(ada, group.id, "after");
      await Promise.all([own.event("message.created"), theirs.event("message.created")]);
      expect(own.events("conversation.state_updated")).toHaveLength(1);
      expect(theirs.events("conversation.state_updated")).toEqual([]);
    });
  });

  it("mutes for a time, and is over then", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await mute(grace, id, { until });
    expect(await stateOf(grace, id)).toMatchObject({ is_muted: true, muted_until: until });
    await stack.database
      .sql`update participants set muted_until = now() - interval '1 s' where conversation_id = ${id} and is_muted`;
    expect(await stateOf(grace, id)).toMatchObject({ is_muted: false, muted_until: null });
  });
});

describe("400", () => {
  it.each(["2020-01-01T00:00:00Z", "tomorrow", 5])("validation_failed for until %s", async (until) => {
    expectProblem(await mute<object>(workspace.grace, group.id, { until }), 400, "validation_failed");
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `POST /v1/chat/conversations/${id}/mute`,
  );
});
