import { z } from "zod";
import { conversationEvents } from "../conversations/conversations.events.js";
import { id, seq, time } from "../kernel/fields.js";
import { mediaEvents } from "../media/media.events.js";
import { messageEvents } from "../messages/messages.events.js";
import { participantEvents } from "../participants/participants.events.js";
import { userEvents } from "../users/users.events.js";

export const events = {
  ...messageEvents,
  ...conversationEvents,
  ...participantEvents,
  ...userEvents,
  ...mediaEvents,
};
export type EventType = keyof typeof events;
export type EventData<T extends EventType> = z.infer<(typeof events)[T]["data"]>;

/** The frame that carries an event; strict, so that a wrong or superfluous field is found in tests. */
export const eventFrame = (type: EventType) => {
  const spec = events[type];
  return z.strictObject({
    t: z.literal("event"),
    type: z.literal(type),
    ...(spec.durable ? { s: z.int().min(1).describe("1, 2, 3, … per connection.") } : {}),
    ...(spec.in_conversation ? { conversation_id: id } : {}),
    ...(spec.numbered
      ? {
          change_seq: seq.describe(
            "Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.",
          ),
        }
      : {}),
    at: time,
    data: spec.data,
  });
};
