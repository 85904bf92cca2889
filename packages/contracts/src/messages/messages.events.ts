import { z } from "zod";
import { event } from "../kernel/event.js";
import { id, seq } from "../kernel/fields.js";
import { message, reaction } from "./messages.schema.js";

const audience = "participants who may see the message";
const base = { durable: true, in_conversation: true, numbered: true, audience };

export const messageEvents = {
  "message.created": event({
    ...base,
    summary:
      "A message was sent, and its sender has read up to it (unless it is of the system). The sender's own sessions receive it too, with its client_message_id.",
    data: z.strictObject({ message }),
  }),
  "message.updated": event({
    ...base,
    summary: "A message was edited, or a file was added to it.",
    data: z.strictObject({ message }),
  }),
  "message.deleted": event({
    ...base,
    summary: "A message was deleted: for everyone (the tombstone), or for me (own sessions only).",
    data: z.strictObject({ message, scope: z.enum(["for_me", "for_everyone"]) }),
  }),
  "reaction.updated": event({
    ...base,
    summary: "The reactions of a message changed.",
    data: z.strictObject({ message_id: id, seq, user_id: id, reactions: z.array(reaction) }),
  }),
};
