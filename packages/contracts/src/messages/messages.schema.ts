import { z } from "zod";
import { id, named, seq, time } from "../kernel/fields.js";
import { media } from "../media/media.schema.js";
import { exampleIds } from "../users/users.schema.js";

export const reaction = named(
  "Reaction",
  "All reactions of one kind on a message.",
  z.strictObject({
    emoji: z.string(),
    count: z.int().min(1),
    reacted: z.boolean().describe("Whether the caller is among them."),
    user_ids: z.array(id).max(10).describe("The first ten."),
  }),
);

const replyTo = named(
  "ReplyPreview",
  "The message that a message replies to.",
  z.strictObject({
    message_id: id,
    seq,
    sender_id: id,
    text: z
      .string()
      .nullable()
      .describe(
        "Its first 200 characters; null when that message was deleted or carries only files. No event comes for the reply when that message changes: what you show of it follows that message.",
      ),
  }),
);

const forwardedFrom = named(
  "MessageOrigin",
  "Where a forwarded message was first.",
  z.strictObject({
    message_id: id.nullable().describe("The first origin; this and the other ids only for those who can see it now."),
    conversation_id: id.nullable(),
    sender_id: id.nullable(),
    sender_name: z.string().describe("The sender's display name when the message was forwarded."),
    sent_at: time,
  }),
);

const systemEvent = named(
  "SystemEvent",
  "The event that a message of type system reports.",
  z.strictObject({
    kind: z.enum(["participants_added", "participant_removed", "participant_left", "conversation_renamed"]),
    user_ids: z.array(id),
    name: z.string().nullable(),
  }),
);

export const message = named(
  "Message",
  "A message as the caller sees it. `seq` is its position in the conversation and never changes; `change_seq` is the number of the latest change to it.",
  z.strictObject({
    id,
    conversation_id: id,
    seq,
    change_seq: seq,
    sender_id: id,
    client_message_id: z.string().nullable(),
    type: z.enum(["text", "media", "system"]),
    text: z.string().nullable().describe("null for deleted messages and for messages that carry only files."),
    attachments: z
      .array(media)
      .describe("Ready files. Their URLs expire, and no event renews them: `media.get` does, and every other read."),
    reply_to: replyTo.nullable(),
    mentions: z.array(id),
    reactions: z.array(reaction),
    forwarded_from: forwardedFrom.nullable(),
    system: systemEvent.nullable().describe("The event, for messages of type system."),
    metadata: z.record(z.string(), z.unknown()),
    created_at: time,
    edited_at: time.nullable(),
    deleted_at: time.nullable(),
    from_blocked_user: z
      .boolean()
      .describe("Sent to a group while the caller had blocked the sender; never counts as unread."),
  }),
);
export type Message = z.infer<typeof message>;

export const messageWindow = named(
  "MessageWindow",
  "Messages that follow each other, and whether there are more on either side.",
  z.strictObject({
    items: z.array(message).describe("Ascending by seq."),
    has_more_before: z.boolean(),
    has_more_after: z.boolean(),
    last_seq: seq,
    last_change_seq: seq,
  }),
);

export const messageReactions = named(
  "MessageReactions",
  "All reactions on a message.",
  z.strictObject({ reacted: z.boolean(), reactions: z.array(reaction), change_seq: seq }),
);

const forwardResult = named(
  "ForwardResult",
  "The result of a forward in one conversation.",
  z.strictObject({
    conversation_id: id,
    status: z.enum(["sent", "failed", "unknown"]),
    messages: z.array(message).optional().describe("Where they were sent, and the answer has room for them."),
    code: z.string().optional().describe("Why it failed."),
  }),
);

export const forwarded = named(
  "Forwarded",
  "The results of a forward, by conversation.",
  z.strictObject({ results: z.array(forwardResult) }),
);

const textRange = named(
  "TextRange",
  "A part of a text, in Unicode code points.",
  z.strictObject({ start: z.int().min(0), length: z.int().min(1) }),
);

const snippet = named(
  "Snippet",
  "The part of a text that was searched for, as plain text, and where in it the words are.",
  z.strictObject({ text: z.string(), ranges: z.array(textRange) }),
);

export const searchHit = named("SearchHit", "A message that was found.", z.strictObject({ message, snippet }));

export const messageEdit = named(
  "MessageEdit",
  "An earlier text of a message.",
  z.strictObject({ text: z.string(), replaced_at: time }),
);

export const exampleMessage: Message = {
  id: exampleIds.message,
  conversation_id: exampleIds.conversation,
  seq: 1,
  change_seq: 1,
  sender_id: exampleIds.ada,
  client_message_id: "c-1",
  type: "text",
  text: "Hello, Grace!",
  attachments: [],
  reply_to: null,
  mentions: [],
  reactions: [],
  forwarded_from: null,
  system: null,
  metadata: {},
  created_at: "2026-03-01T12:00:00.000Z",
  edited_at: null,
  deleted_at: null,
  from_blocked_user: false,
};
