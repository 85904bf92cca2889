import { z } from "zod";
import { event } from "../kernel/event.js";
import { id, time } from "../kernel/fields.js";
import { availability, block, user } from "./users.schema.js";

const own = { durable: true, in_conversation: false, numbered: false, audience: "own sessions" };

export const userEvents = {
  "user.updated": event({
    durable: true,
    in_conversation: false,
    numbered: false,
    audience: "those who share a conversation with the user, and the user",
    summary: "A user's profile or role changed.",
    data: z.strictObject({ user }),
  }),
  "block.created": event({ ...own, summary: "The caller blocked a user.", data: z.strictObject({ block }) }),
  "block.removed": event({ ...own, summary: "The caller unblocked a user.", data: z.strictObject({ user_id: id }) }),
  "presence.changed": event({
    durable: false,
    in_conversation: false,
    numbered: false,
    audience:
      "those who share a conversation with the user, not across a block; when the user has chosen another availability, also their own sessions",
    summary:
      "A user came online, went offline some seconds after their last socket had closed, or chose another availability while online.",
    data: z.strictObject({
      user_id: id,
      is_online: z.boolean(),
      last_seen_at: time.nullable(),
      availability: availability.describe("As in the list of agents: `offline` while the user is not online."),
    }),
  }),
};
