import { z } from "zod";
import { httpsUrl, id, named, seq, time } from "../kernel/fields.js";
import { nameText, words } from "../kernel/text.js";
import { exampleMessage, message } from "../messages/messages.schema.js";
import { exampleIds, exampleUser, user } from "../users/users.schema.js";

const conversationRoles = ["owner", "admin", "member"] as const;
export const conversationRole = named(
  "ConversationRole",
  "The role of a participant, which decides what they may do in a conversation.",
  z.enum(conversationRoles),
);
export type ConversationRole = z.infer<typeof conversationRole>;

export const conversationType = named(
  "ConversationType",
  "A direct conversation has two participants and exists once per pair; a group has any number.",
  z.enum(["direct", "group"]),
);
/** For the caller alone, or for all who can see it. */
export const deletionScope = z.enum(["for_me", "for_everyone"]);
export const conversationName = nameText(100);
export const conversationDescription = words(1000);
export const conversationAvatar = httpsUrl;

/** The actions that the caller may take here, so that a client need not know the role matrix. */
const capabilities = [
  "send",
  "update",
  "add_participants",
  "remove_participants",
  "update_participants",
  "delete_any_message",
  "delete_for_everyone",
  "leave",
] as const;

export const capability = named(
  "Capability",
  "Something that the caller may do. `send` is missing in a direct conversation with somebody whom the caller has blocked.",
  z.enum(capabilities),
);

const membership = named(
  "Membership",
  "The caller's own part in a conversation.",
  z.strictObject({
    role: conversationRole,
    joined_at: time,
    last_read_seq: seq,
    unread_count: z.int().min(0).describe("Exact and uncapped."),
    is_muted: z.boolean(),
    muted_until: time.nullable().describe("null while muted means: until unmuted."),
    archived_at: time.nullable(),
    capabilities: z.array(capability),
  }),
);

export const conversation = named(
  "Conversation",
  "A conversation as the caller sees it.",
  z.strictObject({
    id,
    type: conversationType,
    name: z.string().nullable(),
    description: z.string().nullable(),
    avatar_url: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    created_by: id,
    created_at: time,
    updated_at: time,
    last_seq: seq.describe("The seq of the newest message: 1, 2, 3, … without holes."),
    last_change_seq: seq.describe("The number of the newest change of any kind."),
    last_receipt_seq: seq.describe(
      "The number of the newest read receipt. Receipts have numbers of their own: they move neither of the other two.",
    ),
    last_message: message.nullable().describe("The newest message that the caller may see."),
    participant_count: z.int().min(0),
    participants_preview: z.array(user).max(5).describe("Up to five, others before the caller."),
    me: membership,
  }),
);
export type Conversation = z.infer<typeof conversation>;

const unreadItem = named(
  "UnreadItem",
  "A conversation with unread messages.",
  z.strictObject({
    conversation_id: id,
    unread_count: z.int().min(1),
    last_read_seq: seq,
    last_seq: seq,
    is_muted: z.boolean(),
    is_archived: z.boolean(),
  }),
);

/** As many as an answer has room for: none of them weighs more than 200 bytes. */
export const maxUnreadItems = 2_400;

export const unreadCounts = named(
  "UnreadCounts",
  "The counts of unread messages, by conversation and in all.",
  z.strictObject({
    items: z.array(unreadItem).describe(`At most ${maxUnreadItems}, the latest activity first.`),
    total_unread: z.int().min(0).describe("Over all conversations, whether or not they are among the items."),
    has_more: z.boolean().describe("Whether there are others with something unread."),
  }),
);

export const readState = named(
  "ReadState",
  "How far the caller has read.",
  z.strictObject({ last_read_seq: seq, unread_count: z.int().min(0) }),
);

const noon = "2026-03-01T12:00:00.000Z";
export const exampleConversation: Conversation = {
  id: exampleIds.conversation,
  type: "direct",
  name: null,
  description: null,
  avatar_url: null,
  metadata: {},
  created_by: exampleIds.ada,
  created_at: noon,
  updated_at: noon,
  last_seq: 1,
  last_change_seq: 1,
  last_receipt_seq: 0,
  last_message: exampleMessage,
  participant_count: 2,
  participants_preview: [exampleUser],
  me: {
    role: "member",
    joined_at: noon,
    last_read_seq: 1,
    unread_count: 0,
    is_muted: false,
    muted_until: null,
    archived_at: null,
    capabilities: ["send", "delete_for_everyone"],
  },
};
