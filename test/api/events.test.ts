import type { EventType } from "@vero/contracts";
import { describe, expect, it } from "vitest";
import { leaksIn } from "../client/canonical.js";
import { ModelClient } from "../client/client.js";
import { fetchState } from "../client/fetch.js";
import type { State } from "../client/state.js";
import { conversationsCases } from "../events/conversations.js";
import { messagesCases } from "../events/messages.js";
import { participantsCases } from "../events/participants.js";
import {
  attempt,
  type Case,
  type CasesOf,
  type OperationName,
  type Role,
  type Room,
  roles,
  type Scene,
  setScene,
} from "../events/scene.js";
import { usersCases } from "../events/users.js";
import { say } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";

const workspace = useWorkspace();

const rooms: { [R in Room]: CasesOf<R> } = {
  conversations: conversationsCases,
  participants: participantsCases,
  messages: messagesCases,
  users: usersCases,
};
const all = Object.entries(rooms).flatMap(([room, operations]) =>
  Object.entries(operations).flatMap(([name, cases]) =>
    cases.map((one: Case) => ({ ...one, operation: `${room}.${name}` as OperationName })),
  ),
);

/** The sessions of one person, and how much of what they heard belongs to the past. */
interface Listener {
  role: Role;
  client: ModelClient;
  past: number;
}

/** Owner and member, who act most, have a second session each. */
async function listen(scene: Scene): Promise<Listener[]> {
  const sessions: readonly Role[] = [...roles, "owner", "member"];
  return Promise.all(
    sessions.map(async (role) => {
      const client = new ModelClient(workspace.stack, scene[role]);
      await client.connect();
      return { role, client, past: 0 };
    }),
  );
}

/** What was announced before is heard before: on the channel of a conversation, and on that of each user. */
async function becomeQuiet(scene: Scene, listeners: readonly Listener[]): Promise<void> {
  const { common } = scene;
  const marker = await say(scene.owner, common.id, "marker");
  const until = new Date(Date.UTC(2900, 0, marker.seq)).toISOString();
  await Promise.all(
    roles.map((role) => scene[role].call(`POST /v1/chat/conversations/${common.id}/mute`, { body: { until } })),
  );
  for (const { client } of listeners) {
    await client.heard(
      "message.created",
      (event) => event.type === "message.created" && event.data.message.id === marker.id,
    );
    await client.heard(
      "conversation.state_updated",
      (event) => event.type === "conversation.state_updated" && event.data.muted_until === until,
    );
  }
}

/** What was heard since the last time, besides the markers; what has no number may come between the changes anywhere. */
function newsOf(scene: Scene, listener: Listener): EventType[] {
  const events = listener.client.events.slice(listener.past);
  listener.past += events.length;
  const news = events.filter(
    (event) =>
      event.type !== "presence.changed" && !("conversation_id" in event && event.conversation_id === scene.common.id),
  );
  const isNumbered = (event: (typeof news)[number]) => "change_seq" in event;
  const unnumbered = news.filter((event) => !isNumbered(event)).map(({ type }) => type);
  return [...news.filter(isNumbered).map(({ type }) => type), ...unnumbered.sort()];
}

async function expectSame(scene: Scene, listeners: readonly Listener[]): Promise<void> {
  const fresh = await Promise.all(roles.map((role) => fetchState(scene[role])));
  for (const state of fresh) expect(leaksIn(state)).toEqual([]);
  for (const { role, client } of listeners) {
    const { differing } = await client.catchUp(fresh[roles.indexOf(role)] as State);
    expect(differing, `what the ${role} holds`).toEqual([]);
    await client.check();
  }
}

function expectHeard(scene: Scene, listeners: readonly Listener[], hears: Case["hears"]): void {
  for (const listener of listeners) {
    const { role } = listener;
    const news = newsOf(scene, listener);
    if (hears === undefined) continue;
    const expected = hears[role] ?? (role === "guest" ? [] : (hears.participants ?? []));
    const sorted = [...expected].sort((a, b) => Number(isUnnumbered(a)) - Number(isUnnumbered(b)));
    expect(news, `what the ${role} hears`).toEqual(sorted);
  }
}

const isUnnumbered = (type: EventType): boolean =>
  type === "typing" || type.startsWith("block.") || /^conversation\.(deleted|removed|read|state_updated)$/.test(type);

describe("the stale state and the events are the state that is", () => {
  it.each(all)("after $operation: $name", async ({ change, again, refused, hears, prepare }) => {
    const { stack, ada } = workspace;
    const scene = await setScene(stack, ada);
    await prepare?.(scene);
    const listeners = await listen(scene);
    await becomeQuiet(scene, listeners);
    for (const listener of listeners) newsOf(scene, listener);

    const first = await attempt(scene, change(scene));
    expect(first.status, JSON.stringify(first.body)).toBeLessThan(300);
    await becomeQuiet(scene, listeners);
    await expectSame(scene, listeners);
    expectHeard(scene, listeners, hears);

    if (again !== undefined) {
      const second = await attempt(scene, change(scene));
      expect(second.status, JSON.stringify(second.body)).toBe(again);
    }
    const { status, ...vain } = refused(scene);
    expect((await attempt(scene, vain)).status).toBe(status);
    await becomeQuiet(scene, listeners);
    await expectSame(scene, listeners);
    expectHeard(scene, listeners, {});
    for (const { client } of listeners) await client.disconnect();
  });
});
