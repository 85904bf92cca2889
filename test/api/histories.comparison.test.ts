import type { AnyEvent } from "@vero/sdk";
import { describe, expect, it } from "vitest";
import { applyEvent } from "../client/apply.js";
import { differences } from "../client/canonical.js";
import { fetchState } from "../client/fetch.js";
import type { State } from "../client/state.js";
import { groupOf, invite, type Person, say } from "../harness/people.js";
import type { TestSocket } from "../harness/socket.js";
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
async function makeChanges(times: Times, socket: TestSocket): Promise<void> {
  const { owner, listener, third, groupId, messageIds } = times;
  const [hidden, edited, liked, deleted] = messageIds;
  const group = `/v1/chat/conversations/${groupId}` as const;
  const message = "/v1/chat/messages";
  // Everything about the listener's own state is in it: what is missed before makes no difference.
  await owner.call(`PATCH ${group}`, { body: { name: "Renamed" } });
  await socket.event("conversation.updated");
  await listener.call(`POST ${group}/mute`, { body: {} });
  await third.call(`POST ${group}/read`, { body: { seq: 3 } });
  await owner.call(`PATCH ${message}/${edited}`, { body: { text: "edited" } });
  await third.call(`POST ${message}/${liked}/reactions`, { body: { emoji: "👍" } });
  await owner.call(`DELETE ${message}/${deleted}?scope=for_everyone`);
  await listener.call(`DELETE ${message}/${hidden}`);
  await say(owner, groupId, "new");
  await socket.event("message.created", (frame) => frame["data"].message.text === "new");
  await socket.event("conversation.state_updated");
  await socket.event("conversation.read");
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
      await makeChanges(times, socket);
      return socket.events().filter((frame) => "s" in frame) as AnyEvent[];
    });
    expect(events).toHaveLength(9);
    const fresh = await fetchState(times.listener);
    expect(differences(stateAfter(before, events), fresh)).toEqual([]);
    for (const missed of events) {
      const found = differences(
        stateAfter(
          before,
          events.filter((event) => event !== missed),
        ),
        fresh,
      );
      expect(found, `without ${missed.type}`).not.toEqual([]);
    }
  });
});
