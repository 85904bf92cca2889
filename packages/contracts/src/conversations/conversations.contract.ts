import { z } from "zod";
import { absent, id, instant, metadata, nothing, optional, page, paging, seq, withDefault } from "../kernel/fields.js";
import { rule } from "../kernel/issues.js";
import { mutation, query } from "../kernel/procedure.js";
import { chars } from "../kernel/text.js";
import { exampleIds } from "../users/users.schema.js";
import {
  conversation,
  conversationAvatar,
  conversationDescription,
  conversationName,
  conversationType,
  deletionScope,
  exampleConversation,
  readState,
  unreadCounts,
} from "./conversations.schema.js";

const one = { id: exampleIds.conversation };

const oneOther = (code: "too_small" | "too_big") =>
  rule(code, "a direct conversation has exactly one other participant", { path: ["participant_ids"] });
const ofGroups = (field: string) => rule("not_applicable", "only groups have this", { path: [field] });

export const conversationsContract = {
  list: query({
    access: "session",
    rest: "GET /v1/chat/conversations",
    summary: "Conversations the caller participates in",
    description:
      "Latest activity first. A page never repeats an item of an earlier page of the same walk; what becomes active meanwhile is announced on the socket.",
    input: z.strictObject({
      ...paging,
      filter: withDefault(z.enum(["active", "archived", "all"]), "active").describe(
        "By whether the caller has archived them.",
      ),
      type: optional(conversationType).describe("Only conversations of this type."),
      unread_only: withDefault(z.boolean(), false).describe("Only conversations with unread messages."),
      q: optional(chars(1, 100)).describe(
        "Only conversations whose name, or whose other participant's name, contains this.",
      ),
    }),
    output: page(conversation),
    errors: [],
    rate: "list",
    share: "list",
    shareWithQ: "search",
    example: { input: { limit: 30 }, output: { items: [exampleConversation], next_cursor: null } },
  }),
  create: mutation({
    access: "session",
    rest: "POST /v1/chat/conversations",
    summary: "Create a conversation",
    description:
      "A direct conversation has exactly one other participant and exists once per pair: creating it again answers the existing one. A group may start with up to 500 others; the caller owns it. Those who have blocked the caller are left out of a group, and do not see a new direct conversation; the caller is not notified. With somebody whom the caller has blocked no new direct conversation is made.",
    input: z
      .strictObject({
        type: conversationType,
        participant_ids: z.array(id).max(500),
        name: optional(conversationName),
        description: optional(conversationDescription),
        avatar_url: optional(conversationAvatar),
        metadata: optional(metadata),
      })
      .refine(({ type, participant_ids }) => type !== "direct" || participant_ids.length > 0, oneOther("too_small"))
      .refine(({ type, participant_ids }) => type !== "direct" || participant_ids.length < 2, oneOther("too_big"))
      .refine(({ type, name }) => type !== "direct" || name === undefined, ofGroups("name"))
      .refine(({ type, description }) => type !== "direct" || description === undefined, ofGroups("description"))
      .refine(({ type, avatar_url }) => type !== "direct" || avatar_url === undefined, ofGroups("avatar_url"))
      .meta({
        if: { properties: { type: { const: "direct" } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: {
          properties: {
            participant_ids: { minItems: 1, maxItems: 1 },
            name: absent,
            description: absent,
            avatar_url: absent,
          },
        },
      }),
    output: conversation,
    errors: ["unknown_users", "you_blocked_user"],
    rate: "create",
    example: { input: { type: "direct", participant_ids: [exampleIds.grace] }, output: exampleConversation },
  }),
  get: query({
    access: "session",
    rest: "GET /v1/chat/conversations/:id",
    summary: "One conversation",
    input: z.strictObject({ id }),
    output: conversation,
    errors: ["conversation_not_found"],
    example: { input: one, output: exampleConversation },
  }),
  update: mutation({
    access: "session",
    rest: "PATCH /v1/chat/conversations/:id",
    summary: "Update name, description, avatar or metadata",
    description:
      "Groups only, by their owner and admins. Fields left out stay; `null` clears. Nothing changed: no event.",
    input: z.strictObject({
      id,
      name: conversationName.nullable().optional(),
      description: conversationDescription.nullable().optional(),
      avatar_url: conversationAvatar.nullable().optional(),
      metadata: optional(metadata),
    }),
    output: conversation,
    errors: ["conversation_not_found", "forbidden", "direct_conversation_immutable"],
    example: {
      input: { ...one, name: "Compilers" },
      output: { ...exampleConversation, type: "group", name: "Compilers" },
    },
  }),
  delete: mutation({
    access: "session",
    rest: "DELETE /v1/chat/conversations/:id",
    summary: "Delete a conversation for oneself or for everyone",
    description:
      "for_me: the conversation leaves the caller's list and comes back with the next message, showing only what is new. for_everyone: by the owner of a group, an owner or admin of the workspace, or either side of a direct conversation; it is gone for all.",
    input: z.strictObject({
      id,
      scope: withDefault(deletionScope, "for_me").describe("For the caller alone, or for all."),
    }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found", "forbidden"],
    example: { input: { ...one, scope: "for_me" } },
  }),
  mark_read: mutation({
    access: "session",
    rest: "POST /v1/chat/conversations/:id/read",
    summary: "Mark as read up to a seq",
    description:
      "Never moves back: a lower seq answers the current position. The other participants receive an event, except across a block.",
    share: "receipt",
    input: z.strictObject({ id, seq }),
    output: readState,
    errors: ["conversation_not_found", "seq_out_of_range"],
    example: { input: { ...one, seq: 12 }, output: { last_read_seq: 12, unread_count: 0 } },
  }),
  set_typing: mutation({
    access: "session",
    rest: "POST /v1/chat/conversations/:id/typing",
    summary: "Broadcast a typing indicator",
    description:
      "Ephemeral: it expires after 6 seconds and is never stored. More than one a second is dropped silently. Not delivered across a block.",
    input: z.strictObject({ id, is_typing: withDefault(z.boolean(), true) }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found"],
    example: { input: { ...one, is_typing: true } },
  }),
  mute: mutation({
    access: "session",
    rest: "POST /v1/chat/conversations/:id/mute",
    summary: "Mute for the caller",
    description: "Without `until`: until unmuted. Idempotent. Does not change the unread count.",
    input: z.strictObject({
      id,
      until: optional(instant).describe("When the mute ends (RFC 3339); must be in the future."),
    }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found"],
    example: { input: { ...one, until: "2026-03-02T08:00:00Z" } },
  }),
  unmute: mutation({
    access: "session",
    rest: "DELETE /v1/chat/conversations/:id/mute",
    summary: "Unmute for the caller",
    description: "Idempotent.",
    input: z.strictObject({ id }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found"],
    example: { input: one },
  }),
  archive: mutation({
    access: "session",
    rest: "POST /v1/chat/conversations/:id/archive",
    summary: "Archive for the caller",
    description: "Idempotent. A new message does not unarchive.",
    input: z.strictObject({ id }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found"],
    example: { input: one },
  }),
  unarchive: mutation({
    access: "session",
    rest: "DELETE /v1/chat/conversations/:id/archive",
    summary: "Unarchive for the caller",
    description: "Idempotent.",
    input: z.strictObject({ id }),
    output: nothing,
    status: 204,
    errors: ["conversation_not_found"],
    example: { input: one },
  }),
  list_unread: query({
    access: "session",
    rest: "GET /v1/chat/conversations/unread",
    summary: "Per-conversation unread counts",
    description:
      "Only conversations with unread messages, and the total over all of them. Where `has_more` says that there are others, the list of conversations with `unread_only` and `filter=all` has all of them, page by page.",
    input: z.strictObject({}),
    output: unreadCounts,
    errors: [],
    rate: "list",
    share: "list",
    example: {
      input: {},
      output: {
        items: [
          {
            conversation_id: exampleIds.conversation,
            unread_count: 3,
            last_read_seq: 9,
            last_seq: 12,
            is_muted: false,
            is_archived: false,
          },
        ],
        total_unread: 3,
        has_more: false,
      },
    },
  }),
};
