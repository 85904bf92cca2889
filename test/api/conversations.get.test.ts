import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { expectProblem, pathsOf } from "../harness/accounts.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace, withoutRequestId } from "../harness/workspace.js";

const workspace = useWorkspace();
let group: Conversation;
beforeAll(async () => {
  group = await groupOf(workspace.ada, [workspace.grace]);
});

const get = <T = Conversation>(by: Person, id: string) => by.call<T>(`GET /v1/chat/conversations/${id}`);

describe("200", () => {
  it("answers the conversation as its creator received it", async () => {
    const { status, body } = await get(workspace.ada, group.id);
    expect(status).toBe(200);
    expect(body).toEqual(group);
  });

  it("takes an id in capital letters, as in RFC 9562", async () => {
    expect((await get(workspace.ada, group.id.toUpperCase())).body).toEqual(group);
  });

  it("shows each participant how it stands for them", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    await say(ada, id, "one");
    const last = await say(ada, id, "two");
    const ours = (await get(ada, id)).body;
    expect(ours).toMatchObject({ last_seq: 2, last_change_seq: 2, last_message: last });
    expect(ours.me).toMatchObject({ role: "owner", last_read_seq: 2, unread_count: 0 });
    const theirs = (await get(grace, id)).body;
    expect(theirs.me).toMatchObject({ role: "member", last_read_seq: 0, unread_count: 2 });
    expect(theirs.last_message).toEqual(last);
  });

  it("previews five people, others before the caller", async () => {
    const { ada, stack } = workspace;
    const others = await Promise.all(upTo(5).map((n) => invite(stack, ada, `Other ${n}`)));
    const few = await groupOf(ada, others.slice(0, 4));
    const many = await groupOf(ada, others);
    for (const [index, person] of [ada, ...others].entries()) {
      const { body } = await get(person, many.id);
      expect(body.participant_count).toBe(6);
      expect(body.participants_preview).toHaveLength(5);
      expect(body.participants_preview.map(({ id }) => id)).not.toContain(person.id);
      if (index > 4) continue;
      const { body: last } = await get(person, few.id);
      expect(last.participants_preview.map(({ id }) => id).lastIndexOf(person.id)).toBe(4);
    }
  });
});

describe("400", () => {
  it.each(["general", "1", "%20", `${randomUUID()}0`, "a.b"])("validation_failed for %s", async (id) => {
    const answer = await get<object>(workspace.ada, id);
    expectProblem(answer, 400, "validation_failed");
    expect(pathsOf(answer)).toEqual(["id"]);
  });
});

describe("404", () => {
  it("conversation_not_found, the same for one of others and one that does not exist", async () => {
    const { ada, outsider, stranger } = workspace;
    const unknown = await get<object>(ada, randomUUID());
    expectProblem(unknown, 404, "conversation_not_found");
    for (const person of [outsider, stranger]) {
      const answer = await get<object>(person, group.id);
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
    }
  });
});
