import {
  bumpStateSeqsOf,
  type ConversationTx,
  type Draft,
  insertAttachments,
  insertMessages,
  listSharedMessageViews,
  type MessageView,
  type NewMessage,
  searchVectorOf,
} from "@vero/db";
import { v7 as uuidv7 } from "uuid";
import { conversationListed, messageEvent } from "../events/events.pending.js";
import type { Change, ConversationWork } from "./conversation-log.js";

type Source = Pick<Draft, "tenant_id" | "conversation_id" | "sender_id">;
type Content = Partial<Omit<Draft, keyof Source | "id" | "search">>;

/** Makes the draft of a message; of what the system says nothing is to be found by searching. */
export const draftOf = (source: Source, content: Content): Draft => ({
  id: uuidv7(),
  client_message_id: null,
  content_hash: null,
  type: "text",
  text: null,
  reply_to_id: null,
  mentions: [],
  metadata: {},
  system: null,
  forwarded_from: null,
  client_forward_id: null,
  replied: null,
  files: [],
  ...source,
  ...content,
  search: content.type === "system" ? null : searchVectorOf(content.text ?? null),
});

/** Reads who can see, now, where forwarded messages come from. */
async function readOrigins(tx: ConversationTx, views: readonly MessageView[]): Promise<void> {
  const forwarded = views.filter(({ message }) => message.forwarded_from !== null);
  const [first] = forwarded;
  if (first === undefined) return;
  const ids = forwarded.map(({ message }) => message.id);
  const read = await listSharedMessageViews(tx, first.message.tenant_id, ids);
  const byId = new Map(read.map((view) => [view.message.id, view.origin_visible_to]));
  for (const view of forwarded) view.origin_visible_to = byId.get(view.message.id) ?? [];
}

/** Appends messages to conversations of one workspace, in their order; answers them as all share them. */
export async function appendMessages(
  { tx, emitAll, number }: Pick<ConversationWork, "tx" | "emitAll" | "number">,
  drafts: readonly Draft[],
): Promise<MessageView[]> {
  const { views, back } = await insertMessages(tx, drafts);
  const first = views[0]?.message;
  if (first === undefined) return [];
  const { tenant_id } = first;
  const carried = views.flatMap(({ message: { conversation_id, id: message_id }, files }) =>
    files.map(({ id: media_id }, position) => ({ tenant_id, conversation_id, message_id, position, media_id })),
  );
  if (carried.length > 0) await insertAttachments(tx, carried);
  await readOrigins(tx, views);
  if (back.length > 0) number((counters) => bumpStateSeqsOf(counters, tenant_id, back, { isListed: true }));
  const firstIn = ({ conversation_id }: { conversation_id: string }) =>
    views.find(({ message }) => message.conversation_id === conversation_id)?.message as MessageView["message"];
  emitAll([
    ...back.map((membership) => {
      const { conversation_id, change_seq, seq, created_at } = firstIn(membership);
      const before = { change_seq: change_seq - 1, last_seq: seq - 1 };
      return conversationListed({ tenant_id, conversation_id }, membership.user_id, before, created_at.toISOString());
    }),
    ...views.map((view) => messageEvent("message.created", view, view.message.created_at.toISOString())),
  ]);
  return views;
}

/** Has the system say what the actor did; answers the message's seq. */
export async function appendSystemMessage(change: Change, system: NonNullable<NewMessage["system"]>): Promise<number> {
  const draft = draftOf({ ...change.key, sender_id: change.actor.user_id }, { type: "system", system });
  const [view] = await appendMessages(change, [draft]);
  return view?.message.seq as number;
}
