import { z } from "zod";
import { deletionScope } from "../conversations/conversations.schema.js";
import { emoji } from "../kernel/emoji.js";
import { given, id, metadata, nothing, optional, page, paging, seq, withDefault } from "../kernel/fields.js";
import { rule } from "../kernel/issues.js";
import { mutation, query } from "../kernel/procedure.js";
import { chars, words } from "../kernel/text.js";
import { exampleIds } from "../users/users.schema.js";
import { exampleMessage, forwarded, message, messageEdit, messageReactions, messageWindow } from "./messages.schema.js";
import { searchMessages } from "./messages.search.contract.js";
import { syncMessages } from "./messages.sync.contract.js";

const text = words(10_000);
const mediaIds = z
  .array(id)
  .max(30)
  .refine((ids) => new Set(ids).size === ids.length, rule("duplicate_item", "must not repeat an id"))
  .meta({ uniqueItems: true })
  .describe("Files of the sender, ready, and part of no message yet; shown in this order.");
const one = { id: exampleIds.message };

export const messagesContract = {
  send: mutation({
    access: "session",
    rest: "POST /v1/chat/messages/send",
    summary: "Send a message",
    description:
      "`client_message_id` makes the call idempotent, for good: the same content answers the original message, other content is refused. A retry takes no seq. To somebody who has blocked the caller it is answered like any other, and never reaches them. A message without text is of type `media`.",
    input: z
      .strictObject({
        conversation_id: id,
        client_message_id: optional(chars(1, 64)),
        text: optional(text),
        media_ids: optional(mediaIds),
        reply_to_message_id: optional(id),
        mentions: optional(z.array(id).max(100)),
        metadata: optional(metadata),
      })
      .refine(
        (input) => input.text !== undefined || (input.media_ids?.length ?? 0) > 0,
        rule("one_of_required", "give text or media_ids", { path: ["text"] }),
      )
      .meta({
        if: given("text"),
        else: given("media_ids", { type: "array", items: {}, minItems: 1 }),
      }),
    output: message,
    errors: [
      "conversation_not_found",
      "you_blocked_user",
      "idempotency_conflict",
      "invalid_reply",
      "replied_message_deleted",
      "invalid_mention",
      "media_not_found",
      "media_not_ready",
      "media_already_attached",
    ],
    rate: "send",
    share: "send",
    example: {
      input: { conversation_id: exampleIds.conversation, client_message_id: "c-1", text: "Hello, Grace!" },
      output: exampleMessage,
    },
  }),
  list: query({
    access: "session",
    rest: "GET /v1/chat/conversations/:id/messages",
    summary: "Fetch messages with pagination",
    description:
      "One of `before_seq`, `after_seq` (both exclusive) and `around_seq`, or none for the latest. Ascending by seq; deleted messages stay as tombstones. Reading does not mark as read.",
    input: z
      .strictObject({
        id,
        before_seq: optional(seq).describe("Only messages before this one, the latest of them."),
        after_seq: optional(seq).describe("Only messages after this one, the earliest of them."),
        around_seq: optional(seq).describe("Messages before and after this one, and itself."),
        limit: withDefault(z.int().min(1).max(200), 50).describe("How many messages to answer at most."),
      })
      .refine(
        (input) =>
          [input.before_seq, input.after_seq, input.around_seq].filter((given) => given !== undefined).length < 2,
        rule("mutually_exclusive", "give at most one of before_seq, after_seq and around_seq", {
          path: ["before_seq"],
        }),
      ),
    output: messageWindow,
    errors: ["conversation_not_found"],
    rate: "list",
    share: "list",
    example: {
      input: { id: exampleIds.conversation, limit: 50 },
      output: {
        items: [exampleMessage],
        has_more_before: false,
        has_more_after: false,
        last_seq: 1,
        last_change_seq: 1,
      },
    },
  }),
  sync: syncMessages,
  get: query({
    access: "session",
    rest: "GET /v1/chat/messages/:id",
    summary: "One message",
    input: z.strictObject({ id }),
    output: message,
    errors: ["message_not_found"],
    example: { input: one, output: exampleMessage },
  }),
  list_edits: query({
    access: "session",
    rest: "GET /v1/chat/messages/:id/edits",
    summary: "Earlier texts of a message, newest first",
    input: z.strictObject({ id, ...paging }),
    output: page(messageEdit),
    errors: ["message_not_found"],
    rate: "list",
    share: "list",
    example: {
      input: one,
      output: { items: [{ text: "Helo, Grace!", replaced_at: "2026-03-01T12:00:05.000Z" }], next_cursor: null },
    },
  }),
  edit: mutation({
    access: "session",
    rest: "PATCH /v1/chat/messages/:id",
    summary: "Edit a message you sent",
    description:
      "By the sender, while it is not deleted; forwarded messages are somebody else's words and cannot be edited. With `expected_change_seq` only if nobody changed it since. Earlier texts are stored (list_edits). The same text: no event. A message to somebody who has blocked the sender since disappears for them when it is edited.",
    input: z.strictObject({ id, text, expected_change_seq: optional(seq) }),
    output: message,
    errors: ["message_not_found", "forbidden", "message_deleted", "version_conflict"],
    rate: "edit",
    example: { input: { ...one, text: "Hello, Grace." }, output: { ...exampleMessage, text: "Hello, Grace." } },
  }),
  delete: mutation({
    access: "session",
    rest: "DELETE /v1/chat/messages/:id",
    summary: "Delete a message for oneself or for everyone",
    description:
      "for_me: the caller no longer sees it anywhere; others notice nothing. for_everyone: by the sender, or by an owner or admin of the group, and not of system messages; a tombstone remains, and files that no other message carries are gone for good. Idempotent.",
    input: z.strictObject({
      id,
      scope: withDefault(deletionScope, "for_me").describe("For the caller alone, or for all."),
    }),
    output: nothing,
    status: 204,
    errors: ["message_not_found", "forbidden"],
    example: { input: { ...one, scope: "for_everyone" } },
  }),
  react: mutation({
    access: "session",
    rest: "POST /v1/chat/messages/:id/reactions",
    summary: "Toggle a reaction",
    description:
      "`add` and `remove` are idempotent; `toggle` is for people, not for retries. One emoji; 20 kinds a message. In a direct conversation somebody who has blocked the caller never learns of it.",
    input: z.strictObject({ id, emoji, action: withDefault(z.enum(["toggle", "add", "remove"]), "toggle") }),
    output: messageReactions,
    errors: ["message_not_found", "message_deleted", "reaction_limit", "you_blocked_user"],
    rate: "react",
    example: {
      input: { ...one, emoji: "👍" },
      output: {
        reacted: true,
        reactions: [{ emoji: "👍", count: 1, reacted: true, user_ids: [exampleIds.ada] }],
        change_seq: 2,
      },
    },
  }),
  forward: mutation({
    access: "session",
    rest: "POST /v1/chat/messages/forward",
    summary: "Forward messages to other conversations",
    description:
      "Snapshots of text and files, in the order given; `forwarded_from` names the first origin. A message that cannot be read fails the call before anything is written; a conversation that cannot be written to fails alone. System messages cannot be forwarded. Idempotent with `client_forward_id`, for good: the same content answers the messages there are, and tries those conversations again that failed. `unknown`, with the code `unavailable`: the database went away before it said whether the messages were written; the same call with the same `client_forward_id` finds out. From the first conversation on whose messages would make the answer too large, `messages` is left out.",
    input: z.strictObject({
      message_ids: z.array(id).min(1).max(20),
      conversation_ids: z.array(id).min(1).max(20),
      client_forward_id: optional(chars(1, 64)),
    }),
    output: forwarded,
    errors: ["message_not_found", "message_deleted", "idempotency_conflict"],
    rate: "forward",
    share: "forward",
    example: {
      input: { message_ids: [exampleIds.message], conversation_ids: [exampleIds.conversation] },
      output: {
        results: [{ conversation_id: exampleIds.conversation, status: "sent", messages: [exampleMessage] }],
      },
    },
  }),
  search: searchMessages,
};
