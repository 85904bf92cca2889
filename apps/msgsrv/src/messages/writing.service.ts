import {
  countStates,
  type Executor,
  insertAttachments,
  insertMessages,
  listSharedMessageViews,
  type MessageView,
  type NewMessage,
  type Replied,
  type StoredFile,
  searchVectorOf,
} from "@vero/db";
import { type Announcement, channelOf } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import { type SharedMessage, toSharedMessage } from "./messages.view.js";

/** What is to be told on a channel of the bus when it has been committed; a message is part of its data. */
export type Told = [channel: string, announcement: Announcement, shared?: SharedMessage<StoredFile>];

export interface Draft {
  message: NewMessage;
  replied: Replied | null;
  files: readonly StoredFile[];
}

type Place = Pick<NewMessage, "tenant_id" | "conversation_id" | "sender_id">;

/** A message that says nothing yet. */
export const draftBy = (place: Place): NewMessage => ({
  ...place,
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
});

/** Everyone in the conversation is told; the channel shows it to each as they may see it. */
export const toldOfMessage = (
  type: "message.created" | "message.updated" | "message.deleted" | "reaction.updated",
  view: MessageView,
  at: string,
  { except, ...more }: { except?: string[]; [field: string]: unknown } = {},
): Told => [
  channelOf.conversation(view.message.conversation_id),
  {
    type,
    tenant_id: view.message.tenant_id,
    conversation_id: view.message.conversation_id,
    change_seq: view.message.change_seq,
    at,
    ...(except && except.length > 0 && { except }),
    data: more,
  },
  toSharedMessage(view),
];

/** The message as it has become, and everyone told. */
export async function changedMessage(
  { tx, place, at, tell }: { tx: Executor; place: { tenant_id: string }; at: string; tell(told: Told): void },
  id: string,
  type: Parameters<typeof toldOfMessage>[0],
  more?: Parameters<typeof toldOfMessage>[3],
): Promise<MessageView> {
  const [view] = await listSharedMessageViews(tx, place.tenant_id, [id]);
  if (view === undefined) throw new Error("a message that was changed is there");
  tell(toldOfMessage(type, view, at, more));
  return view;
}

/** The conversation is in the user's list (again), and what came after these numbers is to be told of. */
export const toldOfConversation = (
  { tenant_id, conversation_id }: Omit<Place, "sender_id">,
  user_id: string,
  from: { change_seq: number; last_seq: number },
  at: string,
): Told => [
  channelOf.user(user_id),
  {
    type: "conversation.created",
    tenant_id,
    user_id,
    conversation_id,
    change_seq: from.change_seq,
    at,
    data: { last_seq: from.last_seq },
  },
];

/**
 * Writes messages of one conversation, whose lock is held, in their order; answers how all may see them, and what to tell
 * of them.
 */
export async function writeMessages(
  tx: Executor,
  drafts: readonly Draft[],
): Promise<{ views: MessageView[]; told: Told[] }> {
  const { rows, back, withheld_from } = await insertMessages(
    tx,
    drafts.map(({ message }) => ({
      ...message,
      search: message.type === "system" ? null : searchVectorOf(message.text),
    })),
  );
  const [first] = rows;
  if (first === undefined) return { views: [], told: [] };
  if (back.length > 0) await countStates(tx, first, back, true);
  const carried = rows.flatMap(({ id: message_id, tenant_id, conversation_id }, index) =>
    (drafts[index]?.files ?? []).map(({ id: media_id }, position) => ({
      tenant_id,
      message_id,
      position,
      media_id,
      conversation_id,
    })),
  );
  if (carried.length > 0) await insertAttachments(tx, carried);
  const forwarded = rows.filter(({ forwarded_from }) => forwarded_from !== null).map(({ id }) => id);
  const origins = forwarded.length === 0 ? [] : await listSharedMessageViews(tx, first.tenant_id, forwarded);
  const views = rows.map((message, index) => ({
    message,
    files: [...(drafts[index]?.files ?? [])],
    replied: drafts[index]?.replied ?? null,
    reactions: [],
    reactions_shown: [],
    hidden_from: withheld_from[index] ?? [],
    origin_visible_to: origins.find((view) => view.message.id === message.id)?.origin_visible_to ?? [],
  }));
  const before = { change_seq: first.change_seq - 1, last_seq: first.seq - 1 };
  const told = [
    ...back.map((userId) => toldOfConversation(first, userId, before, first.created_at.toISOString())),
    ...views.map((view) => toldOfMessage("message.created", view, view.message.created_at.toISOString())),
  ];
  return { views, told };
}
