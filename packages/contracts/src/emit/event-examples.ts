import { exampleConversation } from "../conversations/conversations.schema.js";
import { exampleMedia } from "../media/media.schema.js";
import { exampleMessage } from "../messages/messages.schema.js";
import { exampleParticipant } from "../participants/participants.schema.js";
import { type EventData, type EventType, events } from "../realtime/realtime.events.js";
import { exampleIds, exampleUser } from "../users/users.schema.js";

const noon = "2026-03-01T12:00:00.000Z";
const { ada, grace, conversation, message } = exampleIds;

/** An event without an example does not compile. */
const exampleData: { [T in EventType]: EventData<T> } = {
  "message.created": { message: exampleMessage },
  "message.updated": { message: { ...exampleMessage, change_seq: 2, text: "Hello, Grace.", edited_at: noon } },
  "message.deleted": {
    message: { ...exampleMessage, change_seq: 3, text: null, deleted_at: noon },
    scope: "for_everyone",
  },
  "reaction.updated": {
    message_id: message,
    seq: 1,
    user_id: grace,
    reactions: [{ emoji: "👍", count: 1, reacted: false, user_ids: [grace] }],
  },
  "conversation.created": { conversation: exampleConversation },
  "conversation.updated": { conversation: { ...exampleConversation, type: "group", name: "Compilers" } },
  "conversation.deleted": { conversation_id: conversation, scope: "for_everyone" },
  "conversation.removed": { conversation_id: conversation, reason: "removed" },
  "conversation.read": { user_id: grace, last_read_seq: 1 },
  "conversation.state_updated": {
    last_change_seq: 1,
    last_read_seq: 1,
    unread_count: 0,
    is_muted: true,
    muted_until: null,
    archived_at: null,
    capabilities: ["send", "leave"],
  },
  typing: { user_id: grace, is_typing: true, expires_at: "2026-03-01T12:00:06.000Z" },
  "participant.added": { participants: [exampleParticipant] },
  "participant.updated": { participant: { ...exampleParticipant, role: "admin" } },
  "participant.removed": { user_id: grace, reason: "left" },
  "user.updated": { user: exampleUser },
  "block.created": { block: { user: exampleUser, created_at: noon } },
  "block.removed": { user_id: grace },
  "presence.changed": { user_id: ada, is_online: false, last_seen_at: noon, availability: "offline" },
  "media.ready": { media: exampleMedia },
  "media.rejected": { media: { ...exampleMedia, status: "rejected", cdn_url: null, urls_expire_at: null } },
};

export const exampleEvent = (type: EventType): Record<string, unknown> => {
  const spec = events[type];
  return {
    t: "event",
    type,
    ...(spec.durable ? { s: 1 } : {}),
    ...(spec.in_conversation ? { conversation_id: conversation } : {}),
    ...(spec.numbered ? { change_seq: 1 } : {}),
    at: noon,
    data: exampleData[type],
  };
};
