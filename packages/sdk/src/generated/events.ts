// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

import type { Availability, Block, Capability, Conversation, Id, Media, Message, Participant, Problem, Reaction, Time, User } from "./openapi.js";

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
/** The realtime token, as the first frame. */
export interface AuthFrame {
    t: "auth";
    token: string;
}

/** The caller blocked a user. */
export interface BlockCreatedEvent {
    t: "event";
    type: "block.created";
    /** 1, 2, 3, … per connection. */
    s: number;
    at: Time;
    data: {
        block: Block;
    };
}

/** The caller unblocked a user. */
export interface BlockRemovedEvent {
    t: "event";
    type: "block.removed";
    /** 1, 2, 3, … per connection. */
    s: number;
    at: Time;
    data: {
        user_id: Id;
    };
}

/** A conversation appeared in the caller's list. */
export interface ConversationCreatedEvent {
    t: "event";
    type: "conversation.created";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        conversation: Conversation;
    };
}

/** A conversation was deleted. */
export interface ConversationDeletedEvent {
    t: "event";
    type: "conversation.deleted";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    at: Time;
    data: {
        conversation_id: Id;
        scope: "for_me" | "for_everyone";
    };
}

/** A participant has read up to a seq. */
export interface ConversationReadEvent {
    t: "event";
    type: "conversation.read";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    at: Time;
    data: {
        user_id: Id;
        last_read_seq: number;
    };
}

/** The caller is no longer a participant. */
export interface ConversationRemovedEvent {
    t: "event";
    type: "conversation.removed";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    at: Time;
    data: {
        conversation_id: Id;
        reason: "removed" | "left";
    };
}

/** The caller's own state changed, perhaps on another device. All values are absolute. */
export interface ConversationStateUpdatedEvent {
    t: "event";
    type: "conversation.state_updated";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    at: Time;
    data: {
        /** The change of the conversation up to which `unread_count` counts. */
        last_change_seq: number;
        last_read_seq: number;
        unread_count: number;
        is_muted: boolean;
        muted_until: Time | null;
        archived_at: Time | null;
        capabilities: Capability[];
    };
}

/** Name, description, avatar, metadata, or who takes part changed. `me` is as of the conversation's `last_change_seq`. */
export interface ConversationUpdatedEvent {
    t: "event";
    type: "conversation.updated";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        conversation: Conversation;
    };
}

/** The first frame of every connection. */
export interface HelloFrame {
    t: "hello";
    protocol: 1;
    heartbeat_interval_ms: number;
    auth_timeout_ms: number;
    server_time: Time;
}

/** An upload passed its checks. */
export interface MediaReadyEvent {
    t: "event";
    type: "media.ready";
    /** 1, 2, 3, … per connection. */
    s: number;
    at: Time;
    data: {
        media: Media;
    };
}

/** An upload was refused. */
export interface MediaRejectedEvent {
    t: "event";
    type: "media.rejected";
    /** 1, 2, 3, … per connection. */
    s: number;
    at: Time;
    data: {
        media: Media;
    };
}

/** A message was sent, and its sender has read up to it (unless it is of the system). The sender's own sessions receive it too, with its client_message_id. */
export interface MessageCreatedEvent {
    t: "event";
    type: "message.created";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        message: Message;
    };
}

/** A message was deleted: for everyone (the tombstone), or for me (own sessions only). */
export interface MessageDeletedEvent {
    t: "event";
    type: "message.deleted";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        message: Message;
        scope: "for_me" | "for_everyone";
    };
}

/** A message was edited, or a file was added to it. */
export interface MessageUpdatedEvent {
    t: "event";
    type: "message.updated";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        message: Message;
    };
}

/** Users joined the conversation. */
export interface ParticipantAddedEvent {
    t: "event";
    type: "participant.added";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        participants: Participant[];
    };
}

/** A participant left or was removed. */
export interface ParticipantRemovedEvent {
    t: "event";
    type: "participant.removed";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        user_id: Id;
        reason: "removed" | "left";
    };
}

/** A participant's role changed. */
export interface ParticipantUpdatedEvent {
    t: "event";
    type: "participant.updated";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        participant: Participant;
    };
}

/** Asks for a pong with the same number. */
export interface PingFrame {
    t: "ping";
    n: number;
}

/** The answer to a ping. */
export interface PongFrame {
    t: "pong";
    n: number;
}

/** A user came online, went offline some seconds after their last socket had closed, or chose another availability while online. */
export interface PresenceChangedEvent {
    t: "event";
    type: "presence.changed";
    at: Time;
    data: {
        user_id: Id;
        is_online: boolean;
        last_seen_at: Time | null;
        /** As in the list of agents: `offline` while the user is not online. */
        availability: Availability;
    };
}

/** The reactions of a message changed. */
export interface ReactionUpdatedEvent {
    t: "event";
    type: "reaction.updated";
    /** 1, 2, 3, … per connection. */
    s: number;
    conversation_id: Id;
    /** Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
    change_seq: number;
    at: Time;
    data: {
        message_id: Id;
        seq: number;
        user_id: Id;
        reactions: Reaction[];
    };
}

/** The token was accepted; events follow. */
export interface ReadyFrame {
    t: "ready";
    connection_id: string;
    user_id: Id;
    server_time: Time;
}

/** The node is about to drain: connect again after the given time. */
export interface ReconnectFrame {
    t: "reconnect";
    after_ms: number;
}

/** A call of an operation, with the same validation, limits and idempotency as over REST. */
export interface ReqFrame {
    t: "req";
    id: string | number;
    op: "conversations.list" | "conversations.create" | "conversations.get" | "conversations.update" | "conversations.delete" | "conversations.mark_read" | "conversations.set_typing" | "conversations.mute" | "conversations.unmute" | "conversations.archive" | "conversations.unarchive" | "conversations.list_unread" | "participants.list" | "participants.add" | "participants.remove" | "participants.update" | "messages.send" | "messages.list" | "messages.sync" | "messages.get" | "messages.list_edits" | "messages.edit" | "messages.delete" | "messages.react" | "messages.forward" | "messages.search" | "users.list" | "users.search" | "users.list_agents" | "users.block" | "users.unblock" | "users.list_blocks" | "media.create_upload_url" | "media.confirm" | "media.get";
    /** The input of the operation as in openapi.json: the fields of path, query and body in one object. */
    d?: unknown;
}

/** The answer to the request with the same id. */
export type ResFrame = {
    t: "res";
    id: string | number;
    ok: true;
    /** The answer; null where REST answers 204. */
    d: unknown;
} | {
    t: "res";
    id: string | number;
    ok: false;
    error: Problem;
};

/** This connection may have missed something: call messages.sync. */
export interface ResyncFrame {
    t: "resync";
    reason: string;
}

/** A participant is typing, or has stopped. */
export interface TypingEvent {
    t: "event";
    type: "typing";
    conversation_id: Id;
    at: Time;
    data: {
        user_id: Id;
        is_typing: boolean;
        expires_at: Time;
    };
}

/** A user's profile or role changed. */
export interface UserUpdatedEvent {
    t: "event";
    type: "user.updated";
    /** 1, 2, 3, … per connection. */
    s: number;
    at: Time;
    data: {
        user: User;
    };
}

export interface components {
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

/** The frame of each type of event. */
export interface EventMap {
  /** The caller blocked a user. */
  "block.created": BlockCreatedEvent;
  /** The caller unblocked a user. */
  "block.removed": BlockRemovedEvent;
  /** A conversation appeared in the caller's list. */
  "conversation.created": ConversationCreatedEvent;
  /** A conversation was deleted. */
  "conversation.deleted": ConversationDeletedEvent;
  /** A participant has read up to a seq. */
  "conversation.read": ConversationReadEvent;
  /** The caller is no longer a participant. */
  "conversation.removed": ConversationRemovedEvent;
  /** The caller's own state changed, perhaps on another device. All values are absolute. */
  "conversation.state_updated": ConversationStateUpdatedEvent;
  /** Name, description, avatar, metadata, or who takes part changed. `me` is as of the conversation's `last_change_seq`. */
  "conversation.updated": ConversationUpdatedEvent;
  /** An upload passed its checks. */
  "media.ready": MediaReadyEvent;
  /** An upload was refused. */
  "media.rejected": MediaRejectedEvent;
  /** A message was sent, and its sender has read up to it (unless it is of the system). The sender's own sessions receive it too, with its client_message_id. */
  "message.created": MessageCreatedEvent;
  /** A message was deleted: for everyone (the tombstone), or for me (own sessions only). */
  "message.deleted": MessageDeletedEvent;
  /** A message was edited, or a file was added to it. */
  "message.updated": MessageUpdatedEvent;
  /** Users joined the conversation. */
  "participant.added": ParticipantAddedEvent;
  /** A participant left or was removed. */
  "participant.removed": ParticipantRemovedEvent;
  /** A participant's role changed. */
  "participant.updated": ParticipantUpdatedEvent;
  /** A user came online, went offline some seconds after their last socket had closed, or chose another availability while online. */
  "presence.changed": PresenceChangedEvent;
  /** The reactions of a message changed. */
  "reaction.updated": ReactionUpdatedEvent;
  /** A participant is typing, or has stopped. */
  "typing": TypingEvent;
  /** A user's profile or role changed. */
  "user.updated": UserUpdatedEvent;
}

export type EventType = keyof EventMap;
