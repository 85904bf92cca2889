import type { Conversation, EventType, Message, Participant } from "@vero/contracts";
import type { Announcement } from "@vero/server";
import { type SharedMessage, seenBy } from "../messages/messages.view.js";
import { participantsSeenBy, type SharedParticipants } from "../participants/participants.view.js";
import type { OutgoingEvent } from "./realtime.frames.js";
import { type Cursor, type Happening, hasToldOf, type Seat } from "./realtime.seats.js";

interface Departure {
  user_id: string;
  reason: "removed" | "left";
}

/** A change as the database has it: in the state that things are in now. */
export type Change = { change_seq: number; at: string } & (
  | { kind: "message"; shared: SharedMessage }
  | ({ kind: "participants_added" | "participant_updated" } & SharedParticipants)
  | ({ kind: "participant_removed" } & Departure)
  /** What the conversation is now, to each of those who were asked for. */
  | { kind: "conversation"; as_seen_by: ReadonlyMap<string, Conversation> }
);

interface Envelope {
  conversation_id: string;
  change_seq?: number;
  at: string;
}

const messageData = (message: Message, type: EventType): object =>
  type === "message.deleted" ? { message, scope: "for_everyone" } : { message };

const messageHappening = (
  envelope: Envelope,
  shared: SharedMessage,
  type: EventType,
  dataOf: (message: Message, type: EventType) => object = messageData,
): Happening => {
  const common: OutgoingEvent = { type, ...envelope, data: dataOf(shared.message, type) };
  return {
    change_seq: envelope.change_seq,
    seq: shared.message.seq,
    shownTo(seat) {
      const message = seenBy(seat, shared);
      return message === shared.message ? common : message && { ...common, data: dataOf(message, type) };
    },
  };
};

/** Who is across a block from one of them is not shown their presence and reading. */
const participantsHappening = (
  envelope: Envelope,
  type: "participant.added" | "participant.updated",
  shared: SharedParticipants,
): Happening => {
  const dataOf = (participants: Participant[]) =>
    type === "participant.added" ? { participants } : { participant: participants[0] };
  const common: OutgoingEvent = { type, ...envelope, data: dataOf(shared.participants) };
  return {
    change_seq: envelope.change_seq,
    shownTo(seat) {
      const seen = participantsSeenBy(seat.user_id, shared);
      return seen === shared.participants ? common : { ...common, data: dataOf(seen) };
    },
  };
};

const same = (event: OutgoingEvent, more: Partial<Happening> = {}): Happening => ({
  change_seq: event.change_seq,
  shownTo: () => event,
  ...more,
});

/** The others are told who left; who left is told that this was the last. */
function departure(envelope: Envelope, { user_id, reason }: Departure): Happening {
  const { conversation_id, change_seq, at } = envelope;
  const others: OutgoingEvent = { type: "participant.removed", ...envelope, data: { user_id, reason } };
  const data = { conversation_id, reason };
  const isTheirs = (seat: Seat): boolean =>
    seat.user_id === user_id && (change_seq === undefined || change_seq > seat.joined_change_seq);
  return {
    change_seq,
    shownTo: (seat) => (isTheirs(seat) ? { type: "conversation.removed", conversation_id, at, data } : others),
    endsFor: isTheirs,
  };
}

/** What the bus brought; only announcements with data come here. */
export function happeningOf({
  type,
  conversation_id = "",
  change_seq,
  at,
  data,
  except = [],
  only,
}: Announcement): Happening {
  const envelope: Envelope = { conversation_id, at, ...(change_seq === undefined ? {} : { change_seq }) };
  const event: OutgoingEvent = { type: type as EventType, ...envelope, data };
  switch (type) {
    case "message.created":
    case "message.updated":
    case "message.deleted":
      return messageHappening(envelope, data as SharedMessage, type);
    case "reaction.updated": {
      const { user_id, ...shared } = data as SharedMessage & { user_id: string };
      const told = messageHappening(envelope, shared, type, ({ id, seq, reactions }) => ({
        message_id: id,
        seq,
        user_id,
        reactions,
      }));
      // Whoever is not to learn of it is shown the message as it was, with its new number.
      const untold = messageHappening(envelope, shared, "message.updated");
      return { ...told, shownTo: (seat) => (except.includes(seat.user_id) ? untold : told).shownTo(seat) };
    }
    case "participant.added":
    case "participant.updated":
      return participantsHappening(envelope, type, data as SharedParticipants);
    case "participant.removed":
      return departure(envelope, data as Departure);
    case "conversation.deleted":
      return same(event, { endsFor: () => true });
    case "conversation.read":
      return {
        ...same(event),
        shownTo: ({ user_id }) => (except.includes(user_id) || only?.includes(user_id) === false ? undefined : event),
      };
    case "typing": {
      // Nobody is told of their own typing.
      const untold = [(data as { user_id: string }).user_id, ...except];
      return { ...same(event), shownTo: (seat) => (untold.includes(seat.user_id) ? undefined : event) };
    }
    default:
      return same(event);
  }
}

/** State, not history: a message that was written and then changed comes once, as it is now. */
export function happeningIn(conversation_id: string, change: Change, told: Cursor): Happening {
  const { change_seq, at } = change;
  const envelope = { conversation_id, change_seq, at };
  switch (change.kind) {
    case "message": {
      const { seq, deleted_at } = change.shared.message;
      const known = deleted_at === null ? "message.updated" : "message.deleted";
      return messageHappening(envelope, change.shared, hasToldOf(told, seq) ? known : "message.created");
    }
    case "participants_added":
      return participantsHappening(envelope, "participant.added", change);
    case "participant_updated":
      return participantsHappening(envelope, "participant.updated", change);
    case "participant_removed":
      return departure(envelope, change);
    case "conversation":
      return {
        change_seq,
        shownTo(seat) {
          const conversation = change.as_seen_by.get(seat.user_id);
          return conversation && { type: "conversation.updated", ...envelope, data: { conversation } };
        },
        isUnknownTo: (seat) => !change.as_seen_by.has(seat.user_id),
      };
  }
}
