import { z } from "zod";
import { conversation } from "../conversations/conversations.schema.js";
import { id, named, optional, seq } from "../kernel/fields.js";
import { participant } from "../participants/participants.schema.js";
import { block, user } from "../users/users.schema.js";
import { message } from "./messages.schema.js";

export const syncPosition = named(
  "SyncPosition",
  "How much of a conversation the caller holds.",
  z.strictObject({
    conversation_id: id,
    last_seq: seq,
    last_change_seq: optional(seq),
    last_receipt_seq: optional(seq).describe(
      "As in the conversation when it was listed, then `next_receipt_seq`; without it no receipts come.",
    ),
  }),
);

const readReceipt = named(
  "ReadReceipt",
  "How far another participant has read.",
  z.strictObject({ user_id: id, last_read_seq: seq }),
);

const syncedConversation = named(
  "SyncedConversation",
  "The changes that the caller missed in one conversation.",
  z.strictObject({
    conversation_id: id,
    messages: z.array(message).describe("Latest state, by change_seq."),
    next_change_seq: seq.describe("The `last_change_seq` of the next call."),
    has_more: z
      .boolean()
      .describe(
        "Call again at once with `next_change_seq` and `next_receipt_seq`. An answer holds about 1,000 messages, participants and receipts in all.",
      ),
    last_seq: seq,
    last_change_seq: seq,
    reset: z
      .boolean()
      .describe(
        "More than 2,000 changes were missed, or what you hold is of an earlier time here: forget it and list the conversation afresh.",
      ),
    conversation: conversation.optional().describe("As it is now, when anything in it has changed."),
    participants: z
      .array(participant)
      .optional()
      .describe("All of them, when some were added, removed or given another role."),
    receipts: z
      .array(readReceipt)
      .describe(
        "The read positions that have moved since `last_receipt_seq`. Positions never move back. Sending a message moves the sender's position to it; that is not marked separately.",
      ),
    next_receipt_seq: seq
      .optional()
      .describe("The `last_receipt_seq` of the next call; absent when none was given, or with `reset`."),
  }),
);

const removedConversation = named(
  "RemovedConversation",
  "A conversation that is no longer the caller's.",
  z.strictObject({ conversation_id: id, reason: z.enum(["removed", "left", "deleted", "unknown"]) }),
);

const hiddenMessage = named(
  "HiddenMessage",
  "A message that the caller deleted for themselves.",
  z.strictObject({
    conversation_id: id,
    message_id: id,
    seq,
    sender_id: id
      .nullable()
      .describe("The user who has written the message, and so has read up to `seq`; null for a message of the system."),
  }),
);

export const syncResult = named(
  "SyncResult",
  "The changes that the caller missed.",
  z.strictObject({
    conversations: z.array(syncedConversation),
    added: z
      .array(conversation)
      .describe("New in the caller's list, or again: forget what you may hold of them and list them afresh."),
    updated: z.array(conversation).describe("Those in which something of the caller's own changed."),
    removed: z.array(removedConversation),
    hidden: z.array(hiddenMessage),
    users: z
      .array(user)
      .describe(
        "Those who share a conversation with the caller, and the caller, whose profile or role changed. Presence is as of the answer.",
      ),
    blocked: z.array(block).describe("Users whom the caller has blocked since."),
    unblocked: z.array(id).describe("Users whom the caller has unblocked since."),
    user_cursor: z.string(),
    has_more: z.boolean().describe("Call again at once with the new `user_cursor`."),
  }),
);
