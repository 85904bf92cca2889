import { events as contractEvents } from "@vero/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { absent, type Change, noChange } from "../blocks/effect.js";
import {
  blockIn,
  canary,
  createFixture,
  createPair,
  type Fixture,
  leave,
  type Pair,
  receivedByOther,
  type Variant,
  variants,
} from "../blocks/fixture.js";
import { blocksPage } from "../blocks/page.js";
import { comingOnline, type Effect, type Effects, type Notice } from "../blocks/policies.js";
import { type BlockCaseOf, isLasting, type Recording, record, transportOf } from "../blocks/recording.js";
import { invite } from "../harness/people.js";
import { connect, type Frame } from "../harness/socket.js";
import { useWorkspace, withSockets } from "../harness/workspace.js";
import { expectationOf } from "../operations/contract.js";
import { casesOf } from "../operations/table.js";

// A user who closes their last socket goes offline a second later.
const workspace = useWorkspace({ VERO_OFFLINE_AFTER: "1" });
const pairs = {} as Record<Variant, Pair>;
const people = {} as Pick<Fixture, "carol" | "dave">;
beforeAll(async () => {
  const { stack, ada } = workspace;
  Object.assign(people, { carol: await invite(stack, ada, "Carol"), dave: await invite(stack, ada, "Dave") });
  for (const variant of variants) pairs[variant] = await createPair(workspace, variant);
});
afterAll(async () => {
  for (const pair of Object.values(pairs)) await leave(pair);
});

interface IndexedCase extends BlockCaseOf {
  index: number;
}
/** The cases, those first that leave everything as it is: they share a fixture. */
const cases = casesOf("blocks")
  .map((one, index): IndexedCase => ({ ...one, index }))
  .sort((a, b) => Number(isLasting(b)) - Number(isLasting(a)));

const recordings = new Map<IndexedCase, Map<Variant, Promise<Recording>>>();
/** Runs each case once for each variant, however many tests ask for it. */
function recorded(one: IndexedCase, variant: Variant): Promise<Recording> {
  const own = recordings.get(one) ?? new Map<Variant, Promise<Recording>>();
  recordings.set(one, own);
  const made =
    own.get(variant) ?? record(workspace, people, pairs[variant], one, transportOf(one.operation, one.index));
  own.set(variant, made);
  return made;
}

/** Orders notices by strength: where both have blocked each other, the weaker of the two effects is left. */
const strength: readonly Notice[] = ["nothing", "gone", "back", "marked", "delivered"];
function effectOf({ unblocked, blocker, blocked }: Effects, variant: Variant): Effect {
  if (variant !== "mutual") return { unblocked, blocker, blocked }[variant];
  const weaker = strength.indexOf(blocker.notices) < strength.indexOf(blocked.notices) ? blocker : blocked;
  return { answer: blocker.answer === "ok" ? blocked.answer : blocker.answer, notices: weaker.notices };
}

const codeOf = ({ body }: Recording["reply"]): unknown =>
  body["code"] ?? (body["results"] as { code?: string }[] | undefined)?.[0]?.code;

/** Removes the mark and the unread counts from a change. */
const unmarked = ({ received, caught, changed }: Change): Change => ({
  ...JSON.parse(
    JSON.stringify({ received, caught }).replaceAll('"from_blocked_user":true', '"from_blocked_user":false'),
  ),
  changed: Object.fromEntries(Object.entries(changed).filter(([path]) => !/unread|from_blocked_user/.test(path))),
});
const typesOf = ({ received }: Change): unknown[] => [...new Set(received.map(({ type }) => type))];

function expectNotice(notice: Notice, noticed: Change, control: Change): void {
  if (notice === "nothing") return expect(noticed).toEqual(noChange);
  expect(noticed).not.toEqual(noChange);
  switch (notice) {
    case "delivered":
      return expect(noticed).toEqual(control);
    case "marked": {
      expect(unmarked(noticed)).toEqual(unmarked(control));
      for (const part of [noticed.received, noticed.caught]) {
        expect(JSON.stringify(part)).toContain('"from_blocked_user":true');
      }
      const paths = Object.keys(noticed.changed);
      expect(paths.filter((path) => path.includes("unread"))).toEqual([]);
      expect(Object.keys(control.changed).filter((path) => path.includes("unread"))).not.toEqual([]);
      return expect(paths.some((path) => path.startsWith("/contents/group/messages"))).toBe(true);
    }
    case "gone": {
      for (const [was, is] of Object.values(noticed.changed) as [unknown, unknown][]) {
        if (was === absent) expect(is).toEqual([]);
      }
      const allowed = ["message.deleted", "message.updated"];
      expect(typesOf(noticed).filter((type) => !allowed.includes(String(type)))).toEqual([]);
      return expect(JSON.stringify(noticed)).not.toContain(`${canary} edited`);
    }
    case "back":
      return expect({ ...noticed, received: typesOf(noticed) }).toEqual({
        ...noChange,
        received: ["presence.changed"],
      });
  }
}

/**
 * Expects that the end of a block delivers nothing that was withheld, only capabilities, presence and read positions.
 */
function expectNothingOf({ received, changed, caught }: Change): void {
  const own = ["block.removed", "conversation.state_updated", "presence.changed", "conversation.read"];
  expect(typesOf({ received, changed, caught }).filter((type) => !own.includes(String(type)))).toEqual([]);
  expect(Object.keys(changed).filter((path) => !/capabilities|last_read_seq|^\/blocks/.test(path))).toEqual([]);
  expect({ ...caught, receipts: [], updated: [], unblocked: [] }).toEqual(noChange.caught);
}

describe("what is done across a block", () => {
  const changesPresence = ({ operation }: BlockCaseOf): boolean => /^users\.(un)?block$/.test(operation);

  it.each(cases)("$operation: $name", async (one) => {
    const { operation } = one;
    const { effects, meanwhile } = one.case;
    const isAsked = (variant: Variant): boolean =>
      variant !== "mutual" || (effects.unblocked.notices !== "nothing" && meanwhile === undefined);
    const asked = variants.filter(isAsked);
    const all = await Promise.all(asked.map(async (variant) => [variant, await recorded(one, variant)] as const));
    const control = (await recorded(one, "unblocked")).noticed;
    for (const [variant, { reply, noticed, online, lifted }] of all) {
      const effect = effectOf(effects, variant);
      const { status, code } = expectationOf(effect.answer, operation);
      const answered = { variant, status: reply.status, code: codeOf(reply) };
      expect(answered, JSON.stringify(reply.body)).toEqual({ variant, status, code });
      expectNotice(effect.notices, noticed, control);
      const isShown = variant === "unblocked";
      expect(new Set(online.before)).toEqual(new Set([isShown]));
      const since = [...online.toActor, ...online.toOther];
      if (!changesPresence(one)) expect(since).toEqual(since.map(() => isShown));
      if (lifted) expectNothingOf(lifted);
    }
  });
});

describe("whoever is blocked", () => {
  /** Cases whose answers differ: the blocked side is to know which users have been added. */
  const differs: Record<string, true> = {
    "conversations.create: a group with the other": true,
    "participants.add: the other to a group": true,
  };

  it.each(cases)("is answered as ever: $operation: $name", async (one) => {
    const [asEver, answered] = [await recorded(one, "unblocked"), await recorded(one, "blocked")];
    if (one.case.meanwhile) return expect(answered.reply.status).toBe(asEver.reply.status);
    if (differs[`${one.operation}: ${one.name}`]) return expect(answered.answer).not.toEqual(asEver.answer);
    expect(answered.answer).toEqual(asEver.answer);
  });
});

describe("who receives", () => {
  const events = cases.flatMap((cause) =>
    Object.entries(cause.case.events ?? {}).map(([type, received]) => ({ type, received, cause })),
  );

  it.each(events)("$type: $cause.operation: $cause.name", async ({ type, received, cause }) => {
    for (const variant of ["unblocked", "blocker", "blocked"] as const) {
      const { noticed } = await recorded(cause, variant);
      expect([variant, typesOf(noticed).includes(type)]).toEqual([variant, received[variant]]);
    }
  });

  it("all events have a cause among the operations", () => {
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(Object.keys(contractEvents)));
  });

  // It is reported since people are listed with their presence.
  it.each(variants)("of somebody who comes online: %s", async (variant) => {
    const pair = pairs[variant];
    await createFixture(pair, people);
    await blockIn(pair);
    await withSockets(workspace.stack, [people.carol], async (third) => {
      const isOf =
        (isOnline: boolean) =>
        ({ type, data }: Frame): boolean =>
          type === "presence.changed" && data.user_id === pair.actor.id && data.is_online === isOnline;
      await receivedByOther(pair);
      await pair.sockets.actor.close();
      await third.until(isOf(false), "that the actor has gone");
      pair.sockets.actor = await connect(workspace.stack, pair.actor);
      await third.until(isOf(true), "that the actor has come");
      if (variant === "unblocked") await pair.sockets.other.until(isOf(true), "that the actor has come");
      const received = await receivedByOther(pair);
      expect(received.some(isOf(true))).toBe(variant === "mutual" ? false : comingOnline.received[variant]);
    });
  });
});

it("the page says what the tests walk", async () => {
  await expect(blocksPage()).toMatchFileSnapshot("../../docs/blocks.md");
});
