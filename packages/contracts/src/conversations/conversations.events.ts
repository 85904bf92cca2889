import { z } from "zod";
import { event } from "../kernel/event.js";
import { id, seq, time } from "../kernel/fields.js";
import { capability, conversation } from "./conversations.schema.js";

const change = { durable: true, in_conversation: true, numbered: true };
/** The events of one participant rather than of the conversation. */
const personal = { durable: true, in_conversation: true, numbered: false };

export const conversationEvents = {
  "conversation.created": event({
    ...change,
    audience: "the participants, or those who were added",
    summary: "A conversation appeared in the caller's list.",
    data: z.strictObject({ conversation }),
  }),
  "conversation.updated": event({
    ...change,
    audience: "participants",
    summary:
      "Name, description, avatar, metadata, or who takes part changed. `me` is as of the conversation's `last_change_seq`.",
    data: z.strictObject({ conversation }),
  }),
  "conversation.deleted": event({
    ...personal,
    audience: "own sessions (for_me) or all participants (for_everyone)",
    summary: "A conversation was deleted.",
    data: z.strictObject({ conversation_id: id, scope: z.enum(["for_me", "for_everyone"]) }),
  }),
  "conversation.removed": event({
    ...personal,
    audience: "the removed user",
    summary: "The caller is no longer a participant.",
    data: z.strictObject({ conversation_id: id, reason: z.enum(["removed", "left"]) }),
  }),
  "conversation.read": event({
    ...personal,
    audience: "own sessions; other participants unless blocked",
    summary: "A participant has read up to a seq.",
    data: z.strictObject({ user_id: id, last_read_seq: seq }),
  }),
  "conversation.state_updated": event({
    ...personal,
    audience: "own sessions",
    summary: "The caller's own state changed, perhaps on another device. All values are absolute.",
    data: z.strictObject({
      last_change_seq: seq.describe("The change of the conversation up to which `unread_count` counts."),
      last_read_seq: seq,
      unread_count: z.int().min(0),
      is_muted: z.boolean(),
      muted_until: time.nullable(),
      archived_at: time.nullable(),
      capabilities: z.array(capability),
    }),
  }),
  typing: event({
    durable: false,
    in_conversation: true,
    numbered: false,
    audience: "other participants, not across a block",
    summary: "A participant is typing, or has stopped.",
    data: z.strictObject({ user_id: id, is_typing: z.boolean(), expires_at: time }),
  }),
};
