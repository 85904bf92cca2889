import type { AnyEvent } from "../generated/frames.js";
import { addConversation, putConversation, putOwn, removeConversation } from "./conversations.js";
import { hideMessage, markReadBySender, putMessage, putReactions } from "./messages.js";
import { putParticipant, removeParticipant } from "./participants.js";
import { markRead } from "./reads.js";
import { type Held, type State, withHeld } from "./state.js";
import { withBase } from "./unread.js";
import { addBlocks, putBlock, putPresence, putTyping, putUsers, putUsersOf } from "./users.js";

/** How long somebody is shown as typing after each event, in milliseconds: the service's own expiry, by this clock. */
const typingMs = 6000;

interface When {
  stamp: number;
  /** Milliseconds since 1970. */
  now: number;
}

type InConversation = Extract<AnyEvent, { conversation_id: string }>;
type OwnStateEvent = Extract<AnyEvent, { type: "conversation.state_updated" }>;

function applyOwnState(
  held: Held,
  { data }: OwnStateEvent,
  { userId, stamp }: { userId: string; stamp: number },
): Held {
  const { last_change_seq: as_of, last_read_seq, unread_count: count, ...own } = data;
  const read = markRead(putOwn(held, own, stamp), userId, last_read_seq);
  return withBase(read, { count, last_read_seq, as_of, last_seq: held.last_seq, stamp });
}

/** Applies an event within a conversation that is held. */
function applyInside(held: Held, event: InConversation, { stamp, userId }: { stamp: number; userId: string }): Held {
  switch (event.type) {
    case "message.created":
      return putMessage(held, event.data.message, event.change_seq);
    case "message.updated":
      return putMessage(held, event.data.message);
    case "message.deleted": {
      const { message, scope } = event.data;
      if (scope === "for_everyone") return putMessage(held, message);
      return hideMessage(markReadBySender(held, message), message);
    }
    case "reaction.updated":
      return putReactions(held, { ...event.data, change_seq: event.change_seq });
    case "participant.added":
      return event.data.participants.reduce((next, one) => putParticipant(next, one, event.change_seq), held);
    case "participant.updated": {
      const { participant } = event.data;
      const next = putParticipant(held, participant, event.change_seq);
      return participant.user.id === userId ? putOwn(next, { role: participant.role }, stamp) : next;
    }
    case "participant.removed":
      return removeParticipant(held, event.data.user_id, event.change_seq);
    case "conversation.read":
      return markRead(held, event.data.user_id, event.data.last_read_seq);
    case "conversation.state_updated":
      return applyOwnState(held, event, { userId, stamp });
    default:
      return held;
  }
}

/** A message deleted for oneself carries the number of the message, which is no change of its own. */
const isNumbered = (event: InConversation): event is Extract<InConversation, { change_seq: number }> =>
  "change_seq" in event && !(event.type === "message.deleted" && event.data.scope === "for_me");

function applyBeside(state: State, event: InConversation, { stamp, now }: When): State {
  switch (event.type) {
    case "conversation.updated":
      return putConversation(state, event.data.conversation, stamp);
    case "participant.added":
      return putUsersOf(state, event.data.participants, stamp);
    case "participant.updated":
      return putUsersOf(state, [event.data.participant], stamp);
    case "message.created":
      return putTyping(state, event.conversation_id, event.data.message.sender_id, undefined);
    case "typing": {
      const { user_id, is_typing } = event.data;
      if (user_id === state.user_id) return state;
      return putTyping(state, event.conversation_id, user_id, is_typing ? now + typingMs : undefined);
    }
    default:
      return state;
  }
}

function applyToConversation(before: State, event: InConversation, when: When): State {
  const { conversation_id: id } = event;
  const { stamp } = when;
  if (event.type === "conversation.created") return addConversation(before, event.data.conversation, stamp);
  if (event.type === "conversation.removed" || event.type === "conversation.deleted") {
    return removeConversation(before, id, stamp);
  }
  // It is of no use without the conversation, which has to be fetched; or it is late, after the conversation has gone.
  const earlier = before.conversations.get(id);
  // Or it is of an earlier time here: the conversation was left and came back.
  if (earlier === undefined || stamp < earlier.stamp) return before;
  const state = applyBeside(before, event, when);
  let held = state.conversations.get(id) as Held;
  held = applyInside(held, event, { stamp, userId: state.user_id });
  if (isNumbered(event) && event.change_seq > held.change_seq) held = { ...held, change_seq: event.change_seq };
  return withHeld(state, id, held);
}

/** Answers the state after an event of the service; see `apply`. */
export function applyEvent(state: State, event: AnyEvent, when: When): State {
  const { stamp } = when;
  switch (event.type) {
    case "user.updated":
      return putUsers(state, [event.data.user], stamp);
    case "presence.changed": {
      const { user_id, ...presence } = event.data;
      return putPresence(state, user_id, presence, stamp);
    }
    case "block.created":
      return addBlocks(state, [event.data.block], stamp);
    case "block.removed":
      return putBlock(state, event.data.user_id, null, stamp);
    case "media.ready":
    case "media.rejected":
      return state;
    default:
      // An event of a newer service may be of a type that is not known here.
      return "conversation_id" in event ? applyToConversation(state, event, when) : state;
  }
}
