import { randomUUID } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import { expect, it } from "vitest";
import { expectProblem } from "./accounts.js";
import type { CallOptions } from "./client.js";
import type { Operation } from "./people.js";
import { type Workspace, withoutRequestId } from "./workspace.js";

/** Whoever has no place in a conversation learns nothing, not even that it exists. */
export function refusesThoseWithoutSeat(
  workspace: Workspace,
  conversation: () => Conversation,
  operation: (id: string) => Operation,
  options: CallOptions = {},
): void {
  it("conversation_not_found for outsiders and strangers, as for an id that does not exist", async () => {
    const unknown = await workspace.ada.call<object>(operation(randomUUID()), options);
    expectProblem(unknown, 404, "conversation_not_found");
    for (const person of [workspace.outsider, workspace.stranger]) {
      const answer = await person.call(operation(conversation().id), options);
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(unknown));
    }
  });
}
