import type { ConversationBusEvent, PersonalBusEvent } from "@vero/server";
import type { ConversationEvent, Envelope } from "./realtime.conversation-event.js";
import type { Cursor } from "./realtime.cursor.js";
import type { OutgoingEvent } from "./realtime.frames.js";
import { messageEvent, reactionEvent } from "./realtime.render.messages.js";
import { audienceEvent, departureEvent, participantsEvent } from "./realtime.render.participants.js";
import type { Change } from "./realtime.sources.js";

/** A bus event that came with its data. */
export type WholeEvent = Exclude<ConversationBusEvent, { data?: undefined }>;

/** Picks the fields of a bus event that clients get; the others are for servers only. */
const envelopeOf = ({ conversation_id, change_seq, at }: Envelope): Envelope => ({ conversation_id, change_seq, at });

/** Makes a bus event into one that can be rendered for each subscriber. */
export function toConversationEvent(event: WholeEvent): ConversationEvent {
  switch (event.type) {
    case "message.created":
    case "message.updated":
    case "message.deleted":
      return messageEvent(event.type, envelopeOf(event), {
        message: event.data.message,
        redactions: event.redactions,
      });
    case "reaction.updated":
      return reactionEvent(envelopeOf(event), event.data, event.redactions);
    case "participant.added":
      return participantsEvent(event.type, envelopeOf(event), event.data.participants, event.redactions);
    case "participant.updated":
      return participantsEvent(event.type, envelopeOf(event), [event.data.participant], event.redactions);
    case "participant.removed":
      return departureEvent(envelopeOf(event), event.data);
    case "conversation.deleted": {
      const { type, conversation_id, at, data } = event;
      const common: OutgoingEvent = { type, conversation_id, at, data };
      return { renderFor: () => common, endsFor: () => true };
    }
    case "conversation.read": {
      const { type, conversation_id, at, data, redactions } = event;
      return audienceEvent({ type, conversation_id, at, data }, redactions);
    }
    case "typing": {
      const { type, conversation_id, at, data, redactions } = event;
      // Users do not get their own typing.
      return audienceEvent({ type, conversation_id, at, data }, redactions, data.user_id);
    }
  }
}

/**
 * Makes an event of a change that was read. It is state and not history: a message that was created and then changed
 * comes once.
 */
export function toConversationEventOf(conversation_id: string, change: Change, delivered: Cursor): ConversationEvent {
  const { change_seq, at } = change;
  const envelope = { conversation_id, change_seq, at };
  switch (change.kind) {
    case "message": {
      const { seq, deleted_at } = change.shared.message;
      const known = deleted_at === null ? "message.updated" : "message.deleted";
      return messageEvent(delivered.hasDelivered(seq) ? known : "message.created", envelope, change.shared);
    }
    case "participants_added":
      return participantsEvent("participant.added", envelope, change.participants, change.redactions);
    case "participant_updated":
      return participantsEvent("participant.updated", envelope, change.participants, change.redactions);
    case "participant_removed":
      return departureEvent(envelope, change);
    case "conversation":
      return {
        change_seq,
        renderFor(viewer) {
          const conversation = change.as_seen_by.get(viewer.user_id);
          return conversation && { type: "conversation.updated", ...envelope, data: { conversation } };
        },
        isUnknownTo: (viewer) => !change.as_seen_by.has(viewer.user_id),
      };
  }
}

/** Leaves out of a user's own event the fields that are for servers only. */
export function toOutgoingEvent({ tenant_id: _, state_seq: __, ...event }: PersonalBusEvent): OutgoingEvent {
  return event;
}
