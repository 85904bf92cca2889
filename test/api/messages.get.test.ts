import { randomUUID } from "node:crypto";
import type { Message } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { expectProblem } from "../harness/accounts.js";
import { groupOf, type Person, say } from "../harness/people.js";
import { useWorkspace, withoutRequestId } from "../harness/workspace.js";

const workspace = useWorkspace();
const get = <T = Message>(by: Person, id: string) => by.call<T>(`GET /v1/chat/messages/${id}`);

describe("200", () => {
  it("answers the message to every participant", async () => {
    const { ada, grace } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const first = await say(ada, id, "first");
    const reply = await say(grace, id, "second", { reply_to_message_id: first.id });
    for (const person of [ada, grace]) {
      expect((await get(person, first.id)).body).toEqual(first);
      expect((await get(person, reply.id)).body).toEqual(reply);
    }
  });
});

describe("400", () => {
  it("validation_failed for what is no UUID", async () => {
    expectProblem(await get<object>(workspace.ada, "1"), 400, "validation_failed");
  });
});

describe("404", () => {
  it("message_not_found for outsiders and strangers, as for an id that does not exist", async () => {
    const { ada, grace, outsider, stranger } = workspace;
    const { id } = await groupOf(ada, [grace]);
    const message = await say(ada, id, "ours");
    const unknown = await get<object>(ada, randomUUID());
    expectProblem(unknown, 404, "message_not_found");
    for (const person of [outsider, stranger]) {
      expect(withoutRequestId(await get(person, message.id))).toEqual(withoutRequestId(unknown));
    }
  });
});
