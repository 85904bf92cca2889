import {
  countStates,
  type Draft,
  type Executor,
  insertAttachments,
  insertMessages,
  listSharedMessageViews,
  type MessageView,
  searchVectorOf,
} from "@vero/db";
import { v7 as uuidv7 } from "uuid";
import type { PendingEvent } from "../events/events.publisher.js";
import { toSharedMessage } from "./messages.view.js";

type Place = Pick<Draft, "tenant_id" | "conversation_id" | "sender_id">;
type Content = Partial<Omit<Draft, keyof Place | "id" | "search">>;

/** Makes the draft of a message; of what the system says nothing is to be found by searching. */
export const draftOf = (place: Place, content: Content): Draft => ({
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
  ...place,
  ...content,
  search: content.type === "system" ? null : searchVectorOf(content.text ?? null),
});

/** Makes the event of a message that was written, or became another one. */
export function messageEvent(
  type: "message.created" | "message.updated" | "message.deleted",
  view: MessageView,
  at: string,
): PendingEvent {
  const { message, redactions } = toSharedMessage(view);
  const { tenant_id, conversation_id, change_seq } = view.message;
  const envelope = { tenant_id, conversation_id, change_seq, at, redactions };
  const event =
    type === "message.deleted"
      ? { type, ...envelope, data: { message, scope: "for_everyone" as const } }
      : { type, ...envelope, data: { message } };
  return { to: "conversation", event };
}

/** Makes the event of a reaction that came or went; `withheldFrom` are those who do not learn of it. */
export function reactionEvent(
  view: MessageView,
  at: string,
  { user_id, withheldFrom }: { user_id: string; withheldFrom: readonly string[] },
): PendingEvent {
  const shared = toSharedMessage(view);
  const { id: message_id, seq, reactions } = shared.message;
  const { hidden_from, reacted_by, reactions_shown } = shared.redactions;
  const { tenant_id, conversation_id, change_seq } = view.message;
  return {
    to: "conversation",
    event: {
      type: "reaction.updated",
      tenant_id,
      conversation_id,
      change_seq,
      at,
      data: { message_id, seq, user_id, reactions },
      redactions: {
        hidden_from,
        reacted_by,
        reactions_shown,
        withheld_from: withheldFrom,
        ...(withheldFrom.length > 0 && { instead: shared }),
      },
    },
  };
}

/** Reads a message that has been changed. */
export async function readChanged(tx: Executor, tenantId: string, id: string): Promise<MessageView> {
  const [view] = await listSharedMessageViews(tx, tenantId, [id]);
  if (view === undefined) throw new Error("a message that was changed is there");
  return view;
}

/** Makes the event of a conversation that is in the user's list (again); what came after these numbers follows it. */
export const conversationListed = (
  { tenant_id, conversation_id }: Omit<Place, "sender_id">,
  user_id: string,
  { change_seq, last_seq }: { change_seq: number; last_seq: number },
  at: string,
): PendingEvent => ({
  to: "user",
  user_id,
  event: { type: "conversation.created", tenant_id, conversation_id, change_seq, last_seq, at },
});

/**
 * Writes messages of one conversation, whose lock is held, in their order; answers how all may see them, and their
 * events.
 */
export async function writeMessages(
  tx: Executor,
  drafts: readonly Draft[],
): Promise<{ views: MessageView[]; pending: PendingEvent[] }> {
  const { views, back } = await insertMessages(tx, drafts);
  const first = views[0]?.message;
  if (first === undefined) return { views: [], pending: [] };
  if (back.length > 0) await countStates(tx, first, back, true);
  const carried = views.flatMap(({ message: { id: message_id, tenant_id, conversation_id }, files }) =>
    files.map(({ id: media_id }, position) => ({ tenant_id, message_id, position, media_id, conversation_id })),
  );
  if (carried.length > 0) await insertAttachments(tx, carried);
  const forwarded = views.flatMap(({ message }) => (message.forwarded_from === null ? [] : message.id));
  const origins = forwarded.length === 0 ? [] : await listSharedMessageViews(tx, first.tenant_id, forwarded);
  for (const view of views) {
    const read = origins.find(({ message }) => message.id === view.message.id);
    if (read !== undefined) view.origin_visible_to = read.origin_visible_to;
  }
  const before = { change_seq: first.change_seq - 1, last_seq: first.seq - 1 };
  const pending = [
    ...back.map((userId) => conversationListed(first, userId, before, first.created_at.toISOString())),
    ...views.map((view) => messageEvent("message.created", view, view.message.created_at.toISOString())),
  ];
  return { views, pending };
}
