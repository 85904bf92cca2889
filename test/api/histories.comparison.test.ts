import type { AnyEvent } from "@vero/sdk";
import { describe, expect, it } from "vitest";
import { applyEvent } from "../client/apply.js";
import { differences } from "../client/canonical.js";
import { fetchState } from "../client/fetch.js";
import type { State } from "../client/state.js";
import { isPending, type OperationName } from "../events/scene.js";
import { groupOf, invite, type Operation, type Person, say } from "../harness/people.js";
import { upTo, useWorkspace, withSockets } from "../harness/workspace.js";

const workspace = useWorkspace();

interface Times {
  owner: Person;
  listener: Person;
  third: Person;
  groupId: string;
  messageIds: string[];
}

async function livelyTimes(): Promise<Times> {
  const { stack, ada } = workspace;
  const [owner, listener, third] = (await Promise.all(
    ["Olga", "Lena", "Trude"].map((name) => invite(stack, ada, name)),
  )) as [Person, Person, Person];
  const { id: groupId } = await groupOf(owner, [listener, third]);
  const messageIds: string[] = [];
  for (const n of upTo(4)) messageIds.push((await say(owner, groupId, `message ${n}`)).id);
  await listener.call(`POST /v1/chat/conversations/${groupId}/read`, { body: { seq: 1 } });
  return { owner, listener, third, groupId, messageIds };
}

/** Such that none of the events makes up for another one. */
async function makeChanges({ owner, listener, third, groupId, messageIds }: Times): Promise<void> {
  const [hidden, edited, liked, deleted] = messageIds;
  const group = `/v1/chat/conversations/${groupId}` as const;
  const moves: readonly [OperationName, Person, Operation, object?][] = [
    ["conversations.mute", listener, `POST ${group}/mute`, {}],
    ["conversations.mark_read", third, `POST ${group}/read`, { seq: 3 }],
    ["messages.edit", owner, `PATCH /v1/chat/messages/${edited}`, { text: "edited" }],
    ["messages.react", third, `POST /v1/chat/messages/${liked}/reactions`, { emoji: "👍" }],
    ["messages.delete", owner, `DELETE /v1/chat/messages/${deleted}?scope=for_everyone`],
    ["messages.delete", listener, `DELETE /v1/chat/messages/${hidden}`],
    ["conversations.update", owner, `PATCH ${group}`, { name: "Renamed" }],
    ["messages.send", owner, "POST /v1/chat/messages/send", { conversation_id: groupId, text: "new" }],
  ];
  for (const [operation, person, request, body] of moves) {
    if (!isPending(operation)) await person.call(request, body && { body });
  }
}

const stateAfter = (before: State, events: readonly AnyEvent[]): State => {
  const state = structuredClone(before);
  for (const event of events) applyEvent(state, event);
  return state;
};

describe("the comparison", () => {
  it("finds each single event that a client misses, and nothing else", async () => {
    const times = await livelyTimes();
    const { stack } = workspace;
    const before = await fetchState(times.listener);
    const events = await withSockets(stack, [times.listener], async (socket) => {
      await makeChanges(times);
      await socket.event("message.created", (frame) => frame["data"].message.text === "new");
      await socket.event("conversation.state_updated");
      await socket.event("conversation.read");
      return socket.events().filter((frame) => "s" in frame) as AnyEvent[];
    });
    const fresh = await fetchState(times.listener);
    const comparison = { readsOfOthers: true };
    expect(differences(stateAfter(before, events), fresh, comparison)).toEqual([]);
    for (const missed of events) {
      const found = differences(
        stateAfter(
          before,
          events.filter((event) => event !== missed),
        ),
        fresh,
        comparison,
      );
      expect(found, `without ${missed.type}`).not.toEqual([]);
    }
  });
});
