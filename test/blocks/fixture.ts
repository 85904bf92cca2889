import { block, deleteConversation, unblock } from "../harness/actions.js";
import { directBetween, groupOf, invite, type Person, say } from "../harness/people.js";
import { connect, type Frame, type TestSocket } from "../harness/socket.js";
import type { Workspace } from "../harness/workspace.js";
import type { Subject } from "../operations/row.js";
import type { State } from "./effect.js";

/** A word in every text of a fixture, to be searched for. */
export const canary = "canary-4712";

/** The variants of a case: no block, the actor has blocked the other, the other the actor, or both. */
export const variants = ["unblocked", "blocker", "blocked", "mutual"] as const;
export type Variant = (typeof variants)[number];

/** Two people with nothing in common but what a fixture gives them, and what each of them receives. */
export interface Pair {
  variant: Variant;
  actor: Person;
  other: Person;
  homes: { actor: string; other: string };
  sockets: { actor: TestSocket; other: TestSocket };
  /** The ids of conversations of earlier fixtures. */
  known: Set<string>;
  /** The fixture that there is. */
  last?: Fixture;
  /** The same, if nothing has changed in it since the block began; and what the other reads. */
  lasting?: { fixture: Fixture; state: State };
  marks: number;
}
export type Side = "actor" | "other";

/** The people, conversations and messages of a case, with what the case itself has prepared. */
export interface Fixture {
  actor: Person;
  other: Person;
  /** Writes while the block lasts: the blocked side, or the other where there is no block. */
  writer: Person;
  carol: Person;
  /** Takes part in none of the conversations. */
  dave: Person;
  direct: string;
  group: string;
  directMessages: Record<Side, { id: string }>;
  groupMessages: Record<Side, { id: string }>;
  actorsHome: string;
  /** By the steps of the case. */
  made: Partial<Subject>;
}

/** What a request names unless its case says otherwise. */
export const subjectOf = ({ group, groupMessages, other, actor, made }: Fixture): Partial<Subject> => ({
  conversation: group,
  message: groupMessages.other.id,
  user: other.id,
  account: actor,
  ...made,
});

export async function createPair({ stack, ada }: Workspace, variant: Variant): Promise<Pair> {
  // Admins, so that the workspace keeps neither from anything.
  const actor = await invite(stack, ada, "Actor", "admin");
  const other = await invite(stack, ada, "Other", "admin");
  const homes = { actor: (await groupOf(actor, [])).id, other: (await groupOf(other, [])).id };
  const sockets = { actor: await connect(stack, actor), other: await connect(stack, other) };
  return { variant, actor, other, homes, sockets, known: new Set(Object.values(homes)), marks: 0 };
}

export async function leave({ sockets }: Pair): Promise<void> {
  await Promise.all([sockets.actor.close(), sockets.other.close()]);
}

/** Nobody has blocked anybody, and both have a new direct conversation and a new group with a third. */
export async function createFixture(pair: Pair, { carol, dave }: Pick<Fixture, "carol" | "dave">): Promise<Fixture> {
  const { actor, other, variant, last, sockets } = pair;
  await Promise.all([unblock(actor, other), unblock(other, actor)]);
  if (last) {
    for (const id of [last.direct, last.group]) {
      pair.known.add(id);
      await deleteConversation(actor, id, "for_everyone");
    }
  }
  const { id: direct } = await directBetween(actor, other);
  const { id: group } = await groupOf(actor, [other, carol]);
  await say(actor, direct, `${canary} once`, { client_message_id: "once" });
  const directMessages = {
    actor: await say(actor, direct, `${canary} of the actor`),
    other: await say(other, direct, `${canary} of the other`),
  };
  const groupMessages = { actor: await say(actor, group, `${canary} of the actor`), other: { id: "" } };
  await say(carol, group, `${canary} of a third`);
  groupMessages.other = await say(other, group, `${canary} of the other`);
  for (const { id } of [directMessages.other, groupMessages.other]) {
    await sockets.other.event("message.created", ({ data }) => data.message.id === id);
  }
  const writer = variant === "blocked" ? actor : other;
  const own = { actorsHome: pair.homes.actor, made: {} };
  pair.last = { actor, other, writer, carol, dave, direct, group, directMessages, groupMessages, ...own };
  return pair.last;
}

export async function blockIn({ variant, actor, other }: Pair): Promise<void> {
  if (variant === "blocker" || variant === "mutual") await block(actor, other);
  if (variant === "blocked" || variant === "mutual") await block(other, actor);
}

/**
 * Returns the events that the other has received, and forgets them. A message in a conversation of their own and a
 * change of their own state mark the end: everything that was under way is delivered before these two.
 */
export async function receivedByOther(pair: Pair): Promise<Frame[]> {
  const [person, home, socket] = [pair.other, pair.homes.other, pair.sockets.other];
  pair.marks += 1;
  const muted_until = new Date(Date.UTC(2900, 0, 1) + pair.marks * 1_000).toISOString();
  await person.call(`POST /v1/chat/conversations/${home}/mute`, { body: { until: muted_until } });
  const { id } = await say(person, home, "at home");
  const isMark = ({ type, data }: Frame): boolean =>
    (type === "conversation.state_updated" && data.muted_until === muted_until) ||
    (type === "message.created" && data.message.id === id);
  await socket.event("conversation.state_updated", isMark);
  await socket.event("message.created", isMark);
  const received = socket.frames.filter((frame) => frame["t"] === "event" && !isMark(frame));
  socket.frames.length = 0;
  return received;
}
