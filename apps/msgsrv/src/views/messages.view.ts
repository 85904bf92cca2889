import type { Message } from "@vero/contracts";
import type { MessageView, ReactionKind, StoredFile } from "@vero/db";
import type { MessageWith, ReactionRedactions, SharedMessage } from "@vero/server";

/** Bounds the text of the replied message that is shown with a reply, in code points. */
const previewLength = 200;

const shortened = (text: string): string => {
  // One code point more than is shown; each has at most two UTF-16 units.
  const points = [...text.slice(0, (previewLength + 1) * 2)];
  return points.length > previewLength ? `${points.slice(0, previewLength - 1).join("")}…` : text;
};

/** A message whose files have no URLs yet: those are made on the way out, when no transaction waits for them. */
export type StoredMessage = MessageWith<StoredFile>;

/** A user with the window that they see a conversation through. */
export interface Viewer {
  user_id: string;
  visible_from_seq: number;
  visible_to_seq: number | null;
}

const toReactions = (kinds: readonly ReactionKind[], viewerId?: string): Message["reactions"] =>
  kinds.map(({ emoji, count, user_ids, reacted_by }) => ({
    emoji,
    count,
    reacted: viewerId !== undefined && reacted_by.includes(viewerId),
    user_ids,
  }));

export const toSharedMessage = (view: MessageView): SharedMessage<StoredFile> => {
  const { message, files, replied, reactions, reactions_shown, hidden_from, origin_visible_to } = view;
  return {
    message: {
      id: message.id,
      conversation_id: message.conversation_id,
      seq: message.seq,
      change_seq: message.change_seq,
      sender_id: message.sender_id,
      client_message_id: message.client_message_id,
      type: message.type,
      text: message.text,
      attachments: files,
      reply_to: replied && {
        message_id: replied.id,
        seq: replied.seq,
        sender_id: replied.sender_id,
        text: replied.text === null ? null : shortened(replied.text),
      },
      mentions: message.mentions,
      reactions: toReactions(reactions),
      forwarded_from: message.forwarded_from,
      system: message.system,
      metadata: message.metadata,
      created_at: message.created_at.toISOString(),
      edited_at: message.edited_at?.toISOString() ?? null,
      deleted_at: message.deleted_at?.toISOString() ?? null,
      from_blocked_user: false,
    },
    redactions: {
      hidden_from,
      reply_hidden_from: replied?.hidden_from ?? [],
      origin_visible_to,
      blocked_by: message.blocked_by,
      reacted_by: reactions.map(({ reacted_by }) => reacted_by),
      reactions_shown: reactions_shown.map(({ to, reactions: kinds }) => ({ to, reactions: toReactions(kinds, to) })),
    },
  };
};

export const isInWindow = (
  seq: number,
  { visible_from_seq: from, visible_to_seq: to }: Omit<Viewer, "user_id">,
): boolean => seq > from && (to === null || seq <= to);

/** Redacts reactions for a viewer; the same array for all to whom they look the same as to most. */
export function reactionsSeenBy(
  userId: string,
  reactions: Message["reactions"],
  { reacted_by, reactions_shown }: Pick<ReactionRedactions, "reacted_by" | "reactions_shown">,
): Message["reactions"] {
  const shown = reactions_shown.find(({ to }) => to === userId);
  if (shown !== undefined) return shown.reactions;
  if (!reacted_by.some((ids) => ids.includes(userId))) return reactions;
  return reactions.map((kind, index) => ({ ...kind, reacted: reacted_by[index]?.includes(userId) ?? false }));
}

/**
 * Redacts a message for a viewer: undefined where they are not shown it, and the same object for all to whom it looks
 * the same as to most.
 */
export function seenBy<File>(viewer: Viewer, shared: SharedMessage<File>): MessageWith<File> | undefined {
  const { message, redactions } = shared;
  const { user_id } = viewer;
  if (!isInWindow(message.seq, viewer) || redactions.hidden_from.includes(user_id)) return undefined;
  const { reply_to, forwarded_from } = message;
  const seesReply =
    reply_to === null || (isInWindow(reply_to.seq, viewer) && !redactions.reply_hidden_from.includes(user_id));
  const seesOrigin = forwarded_from === null || redactions.origin_visible_to.includes(user_id);
  const hasBlocked = redactions.blocked_by.includes(user_id);
  const reactions = reactionsSeenBy(user_id, message.reactions, redactions);
  if (seesReply && seesOrigin && !hasBlocked && reactions === message.reactions) return message;
  return {
    ...message,
    from_blocked_user: hasBlocked,
    reply_to: seesReply ? reply_to : null,
    forwarded_from:
      forwarded_from && !seesOrigin
        ? { ...forwarded_from, message_id: null, conversation_id: null, sender_id: null }
        : forwarded_from,
    reactions,
  };
}

/** Makes the message that a user sees of a view that was read for them: messages out of their window are not read. */
export function toMessage(userId: string, view: MessageView): StoredMessage {
  const everything = { user_id: userId, visible_from_seq: 0, visible_to_seq: null };
  const { message, redactions } = toSharedMessage(view);
  return seenBy(everything, { message, redactions: { ...redactions, hidden_from: [] } }) as StoredMessage;
}

/** Makes the remains of a message, for a user who has deleted it for themselves. */
export const toHiddenMessage = (message: StoredMessage, at: string): Message => ({
  ...message,
  text: null,
  attachments: [],
  reply_to: null,
  mentions: [],
  reactions: [],
  forwarded_from: null,
  metadata: {},
  deleted_at: at,
});
