import { z } from "zod";
import { event } from "../kernel/event.js";
import { id } from "../kernel/fields.js";
import { participant } from "./participants.schema.js";

const base = { durable: true, in_conversation: true, numbered: true, audience: "participants" };

export const participantEvents = {
  "participant.added": event({
    ...base,
    summary: "Users joined the conversation.",
    data: z.strictObject({ participants: z.array(participant) }),
  }),
  "participant.updated": event({
    ...base,
    summary: "A participant's role changed.",
    data: z.strictObject({ participant }),
  }),
  "participant.removed": event({
    ...base,
    summary: "A participant left or was removed.",
    data: z.strictObject({ user_id: id, reason: z.enum(["removed", "left"]) }),
  }),
};
