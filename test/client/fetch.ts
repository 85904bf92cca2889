import type { Block, Conversation, Message, Participant } from "@vero/contracts";
import type { Person } from "../harness/people.js";
import { emptyState, type Held, heldOf, type State } from "./state.js";
import { askSync } from "./sync.js";

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
interface Stretch {
  items: Message[];
  has_more_after: boolean;
}

/** How a list is walked. */
interface Walk {
  limit: number;
  /** Runs between two pages. */
  meanwhile?: () => Promise<unknown>;
}

/** All pages of a list; nothing when there is no such thing for the person. */
async function all<T>(person: Person, path: string, walk: Walk = { limit: 100 }): Promise<T[] | undefined> {
  const items: T[] = [];
  for (let cursor = ""; ; ) {
    const { status, body } = await person.call<Page<T>>(`GET ${path}limit=${walk.limit}${cursor}` as `GET /${string}`);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    items.push(...body.items);
    if (body.next_cursor === null) return items;
    await walk.meanwhile?.();
    cursor = `&cursor=${encodeURIComponent(body.next_cursor)}`;
  }
}

async function allMessages(person: Person, id: string): Promise<Message[] | undefined> {
  const items: Message[] = [];
  for (;;) {
    const after = items.at(-1)?.seq ?? 0;
    const { status, body } = await person.call<Stretch>(
      `GET /v1/chat/conversations/${id}/messages?after_seq=${after}&limit=200`,
    );
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`messages.list answered ${status}`);
    items.push(...body.items);
    if (!body.has_more_after) return items;
  }
}

/** Fetches a conversation that the client has just learnt of; undefined when it is gone already. */
export async function fetchHeld(person: Person, conversation: Conversation): Promise<Held | undefined> {
  const { id } = conversation;
  const messages = await allMessages(person, id);
  const participants = await all<Participant>(person, `/v1/chat/conversations/${id}/participants?`);
  return messages && participants && heldOf(conversation, participants, messages);
}

/** Everything afresh. The cursor is taken first, so that what happens meanwhile is not lost to the next sync. */
export async function fetchState(person: Person, walk?: Walk): Promise<State> {
  const state = emptyState(person.id);
  state.user_cursor = (await askSync(person, { conversations: [] })).user_cursor;
  for (const { user, created_at } of (await all<Block>(person, "/v1/chat/blocks?")) ?? []) {
    state.blocked.set(user.id, created_at);
  }
  const conversations = (await all<Conversation>(person, "/v1/chat/conversations?filter=all&", walk)) ?? [];
  const found = await Promise.all(conversations.map((conversation) => fetchHeld(person, conversation)));
  for (const held of found) if (held !== undefined) state.conversations.set(held.conversation.id, held);
  return state;
}
