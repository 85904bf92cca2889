import type { EventType } from "@vero/contracts";
import { beforeAll, describe, expect, it } from "vitest";
import { leaksIn } from "../client/canonical.js";
import { ModelClient } from "../client/client.js";
import { fetchState } from "../client/fetch.js";
import type { State } from "../client/state.js";
import {
  createFixture,
  createPeople,
  type Fixture,
  type People,
  type Role,
  roles,
  subjectOf,
} from "../events/fixture.js";
import { say } from "../harness/people.js";
import { useWorkspace } from "../harness/workspace.js";
import { type EventCase, inputOf } from "../operations/row.js";
import { type CaseOf, casesOf } from "../operations/table.js";
import { byRest, type Reply } from "../operations/transports.js";

const workspace = useWorkspace();
let people: People;
beforeAll(async () => {
  people = await createPeople(workspace.stack, workspace.ada);
});

/** The sessions of one person, and how much of what they received belongs to the past. */
interface Listener {
  role: Role;
  client: ModelClient;
  past: number;
}

async function listenAs(fixture: Fixture, role: Role, held?: State): Promise<Listener> {
  const client = new ModelClient(workspace.stack, fixture[role]);
  if (held !== undefined) client.state = structuredClone(held);
  await client.connect();
  return { role, client, past: 0 };
}

/** Owner and member, who act most, have a second session each, which holds what the first has fetched. */
async function listen(fixture: Fixture): Promise<Listener[]> {
  const first = await Promise.all(roles.map((role) => listenAs(fixture, role)));
  const second = first.filter(({ role }) => role === "owner" || role === "member");
  return [...first, ...(await Promise.all(second.map(({ role, client }) => listenAs(fixture, role, client.state))))];
}

/**
 * Waits until all earlier events have arrived: a marker on the channel of a conversation, and on that of each user,
 * comes after them.
 */
async function becomeQuiet(fixture: Fixture, listeners: readonly Listener[]): Promise<void> {
  const { common } = fixture;
  const marker = await say(fixture.owner, common.id, "marker");
  const until = new Date(Date.UTC(2900, 0, marker.seq)).toISOString();
  await Promise.all(
    roles.map((role) => fixture[role].call(`POST /v1/chat/conversations/${common.id}/mute`, { body: { until } })),
  );
  for (const { client } of listeners) {
    await client.received(
      "message.created",
      (event) => event.type === "message.created" && event.data.message.id === marker.id,
    );
    await client.received(
      "conversation.state_updated",
      (event) => event.type === "conversation.state_updated" && event.data.muted_until === until,
    );
  }
}

/**
 * Lists the events received since the last call, without the markers; those without a number may come anywhere between
 * the others.
 */
function newsOf(fixture: Fixture, listener: Listener): EventType[] {
  const events = listener.client.events.slice(listener.past);
  listener.past += events.length;
  const news = events.filter(
    (event) =>
      event.type !== "presence.changed" && !("conversation_id" in event && event.conversation_id === fixture.common.id),
  );
  const isNumbered = (event: (typeof news)[number]) => "change_seq" in event;
  const unnumbered = news.filter((event) => !isNumbered(event)).map(({ type }) => type);
  return [...news.filter(isNumbered).map(({ type }) => type), ...unnumbered.sort()];
}

async function expectSame(fixture: Fixture, listeners: readonly Listener[]): Promise<void> {
  const fresh = await Promise.all(roles.map((role) => fetchState(fixture[role])));
  for (const state of fresh) expect(leaksIn(state)).toEqual([]);
  for (const { role, client } of listeners) {
    const { differing } = await client.catchUp(fresh[roles.indexOf(role)] as State);
    expect(differing, `what the ${role} holds`).toEqual([]);
    await client.check();
  }
}

function expectHeard(fixture: Fixture, listeners: readonly Listener[], receives: EventCase<object>["receives"]): void {
  for (const listener of listeners) {
    const { role } = listener;
    const news = newsOf(fixture, listener);
    if (receives === undefined) continue;
    const expected = receives[role] ?? (role === "guest" ? [] : (receives.participants ?? []));
    const sorted = [...expected].sort((a, b) => Number(isUnnumbered(a)) - Number(isUnnumbered(b)));
    expect(news, `what the ${role} receives`).toEqual(sorted);
  }
}

const isUnnumbered = (type: EventType): boolean =>
  type === "typing" || type.startsWith("block.") || /^conversation\.(deleted|removed|read|state_updated)$/.test(type);

/** Makes the change of a case; or, where it is to be refused, what differs from it. */
async function attempt(
  { operation, row, case: one }: CaseOf<EventCase<object>>,
  fixture: Fixture,
  refused?: EventCase<object>["refused"],
): Promise<Reply> {
  const input = await inputOf(row, subjectOf(fixture), fixture, one, ...(refused ? [refused] : []));
  const { token } = fixture[(refused ?? one).by];
  return byRest({ url: workspace.stack.url, token }, operation, input);
}

describe("the stale state and the events are the state that is", () => {
  it.each(casesOf("events"))("after $operation: $name", async (one) => {
    const { again, refused, receives, prepare } = one.case;
    const fixture = await createFixture(people);
    await prepare?.(fixture);
    const listeners = await listen(fixture);
    await becomeQuiet(fixture, listeners);
    for (const listener of listeners) newsOf(fixture, listener);

    const first = await attempt(one, fixture);
    expect(first.status, JSON.stringify(first.body)).toBeLessThan(300);
    await becomeQuiet(fixture, listeners);
    expectHeard(fixture, listeners, receives);

    if (again !== undefined) {
      const second = await attempt(one, fixture);
      expect(second.status, JSON.stringify(second.body)).toBe(again);
    }
    expect((await attempt(one, fixture, refused)).status).toBe(refused.status);
    await becomeQuiet(fixture, listeners);
    // Compared once, at the end: nobody received anything since the change, so nothing can have mended what differed.
    expectHeard(fixture, listeners, {});
    await expectSame(fixture, listeners);
    for (const { client } of listeners) await client.disconnect();
  });
});
