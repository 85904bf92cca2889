import type { Conversation, Message } from "@vero/contracts";
import type { AnyEvent } from "@vero/sdk";
import {
  countUnread,
  dropMessage,
  type Held,
  moveRead,
  putMessage,
  putParticipant,
  putUser,
  type State,
  setConversation,
} from "./state.js";

/** The message, and what follows from it for the entity, unless the entity has counted it already. */
function takeMessage(state: State, held: Held, message: Message, changeSeq: number): void {
  const { conversation } = held;
  putMessage(state, held, message);
  conversation.last_seq = Math.max(conversation.last_seq, message.seq);
  // A sender has read everything before their message.
  if (message.type !== "system") moveRead(state, held, message.sender_id, message.seq);
  if (changeSeq > held.unread_as_of) countUnread(state, held);
}

/** The events of a conversation that are its numbered changes: each is applied once, in order. */
type Numbered = Extract<AnyEvent, { change_seq: number }>;

function takeNumbered(state: State, held: Held, frame: Exclude<Numbered, { type: "conversation.created" }>): void {
  const { change_seq } = frame;
  if (frame.type === "message.deleted" && frame.data.scope === "for_me") {
    const { message } = frame.data;
    // It may be the first that is received of it.
    if (message.type !== "system") moveRead(state, held, message.sender_id, message.seq);
    dropMessage(state, held, message);
    return;
  }
  if (change_seq <= held.change_seq) return;
  held.change_seq = change_seq;
  const { conversation } = held;
  conversation.last_change_seq = Math.max(conversation.last_change_seq, change_seq);
  switch (frame.type) {
    case "message.created":
    case "message.updated":
    case "message.deleted":
      return takeMessage(state, held, frame.data.message, change_seq);
    case "reaction.updated": {
      const message = held.messages.get(frame.data.seq);
      if (message !== undefined) putMessage(state, held, { ...message, change_seq, reactions: frame.data.reactions });
      return;
    }
    case "conversation.updated":
      return setConversation(state, held, frame.data.conversation);
    case "participant.added":
      for (const one of frame.data.participants) putParticipant(held, one);
      return;
    case "participant.updated": {
      const { participant } = frame.data;
      putParticipant(held, participant);
      if (participant.user.id === state.user_id) conversation.me.role = participant.role;
      return;
    }
    case "participant.removed":
      held.participants.delete(frame.data.user_id);
      return;
    default:
      return frame satisfies never;
  }
}

/** Applies a participant's own state, which is delivered beside the log, in absolute values. */
function takeState(state: State, held: Held, frame: Extract<AnyEvent, { type: "conversation.state_updated" }>): void {
  const { last_change_seq, last_read_seq, unread_count, ...rest } = frame.data;
  moveRead(state, held, state.user_id, last_read_seq);
  Object.assign(held.conversation.me, rest);
  const { me } = held.conversation;
  // The delivered count is stored as it is, so that it is compared with the database, unless a newer one is known.
  if (last_change_seq >= Math.max(held.unread_as_of, held.change_seq) && last_read_seq >= me.last_read_seq) {
    me.unread_count = unread_count;
    held.unread_as_of = last_change_seq;
  } else countUnread(state, held);
}

/** Brings the state up to date with an event. Answers a conversation that has to be listed, when one appeared. */
export function applyEvent(state: State, event: AnyEvent): Conversation | undefined {
  // The state must not share objects with that of other clients.
  const frame = structuredClone(event);
  const heldIn = (id: string): Held | undefined => {
    if (state.ended.has(id)) state.strays.push(frame);
    return state.conversations.get(id);
  };
  switch (frame.type) {
    case "conversation.created":
      state.ended.delete(frame.conversation_id);
      return frame.data.conversation;
    case "conversation.removed":
    case "conversation.deleted":
      state.conversations.delete(frame.conversation_id);
      if (frame.type === "conversation.removed" || frame.data.scope === "for_everyone") {
        state.ended.add(frame.conversation_id);
      }
      return undefined;
    case "conversation.read": {
      const held = heldIn(frame.conversation_id);
      if (held !== undefined) moveRead(state, held, frame.data.user_id, frame.data.last_read_seq);
      return undefined;
    }
    case "conversation.state_updated": {
      const held = heldIn(frame.conversation_id);
      if (held !== undefined) takeState(state, held, frame);
      return undefined;
    }
    case "message.created":
    case "message.updated":
    case "message.deleted":
    case "reaction.updated":
    case "conversation.updated":
    case "participant.added":
    case "participant.updated":
    case "participant.removed": {
      const held = heldIn(frame.conversation_id);
      if (held !== undefined) takeNumbered(state, held, frame);
      return undefined;
    }
    case "user.updated":
      putUser(state, frame.data.user);
      return undefined;
    case "block.created":
      state.blocked.set(frame.data.block.user.id, frame.data.block.created_at);
      return undefined;
    case "block.removed":
      state.blocked.delete(frame.data.user_id);
      return undefined;
    // These are no part of the state: ephemeral events, and rooms that it does not have.
    case "typing":
    case "presence.changed":
    case "media.ready":
    case "media.rejected":
      return undefined;
    default:
      return frame satisfies never;
  }
}
