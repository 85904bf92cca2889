import { describe, expect, test } from "vitest";
import type { AnyEvent } from "../../src/generated/frames.js";
import { apply } from "../../src/store/apply.js";
import type { Change } from "../../src/store/changes.js";
import { keepNewest } from "../../src/store/evict.js";
import { emptyState, type Held, type State, withHeld } from "../../src/store/state.js";
import { conversationOf, messagesIn, participantsOf } from "../../src/store/views.js";
import { type Random, randomFrom } from "./random.js";
import { conversationId, me, SimulatedService, userOf } from "./service.js";

const others = ["user-a", "user-b", "user-c"];

function step(service: SimulatedService, { pick, roll }: Random): AnyEvent[] {
  const seq = service.rows.length === 0 ? 0 : 1 + roll(service.rows.length);
  const user = pick([me, ...others]);
  const isMember = service.members.has(user);
  const kind = roll(16);
  if (seq === 0 || kind < 4) return isMember ? service.send(user) : [];
  if (kind === 4) return isMember ? service.reply(user, seq) : [];
  if (kind === 5) return service.edit(seq);
  if (kind === 6) return service.deleteForEveryone(seq);
  if (kind === 7) return service.deleteForMe(seq);
  if (kind === 8) return service.react(user, seq, pick(["👍", "🎉"]));
  if (kind === 9) return service.read(user, seq);
  if (kind === 10) return service.read(me, service.rows.length);
  if (kind === 11) return service.mute(roll(2) === 0);
  if (kind === 12) return service.archive(roll(2) === 0);
  if (kind === 13) return service.members.has(user) ? service.removeMember(user) : service.addMember(user);
  if (kind === 14) return pick([() => service.rename(), () => service.setRole(user, pick(["admin", "member"]))])();
  return pick([() => service.renameUser(user), () => service.block(pick(others))])();
}

/** What a user is shown, in a form that can be compared. */
function shownBy(state: State): object {
  const held = state.conversations.get(conversationId) as Held;
  const byId = <T>(entries: Iterable<[string, T]>) =>
    Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    // Events bring read positions without the numbers of the receipts, and nothing of changes that the user may not see.
    conversation: { ...conversationOf(state, held), last_receipt_seq: 0, last_change_seq: 0 },
    messages: held.ranges.flatMap((range) => messagesIn(held, range)),
    ranges: held.ranges,
    participants: participantsOf(state, held),
    blocks: byId(
      [...state.blocks].flatMap(([id, { value }]) => (value === null ? [] : [[id, value] as [string, string]])),
    ),
  };
}

const truthOf = (service: SimulatedService, ranges: Held["ranges"]): object => {
  const joined = (one: { joined_at: string; user: { id: string } }) => one.joined_at + one.user.id;
  return {
    conversation: { ...service.conversation, last_receipt_seq: 0, last_change_seq: 0 },
    messages: service.visible.filter(({ seq }) => ranges.some(({ from, to }) => from <= seq && seq <= to)),
    participants: service.participants().sort((a, b) => (joined(a) < joined(b) ? -1 : 1)),
    blocks: Object.fromEntries([...service.blocked].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};

interface History {
  service: SimulatedService;
  first: Change[];
  changes: Change[];
}

/** What a client is given first, and a random history after it, with answers of the service in between. */
function historyOf(random: Random, { before = 12, length = 40, answers = true } = {}): History {
  const service = new SimulatedService(others);
  for (let count = 0; count < before; count += 1) step(service, random);
  let stamp = 1;
  const first: Change[] = [
    { stamp, type: "conversations", items: [service.conversation] },
    { stamp, type: "participants", id: conversationId, items: service.participants(), as_of: service.change },
    {
      stamp,
      type: "blocks",
      items: [...service.blocked].map(([id, created_at]) => ({ user: userOf(id), created_at })),
    },
  ];
  const changes: Change[] = [];
  for (let count = 0; count < length; count += 1) {
    const since = { ...service.positions };
    const asked = stamp + 1;
    stamp += 1;
    const events: AnyEvent[] = [];
    for (let steps = 1 + random.roll(3); steps > 0; steps -= 1) events.push(...step(service, random));
    for (const event of events) {
      stamp += 1;
      changes.push({ stamp, type: "event", event, now: 0 });
    }
    if (!answers) continue;
    // Asked for before these events arrived, and read by the service after what they tell of.
    const at = { stamp: asked };
    const limit = 1 + random.roll(5);
    const seq = 1 + random.roll(service.rows.length || 1);
    const question = random.pick([{ before_seq: seq }, { after_seq: seq }, { around_seq: seq }, {}]);
    changes.push(
      ...random.some<Change>([
        { ...at, type: "conversations", items: [service.conversation] },
        { ...at, type: "sync", answer: service.sync(since) },
        { ...at, type: "page", id: conversationId, question, page: service.page({ ...question, limit }) },
        { ...at, type: "participants", id: conversationId, items: service.participants(), as_of: since.change },
        { ...at, type: "messages", items: structuredClone(service.visible.slice(-1)) },
      ]),
    );
  }
  return { service, first, changes };
}

const applied = (changes: readonly Change[], from: State = emptyState(me)): State => changes.reduce(apply, from);
const seeds = Array.from({ length: 60 }, (_, index) => index + 1);

describe("the state that follows from changes", () => {
  test.each(seeds)("is that of the service, and the same in any order and with repetitions (seed %i)", (seed) => {
    const random = randomFrom(seed);
    const { service, first, changes } = historyOf(random);
    const start = applied(first);
    const inOrder = applied(changes, start);
    const { ranges } = inOrder.conversations.get(conversationId) as Held;
    expect(shownBy(inOrder)).toMatchObject(truthOf(service, ranges));
    const again = random.some(changes);
    const shuffled = applied(random.shuffled([...changes, ...again]), start);
    expect(shownBy(shuffled)).toEqual(shownBy(inOrder));
  });

  test.each(seeds)("is that of the service when events are lost and sync brings what they told (seed %i)", (seed) => {
    const random = randomFrom(seed);
    const service = new SimulatedService(others);
    let stamp = 1;
    let state = applied([
      { stamp, type: "conversations", items: [service.conversation] },
      { stamp, type: "participants", id: conversationId, items: service.participants(), as_of: 0 },
    ]);
    let since = service.positions;
    for (let round = 0; round < 12; round += 1) {
      for (let count = random.roll(8); count > 0; count -= 1) {
        for (const event of step(service, random)) {
          stamp += 1;
          state = apply(state, { stamp, type: "event", event, now: 0 });
        }
      }
      if (random.roll(3) === 0) {
        const held = state.conversations.get(conversationId) as Held;
        state = withHeld(state, conversationId, keepNewest(me, held, 1 + random.roll(3)));
      }
      since = service.positions;
      for (let count = random.roll(8); count > 0; count -= 1) step(service, random);
      stamp += 1;
      state = apply(state, { stamp, type: "sync", answer: service.sync(since) });
      const { ranges } = state.conversations.get(conversationId) as Held;
      expect(shownBy(state)).toMatchObject(truthOf(service, ranges));
    }
  });

  test.each(seeds)(
    "counts what is unread from events alone, also where the messages are not held (seed %i)",
    (seed) => {
      const random = randomFrom(seed);
      const { service, first, changes } = historyOf(random, { before: 40, length: 60, answers: false });
      const conversations = first.filter(({ type }) => type === "conversations");
      const state = applied(changes, applied(conversations));
      const held = state.conversations.get(conversationId) as Held;
      expect(conversationOf(state, held).me.unread_count).toBe(service.unread);
    },
  );

  test("is the same object when a change brings nothing new", () => {
    const { first, changes } = historyOf(randomFrom(1), { answers: false });
    const state = applied([...first, ...changes]);
    const held = state.conversations.get(conversationId);
    const again = changes.filter((one) => one.type === "event" && one.event.type !== "conversation.updated");
    expect(applied(again, state).conversations.get(conversationId)).toBe(held);
  });
});
