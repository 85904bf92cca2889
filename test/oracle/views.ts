import type { Conversation, Message } from "@vero/contracts";
import type { Oracle } from "./oracle.js";
import type { OConversation, OMessage, OUser } from "./state.js";

/** A message as one user sees it: what the oracle says, and the same of an answer of the API. */
export function expectedMessage(oracle: Oracle, viewer: OUser, message: OMessage) {
  const { replyTo, origin } = message;
  const shown = message.reactions.filter(({ withheldFrom }) => withheldFrom !== viewer);
  const emojis = [...new Set(shown.map(({ emoji }) => emoji))];
  const seesOrigin = origin !== null && oracle.sees(viewer, origin) && !origin.isDeleted;
  return {
    id: message.id,
    conversation_id: message.conversation.id,
    seq: message.seq,
    sender_id: message.sender.id,
    type: message.system === null ? "text" : "system",
    text: message.text,
    system: message.system,
    reply_to:
      replyTo !== null && oracle.sees(viewer, replyTo)
        ? { message_id: replyTo.id, seq: replyTo.seq, sender_id: replyTo.sender.id, text: replyTo.text }
        : null,
    reactions: emojis.map((emoji) => {
      const by = shown.filter((one) => one.emoji === emoji).map(({ user }) => user);
      return { emoji, count: by.length, reacted: by.includes(viewer), user_ids: by.map(({ id }) => id) };
    }),
    forwarded_from: origin && {
      message_id: seesOrigin ? origin.id : null,
      conversation_id: seesOrigin ? origin.conversation.id : null,
      sender_id: seesOrigin ? origin.sender.id : null,
      sender_name: origin.sender.name,
    },
    is_edited: message.isDeleted ? undefined : message.isEdited,
    is_deleted: message.isDeleted,
    from_blocked_user: message.blockedBy.includes(viewer),
  };
}

export function actualMessage(message: Message): ReturnType<typeof expectedMessage> {
  const { id, conversation_id, seq, sender_id, type, text, system, reply_to, reactions } = message;
  const origin = message.forwarded_from;
  return {
    id,
    conversation_id,
    seq,
    sender_id,
    type,
    text,
    system,
    reply_to,
    reactions,
    forwarded_from: origin && {
      message_id: origin.message_id,
      conversation_id: origin.conversation_id,
      sender_id: origin.sender_id,
      sender_name: origin.sender_name,
    },
    is_edited: message.deleted_at === null ? message.edited_at !== null : undefined,
    is_deleted: message.deleted_at !== null,
    from_blocked_user: message.from_blocked_user,
  };
}

/** The same for conversations. */
export function expectedConversation(oracle: Oracle, viewer: OUser, conversation: OConversation) {
  const membership = oracle.membershipOf(viewer, conversation);
  const last = oracle.visible(viewer, conversation).at(-1);
  return {
    id: conversation.id,
    type: conversation.type,
    name: conversation.name,
    last_seq: conversation.messages.length,
    last_message: last ? expectedMessage(oracle, viewer, last) : null,
    participant_count: conversation.memberships.length,
    role: membership?.role,
    last_read_seq: oracle.ownRead(viewer, conversation),
    unread_count: oracle.unread(viewer, conversation),
    is_muted: membership?.isMuted,
    is_archived: membership?.isArchived,
    may_send: !oracle.hasBlockedOther(viewer, conversation),
  };
}

export function actualConversation(conversation: Conversation): ReturnType<typeof expectedConversation> {
  const { id, type, name, last_seq, last_message, participant_count, me } = conversation;
  return {
    id,
    type,
    name,
    last_seq,
    last_message: last_message && actualMessage(last_message),
    participant_count,
    role: me.role,
    last_read_seq: me.last_read_seq,
    unread_count: me.unread_count,
    is_muted: me.is_muted,
    is_archived: me.archived_at !== null,
    may_send: me.capabilities.includes("send"),
  };
}

/** Where two values differ, by path. */
export function differences(expected: unknown, actual: unknown, path = ""): string[] {
  const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
  if (!isPlain(expected) || !isPlain(actual)) {
    return Object.is(expected, actual)
      ? []
      : [`${path}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) => differences(expected[key], actual[key], `${path}.${key}`));
}
