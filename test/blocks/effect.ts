import type { Conversation, Message, Participant } from "@vero/contracts";
import type { Synced } from "../harness/actions.js";
import { sync } from "../harness/actions.js";
import { withoutPresence } from "../harness/observe.js";
import type { Operation, Person } from "../harness/people.js";
import type { Frame } from "../harness/socket.js";
import { canary, type Fixture, type Pair } from "./fixture.js";

type Contents = Record<"direct" | "group", { status: number; messages: Message[]; participants: Participant[] }>;

/** All that somebody can read. */
export interface State {
  order: string[];
  conversations: Conversation[];
  unread: { conversation_id: string }[];
  contents: Contents;
  found: string[];
  blocks: unknown[];
  cursor: Synced["user_cursor"];
  asked: { conversation_id: string; last_seq: number; last_change_seq: number; last_receipt_seq: number }[];
}

const read = async <T>(by: Person, operation: Operation): Promise<{ status: number; body: T }> => by.call<T>(operation);

async function contentsOf(by: Person, id: string) {
  const [messages, participants] = await Promise.all([
    read<{ items?: Message[]; last_seq: number; last_change_seq: number }>(
      by,
      `GET /v1/chat/conversations/${id}/messages?limit=200`,
    ),
    read<{ items?: Participant[] }>(by, `GET /v1/chat/conversations/${id}/participants?limit=100`),
  ]);
  const { items = [], last_seq, last_change_seq } = messages.body;
  return {
    contents: { status: messages.status, messages: items, participants: participants.body.items ?? [] },
    asked: messages.status === 200 ? [{ conversation_id: id, last_seq, last_change_seq }] : [],
  };
}

export async function stateOf(by: Person, { known }: Pair, { direct, group }: Fixture): Promise<Omit<State, "cursor">> {
  const isNew = (id: string): boolean => !known.has(id);
  const [list, unread, inDirect, inGroup, search, blocks] = await Promise.all([
    read<{ items: Conversation[] }>(by, "GET /v1/chat/conversations?filter=all&limit=30"),
    read<{ items: { conversation_id: string }[] }>(by, "GET /v1/chat/conversations/unread"),
    contentsOf(by, direct),
    contentsOf(by, group),
    read<{ items: { message: Message }[] }>(by, `GET /v1/chat/messages/search?q=${canary}&sort=newest&limit=30`),
    read<{ items: { user: { id: string } }[] }>(by, "GET /v1/chat/blocks"),
  ]);
  const conversations = list.body.items.filter(({ id }) => isNew(id));
  return {
    order: conversations.map(({ id }) => id),
    conversations,
    unread: unread.body.items.filter(({ conversation_id }) => isNew(conversation_id)),
    contents: { direct: inDirect.contents, group: inGroup.contents },
    found: search.body.items
      .map(({ message }) => message)
      .filter((one) => isNew(one.conversation_id))
      .map(({ id }) => id),
    blocks: blocks.body.items.map(({ user }) => user.id),
    asked: [...inDirect.asked, ...inGroup.asked].map((one) => ({
      ...one,
      last_receipt_seq: list.body.items.find(({ id }) => id === one.conversation_id)?.last_receipt_seq ?? 0,
    })),
  };
}

/** A change as one user notices it. */
export interface Change {
  received: Frame[];
  /** By path: what was there, and what is there now. */
  changed: Record<string, unknown>;
  /** The answer of `messages.sync` to a client that was away meanwhile. */
  caught: Record<string, unknown[]>;
}

export const noChange: Change = {
  received: [],
  changed: {},
  caught: {
    messages: [],
    participants: [],
    receipts: [],
    users: [],
    added: [],
    updated: [],
    removed: [],
    hidden: [],
    blocked: [],
    unblocked: [],
  },
};

/**
 * Fields that a comparison leaves out: numbers that count all changes of a conversation, whoever may see them; what the
 * blocker may do in a direct conversation; and URLs, which are others after a while.
 */
const disregarded: ReadonlySet<string> = new Set([
  "last_seq",
  "last_change_seq",
  "change_seq",
  "capabilities",
  "cdn_url",
  "thumbnail_url",
  "urls_expire_at",
]);

/** Stands in a pair of values for the side on which there is none. */
export const absent = "-";

const nameOf = (item: unknown, index: number): string => {
  if (typeof item !== "object" || item === null) return String(index);
  const { id, conversation_id, user } = item as { id?: string; conversation_id?: string; user?: { id: string } };
  return id ?? conversation_id ?? user?.id ?? String(index);
};

/** Lists every value by its path. */
function flat(value: unknown, path = "", into = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return into.set(path, value);
  const fields: [string, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [nameOf(item, index), item])
    : Object.entries(value).filter(([name]) => !disregarded.has(name));
  if (fields.length === 0) into.set(path, value);
  for (const [name, item] of fields) flat(item, `${path}/${name}`, into);
  return into;
}

const readable = ({ cursor: _, asked: _asked, ...state }: State): unknown => withoutPresence(state);

function changesBetween(before: State, after: State): Record<string, unknown> {
  const [was, is] = [flat(readable(before)), flat(readable(after))];
  const changed: Record<string, unknown> = {};
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    const [one, two] = [was.get(path), is.get(path)];
    if (JSON.stringify(one) !== JSON.stringify(two))
      changed[path] = [one, two].map((side) => (side === undefined ? absent : side));
  }
  return changed;
}

/** The content of a message, without the number of its latest change. */
const contentOf = (message: Message): string => JSON.stringify({ ...message, change_seq: 0 });

async function caughtUp(by: Person, { known }: Pair, before: State, isNews: (message: Message) => boolean) {
  const { body } = await sync(by, before.asked, { user_cursor: before.cursor });
  const isNew = ({ id }: Conversation): boolean => !known.has(id);
  return {
    messages: body.conversations.flatMap(({ messages }) => messages.filter(isNews)),
    participants: body.conversations.flatMap(({ participants }) => participants ?? []),
    receipts: body.conversations.flatMap(({ receipts }) => receipts),
    users: body.users,
    added: body.added.filter(isNew).map(({ id }) => id),
    updated: body.updated.filter(isNew).map(({ id }) => id),
    removed: body.removed,
    hidden: body.hidden,
    blocked: body.blocked.map(({ user }) => user.id),
    unblocked: body.unblocked,
  };
}

/**
 * Collects what a user has noticed: all events that they received, and everything that they can read and could not
 * before. A message that has only another number is no change to them.
 */
export async function changeOf(
  by: Person,
  pair: Pair,
  before: State,
  after: State,
  received: Frame[],
): Promise<Change> {
  const { direct, group } = before.contents;
  const seen = new Set([...direct.messages, ...group.messages].map(contentOf));
  const isNews = (message: Message): boolean => !seen.has(contentOf(message));
  const order = (frame: Frame): string => `${frame["type"]} ${String(frame["change_seq"] ?? 0).padStart(9, "0")}`;
  return {
    received: received
      .filter(({ type, data }) => type !== "message.updated" || isNews(data.message))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1)),
    changed: changesBetween(before, after),
    caught: await caughtUp(by, pair, before, isNews),
  };
}

/** Replaces what differs between two fixtures in which the same happens: ids, times, and who is online. */
export function comparable<T>(value: T, pair: Pair, fixture: Fixture): T {
  const names = new Map([
    [pair.actor.id, "the actor"],
    [pair.other.id, "the other"],
    [fixture.direct, "the direct one"],
    [fixture.group, "the group"],
    [pair.homes.actor, "the actor's home"],
  ]);
  const text = JSON.stringify(withoutPresence(value), (field, item) => {
    if (["s", "user_cursor", "request_id", "availability"].includes(field)) return undefined;
    if (["next_cursor", "cdn_url", "thumbnail_url"].includes(field)) return item !== null;
    return item;
  });
  return JSON.parse(
    text
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
        const name = names.get(id) ?? `#${names.size}`;
        names.set(id, name);
        return name;
      })
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "a time"),
  );
}
