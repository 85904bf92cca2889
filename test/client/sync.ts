import type { Conversation, msgsrvContract } from "@vero/contracts";
import type { Person } from "../harness/people.js";
import {
  dropMessage,
  type Held,
  moveRead,
  putMessage,
  putParticipant,
  putUser,
  type State,
  setConversation,
} from "./state.js";

type Sync = (typeof msgsrvContract)["messages"]["sync"];
export type SyncInput = Sync["input"]["_zod"]["input"];
export type SyncAnswer = Sync["output"]["_zod"]["output"];
type Synced = SyncAnswer["conversations"][number];

export async function askSync(person: Person, input: SyncInput): Promise<SyncAnswer> {
  const { status, body } = await person.call<SyncAnswer>("POST /v1/chat/messages/sync", { body: input });
  if (status !== 200) throw new Error(`messages.sync answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

function takeSynced(state: State, held: Held, synced: Synced): void {
  if (synced.conversation !== undefined) setConversation(state, held, synced.conversation);
  if (synced.participants !== undefined) {
    const ids = new Set(synced.participants.map(({ user }) => user.id));
    for (const id of held.participants.keys()) if (!ids.has(id)) held.participants.delete(id);
    for (const participant of synced.participants) putParticipant(held, participant);
  }
  for (const message of synced.messages) {
    if (message.type !== "system") moveRead(state, held, message.sender_id, message.seq);
    putMessage(state, held, structuredClone(message));
  }
  for (const { user_id, last_read_seq } of synced.receipts) moveRead(state, held, user_id, last_read_seq);
  held.receipt_seq = synced.next_receipt_seq ?? held.receipt_seq;
  held.change_seq = Math.max(held.change_seq, synced.next_change_seq);
  const { conversation } = held;
  conversation.last_seq = Math.max(conversation.last_seq, synced.last_seq);
  conversation.last_change_seq = Math.max(conversation.last_change_seq, synced.last_change_seq);
}

/** Brings the state up to date with an answer of sync. Answers the conversations that have to be listed afresh. */
export function applySync(state: State, answer: SyncAnswer): Conversation[] {
  const afresh = new Map(answer.added.map((conversation) => [conversation.id, conversation]));
  for (const synced of answer.conversations) {
    const held = state.conversations.get(synced.conversation_id);
    if (held === undefined) continue;
    if (synced.reset) afresh.set(synced.conversation_id, synced.conversation ?? held.conversation);
    else takeSynced(state, held, synced);
  }
  for (const conversation of answer.updated) {
    const held = state.conversations.get(conversation.id);
    if (held !== undefined) setConversation(state, held, conversation);
  }
  for (const { conversation_id, message_id, seq, sender_id } of answer.hidden) {
    state.hidden.add(message_id);
    const held = state.conversations.get(conversation_id);
    if (held === undefined) continue;
    if (sender_id !== null) moveRead(state, held, sender_id, seq);
    dropMessage(state, held, { id: message_id, seq });
  }
  for (const user of answer.users) putUser(state, user);
  for (const { user, created_at } of answer.blocked) state.blocked.set(user.id, created_at);
  for (const id of answer.unblocked) state.blocked.delete(id);
  for (const { conversation_id } of answer.removed) state.conversations.delete(conversation_id);
  for (const id of afresh.keys()) state.ended.delete(id);
  state.user_cursor = answer.user_cursor;
  return [...afresh.values()];
}

/** Makes the input of sync from the client's position in each of the conversations. */
export const questionOf = (state: State, ids: Iterable<string>): SyncInput => ({
  conversations: [...ids].flatMap((id) => {
    const held = state.conversations.get(id);
    if (held === undefined) return [];
    const { last_seq } = held.conversation;
    const { change_seq: last_change_seq, receipt_seq: last_receipt_seq } = held;
    return [{ conversation_id: id, last_seq: Math.min(last_seq, last_change_seq), last_change_seq, last_receipt_seq }];
  }),
  ...(state.user_cursor === undefined ? {} : { user_cursor: state.user_cursor }),
});

/** Until there is no more. `list` fetches what has to be listed afresh. */
export async function synchronise(
  person: Person,
  state: State,
  { list, limit }: { list: (conversation: Conversation) => Promise<void>; limit?: number },
): Promise<void> {
  let ids: string[] = [...state.conversations.keys()];
  for (;;) {
    const question = questionOf(state, ids);
    const answer = await askSync(person, { ...question, ...(limit && { limit_per_conversation: limit }) });
    for (const conversation of applySync(state, answer)) await list(conversation);
    ids = answer.conversations.flatMap((one) => (one.has_more && !one.reset ? one.conversation_id : []));
    if (!answer.has_more && ids.length === 0) return;
  }
}
