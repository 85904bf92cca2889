import type { EventData, Participant } from "@vero/contracts";
import type { AudienceRedactions, ParticipantRedactions } from "@vero/server";
import { participantsSeenBy } from "../views/participants.view.js";
import type { ConversationEvent, ConversationViewer, Envelope } from "./realtime.conversation-event.js";
import type { OutgoingEvent } from "./realtime.frames.js";

/**
 * Makes the event of participants who were added or changed. A viewer across a block from one of them is shown no
 * presence, and the read position from before the block.
 */
export function participantsEvent(
  type: "participant.added" | "participant.updated",
  envelope: Envelope,
  participants: Participant[],
  redactions: ParticipantRedactions,
): ConversationEvent {
  const showing = (seen: Participant[]): OutgoingEvent | undefined => {
    if (type === "participant.added") return { type, ...envelope, data: { participants: seen } };
    const [participant] = seen;
    return participant && { type, ...envelope, data: { participant } };
  };
  const common = showing(participants);
  return {
    change_seq: envelope.change_seq,
    renderFor({ user_id }) {
      const seen = participantsSeenBy(user_id, participants, redactions);
      return seen === participants ? common : showing(seen);
    },
  };
}

/**
 * Makes the event of a departure. The others get `participant.removed`; the user who left gets `conversation.removed`,
 * and nothing of the conversation after it.
 */
export function departureEvent(envelope: Envelope, departure: EventData<"participant.removed">): ConversationEvent {
  const { conversation_id, change_seq, at } = envelope;
  const { user_id, reason } = departure;
  const others: OutgoingEvent = { type: "participant.removed", ...envelope, data: { user_id, reason } };
  const own: OutgoingEvent = { type: "conversation.removed", conversation_id, at, data: { conversation_id, reason } };
  const isTheirs = (viewer: ConversationViewer): boolean =>
    viewer.user_id === user_id && change_seq > viewer.joined_change_seq;
  return { change_seq, renderFor: (viewer) => (isTheirs(viewer) ? own : others), endsFor: isTheirs };
}

/** Makes an event that has no change_seq and is the same for all who get it. */
export function audienceEvent(
  event: OutgoingEvent,
  { withheld_from, only_to }: AudienceRedactions,
  exceptUserId?: string,
): ConversationEvent {
  return {
    renderFor: ({ user_id }) =>
      user_id === exceptUserId || withheld_from.includes(user_id) || only_to?.includes(user_id) === false
        ? undefined
        : event,
  };
}
