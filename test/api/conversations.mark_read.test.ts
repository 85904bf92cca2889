import type { Conversation } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { refusesNonParticipants } from "../harness/access.js";
import { expectProblem } from "../harness/accounts.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace, withSockets } from "../harness/workspace.js";

interface ReadState {
  last_read_seq: number;
  unread_count: number;
}

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const markRead = <T = ReadState>(by: Person, id: string, seq: unknown) =>
  by.call<T>(`POST /v1/chat/conversations/${id}/read`, { body: { seq } });

async function groupWith(messages: number): Promise<Conversation> {
  const { ada, grace } = workspace;
  const conversation = await groupOf(ada, [grace]);
  for (const n of upTo(messages)) await say(ada, conversation.id, `message ${n}`);
  return conversation;
}

describe("200", () => {
  it("moves the position forward, and says what is left", async () => {
    const { id } = await groupWith(5);
    expect((await markRead(workspace.grace, id, 2)).body).toEqual({ last_read_seq: 2, unread_count: 3 });
    expect((await markRead(workspace.grace, id, 5)).body).toEqual({ last_read_seq: 5, unread_count: 0 });
    const { body } = await workspace.grace.call<Conversation>(`GET /v1/chat/conversations/${id}`);
    expect(body.me).toMatchObject({ last_read_seq: 5, unread_count: 0 });
  });

  it("never moves back, and says nothing to anybody then", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupWith(3);
    await markRead(grace, id, 3);
    await withSockets(stack, [ada, grace], async (theirs, own) => {
      expect((await markRead(grace, id, 1)).body).toEqual({ last_read_seq: 3, unread_count: 0 });
      expect((await markRead(grace, id, 3)).body).toEqual({ last_read_seq: 3, unread_count: 0 });
      // The next thing that both receive is the message sent after it.
      await say(ada, id, "after");
      await Promise.all([theirs.event("message.created"), own.event("message.created")]);
      expect([...theirs.events("conversation.read"), ...own.events("conversation.state_updated")]).toEqual([]);
    });
  });

  it("sends an event to the other participants, and the own sessions the absolute state", async () => {
    const { ada, grace, stack } = workspace;
    const { id } = await groupWith(4);
    await withSockets(stack, [ada, grace], async (theirs, own) => {
      await markRead(grace, id, 3);
      expect((await theirs.event("conversation.read"))["data"]).toEqual({ user_id: grace.id, last_read_seq: 3 });
      expect((await own.event("conversation.read"))["data"]).toEqual({ user_id: grace.id, last_read_seq: 3 });
      expect((await own.event("conversation.state_updated"))["data"]).toEqual({
        last_change_seq: 4,
        last_read_seq: 3,
        unread_count: 1,
        is_muted: false,
        muted_until: null,
        archived_at: null,
        capabilities: ["send", "leave"],
      });
      expect(theirs.events("conversation.state_updated")).toEqual([]);
    });
  });

  it("ends at the furthest of many calls at once", async () => {
    const { id } = await groupWith(8);
    const answers = await Promise.all(upTo(8).map((seq) => markRead(workspace.grace, id, seq)));
    for (const { status } of answers) expect(status).toBe(200);
    expect((await markRead(workspace.grace, id, 0)).body).toEqual({ last_read_seq: 8, unread_count: 0 });
  });
});

describe("400", () => {
  it("seq_out_of_range beyond the end, and the position stays", async () => {
    const { id } = await groupWith(2);
    expectProblem(await markRead<object>(workspace.grace, id, 3), 400, "seq_out_of_range");
    expect((await markRead(workspace.grace, id, 0)).body).toEqual({ last_read_seq: 0, unread_count: 2 });
  });

  it.each([-1, 1.5, "1", null, 2 ** 53])("validation_failed for %s", async (seq) => {
    expectProblem(await markRead<object>(workspace.grace, group.id, seq), 400, "validation_failed");
  });
});

describe("404", () => {
  refusesNonParticipants(
    workspace,
    () => group,
    (id) => `POST /v1/chat/conversations/${id}/read`,
    { body: { seq: 0 } },
  );
});
