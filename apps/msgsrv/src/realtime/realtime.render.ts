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

/** A change as the database has it: in the state that things are in now. */
export type Change = { change_seq: number; at: string } & (
  | { kind: "message"; shared: SharedMessage }
  | {
      kind: "participants_added" | "participant_updated";
      participants: Participant[];
      redactions: ParticipantRedactions;
    }
  | ({ kind: "participant_removed" } & Departure)
  /** The conversation as each of those who were asked for is shown it. */
  | { kind: "conversation"; as_seen_by: ReadonlyMap<string, Conversation> }
);

interface Envelope {
  conversation_id: string;
  change_seq: number;
  at: string;
}

/** An event of which the bus brought the data. */
export type WholeEvent = Exclude<ConversationBusEvent, { data?: undefined }>;

/** Takes from an event of the bus what concerns the servers only. */
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

/** Viewers across a block from a participant are not shown their presence and reading. */
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

/** The others are told who left; who left is told that this was the last. */
function departureEvent(envelope: Envelope, departure: Departure): ConversationEvent {
  const { conversation_id, change_seq, at } = envelope;
  const { user_id, reason } = departure;
  const others: OutgoingEvent = { type: "participant.removed", ...envelope, data: { user_id, reason } };
  const own: OutgoingEvent = { type: "conversation.removed", conversation_id, at, data: { conversation_id, reason } };
  const isTheirs = (subscriber: Subscriber): boolean =>
    subscriber.user_id === user_id && change_seq > subscriber.joined_change_seq;
  return { change_seq, renderFor: (subscriber) => (isTheirs(subscriber) ? own : others), endsFor: isTheirs };
}

/** An event that has no number in the log, and is the same for all who are to hear of it. */
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

/** Makes of an event of the bus one that can be rendered for each subscriber. */
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
      // Nobody is told of their own typing.
      return audienceEvent({ type, conversation_id, at, data }, redactions, data.user_id);
    }
  }
}

/** Makes an event of a change that was read. State, not history: a message that was written and then changed comes once. */
export function toConversationEventOf(conversation_id: string, change: Change, told: Cursor): ConversationEvent {
  const { change_seq, at } = change;
  const envelope = { conversation_id, change_seq, at };
  switch (change.kind) {
    case "message": {
      const { seq, deleted_at } = change.shared.message;
      const known = deleted_at === null ? "message.updated" : "message.deleted";
      return messageEvent(hasDelivered(told, seq) ? known : "message.created", envelope, change.shared);
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

/** Takes from a user's own event what concerns the servers only. */
export function toOutgoingEvent({ tenant_id: _, state_seq: __, ...event }: PersonalBusEvent): OutgoingEvent {
  return event;
}
