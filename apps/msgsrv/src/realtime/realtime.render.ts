import type { Conversation, EventData, Message, Participant } from "@vero/contracts";
import type {
  AudienceRedactions,
  ConversationBusEvent,
  ParticipantRedactions,
  PersonalBusEvent,
  ReactionRedactions,
  SharedMessage,
} from "@vero/server";
import { isInWindow, reactionsSeenBy, seenBy } from "../views/messages.view.js";
import { participantsSeenBy } from "../views/participants.view.js";
import type { OutgoingEvent } from "./realtime.frames.js";
import { type ConversationEvent, type Cursor, hasDelivered, type Subscriber } from "./realtime.subscriber.js";

type Departure = EventData<"participant.removed">;

/** A change as it is read from the database: with the state that its subject has now. */
export type Change = { change_seq: number; at: string } & (
  | { kind: "message"; shared: SharedMessage }
  | {
      kind: "participants_added" | "participant_updated";
      participants: Participant[];
      redactions: ParticipantRedactions;
    }
  | ({ kind: "participant_removed" } & Departure)
  /** The conversation as each of the requested viewers is shown it. */
  | { kind: "conversation"; as_seen_by: ReadonlyMap<string, Conversation> }
);

interface Envelope {
  conversation_id: string;
  change_seq: number;
  at: string;
}

/** A bus event that came with its data. */
export type WholeEvent = Exclude<ConversationBusEvent, { data?: undefined }>;

/** Picks the fields of a bus event that clients get; the others are for servers only. */
const envelopeOf = ({ conversation_id, change_seq, at }: Envelope): Envelope => ({ conversation_id, change_seq, at });

function messageEvent(
  type: "message.created" | "message.updated" | "message.deleted",
  envelope: Envelope,
  shared: SharedMessage,
): ConversationEvent {
  const showing = (message: Message): OutgoingEvent =>
    type === "message.deleted"
      ? { type, ...envelope, data: { message, scope: "for_everyone" } }
      : { type, ...envelope, data: { message } };
  const common = showing(shared.message);
  return {
    change_seq: envelope.change_seq,
    seq: shared.message.seq,
    renderFor(subscriber) {
      const message = seenBy(subscriber, shared);
      return message === shared.message ? common : message && showing(message);
    },
  };
}

function reactionEvent(
  envelope: Envelope,
  data: EventData<"reaction.updated">,
  redactions: ReactionRedactions,
): ConversationEvent {
  const { seq } = data;
  const { hidden_from, withheld_from } = redactions;
  const common: OutgoingEvent = { type: "reaction.updated", ...envelope, data };
  const instead = redactions.instead && messageEvent("message.updated", envelope, redactions.instead);
  return {
    change_seq: envelope.change_seq,
    seq,
    renderFor(subscriber) {
      if (instead !== undefined && withheld_from.includes(subscriber.user_id)) return instead.renderFor(subscriber);
      if (!isInWindow(seq, subscriber) || hidden_from.includes(subscriber.user_id)) return undefined;
      const reactions = reactionsSeenBy(subscriber.user_id, data.reactions, redactions);
      return reactions === data.reactions ? common : { ...common, data: { ...data, reactions } };
    },
  };
}

/**
 * Makes the event of participants who were added or changed. A viewer across a block from one of them is shown no
 * presence, and the read position from before the block.
 */
function participantsEvent(
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
    renderFor(subscriber) {
      const seen = participantsSeenBy(subscriber.user_id, participants, redactions);
      return seen === participants ? common : showing(seen);
    },
  };
}

/**
 * Makes the event of a departure. The others get `participant.removed`; the user who left gets `conversation.removed`,
 * and nothing of the conversation after it.
 */
function departureEvent(envelope: Envelope, departure: Departure): ConversationEvent {
  const { conversation_id, change_seq, at } = envelope;
  const { user_id, reason } = departure;
  const others: OutgoingEvent = { type: "participant.removed", ...envelope, data: { user_id, reason } };
  const own: OutgoingEvent = { type: "conversation.removed", conversation_id, at, data: { conversation_id, reason } };
  const isTheirs = (subscriber: Subscriber): boolean =>
    subscriber.user_id === user_id && change_seq > subscriber.joined_change_seq;
  return { change_seq, renderFor: (subscriber) => (isTheirs(subscriber) ? own : others), endsFor: isTheirs };
}

/** Makes an event that has no change_seq and is the same for all who get it. */
function audienceEvent(
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
      return messageEvent(hasDelivered(delivered, seq) ? known : "message.created", envelope, change.shared);
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
        renderFor(subscriber) {
          const conversation = change.as_seen_by.get(subscriber.user_id);
          return conversation && { type: "conversation.updated", ...envelope, data: { conversation } };
        },
        isUnknownTo: (subscriber) => !change.as_seen_by.has(subscriber.user_id),
      };
  }
}

/** Leaves out of a user's own event the fields that are for servers only. */
export function toOutgoingEvent({ tenant_id: _, state_seq: __, ...event }: PersonalBusEvent): OutgoingEvent {
  return event;
}
