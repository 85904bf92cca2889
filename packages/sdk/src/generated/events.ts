// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AuthFrame: {
            /** @constant */
            t: "auth";
            token: string;
        };
        /** @description A user whom the caller has blocked. */
        Block: {
            user: components["schemas"]["User"];
            created_at: components["schemas"]["Time"];
        };
        BlockCreatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "block.created";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                block: components["schemas"]["Block"];
            };
        };
        BlockRemovedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "block.removed";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
            };
        };
        /** @description A conversation as the caller sees it. */
        Conversation: {
            id: components["schemas"]["Id"];
            /** @enum {string} */
            type: "direct" | "group";
            name: string | null;
            description: string | null;
            avatar_url: string | null;
            metadata: {
                [key: string]: unknown;
            };
            created_by: components["schemas"]["Id"];
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
            /** @description The seq of the newest message: 1, 2, 3, … without holes. */
            last_seq: number;
            /** @description The number of the newest change of any kind. */
            last_change_seq: number;
            /** @description The newest message that the caller may see. */
            last_message: components["schemas"]["Message"] | null;
            participant_count: number;
            /** @description Up to five, others before the caller. */
            participants_preview: components["schemas"]["User"][];
            me: {
                role: components["schemas"]["ConversationRole"];
                joined_at: components["schemas"]["Time"];
                last_read_seq: number;
                /** @description Exact and uncapped. */
                unread_count: number;
                is_muted: boolean;
                /** @description null while muted means: until unmuted. */
                muted_until: components["schemas"]["Time"] | null;
                archived_at: components["schemas"]["Time"] | null;
                capabilities: ("send" | "update" | "add_participants" | "remove_participants" | "update_participants" | "delete_any_message" | "delete_for_everyone" | "leave")[];
            };
        };
        ConversationCreatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.created";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                conversation: components["schemas"]["Conversation"];
            };
        };
        ConversationDeletedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.deleted";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                conversation_id: components["schemas"]["Id"];
                /** @enum {string} */
                scope: "for_me" | "for_everyone";
            };
        };
        ConversationReadEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.read";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
                last_read_seq: number;
            };
        };
        ConversationRemovedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.removed";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                conversation_id: components["schemas"]["Id"];
                /** @enum {string} */
                reason: "removed" | "left";
            };
        };
        /**
         * @description What a participant may do in a conversation.
         * @enum {string}
         */
        ConversationRole: "owner" | "admin" | "member";
        ConversationStateUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.state_updated";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                /** @description What `unread_count` counts: everything up to this change of the conversation. */
                last_change_seq: number;
                last_read_seq: number;
                unread_count: number;
                is_muted: boolean;
                muted_until: components["schemas"]["Time"] | null;
                archived_at: components["schemas"]["Time"] | null;
                capabilities: ("send" | "update" | "add_participants" | "remove_participants" | "update_participants" | "delete_any_message" | "delete_for_everyone" | "leave")[];
            };
        };
        ConversationUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.updated";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                conversation: components["schemas"]["Conversation"];
            };
        };
        HelloFrame: {
            /** @constant */
            t: "hello";
            /** @constant */
            protocol: 1;
            heartbeat_interval_ms: number;
            auth_timeout_ms: number;
            server_time: components["schemas"]["Time"];
        };
        /**
         * Format: uuid
         * @description A UUID (RFC 9562); version 7 where the service makes it.
         * @example 0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77
         */
        Id: string;
        /** @description A file: announced (pending), checked (ready) or refused (rejected). */
        Media: {
            id: components["schemas"]["Id"];
            /** @enum {string} */
            status: "pending" | "ready" | "rejected";
            /** @description As announced, and then cleaned: safe to show and to save under. */
            file_name: string;
            content_type: string;
            /** @description As announced; when ready, of what is handed out: images are written anew. */
            size_bytes: number;
            /** @description Pixels, of one frame and upright; images only. */
            width: number | null;
            /** @description Pixels, of one frame and upright; images only. */
            height: number | null;
            /** @description The file, when ready. Signed, good until urls_expire_at, and the same for some minutes. */
            cdn_url: string | null;
            /** @description Of images when ready: a WebP of at most 480 by 480 pixels, the first frame, never larger than the image. */
            thumbnail_url: string | null;
            /** @description Between 15 and 20 minutes from the answer; ask media.get for fresh ones. */
            urls_expire_at: components["schemas"]["Time"] | null;
            uploader_id: components["schemas"]["Id"];
            created_at: components["schemas"]["Time"];
        };
        MediaReadyEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "media.ready";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                media: components["schemas"]["Media"];
            };
        };
        MediaRejectedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "media.rejected";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                media: components["schemas"]["Media"];
            };
        };
        /** @description A message as the caller sees it. `seq` is its place in the conversation and never changes; `change_seq` is the number of the latest change to it. */
        Message: {
            id: components["schemas"]["Id"];
            conversation_id: components["schemas"]["Id"];
            seq: number;
            change_seq: number;
            sender_id: components["schemas"]["Id"];
            client_message_id: string | null;
            /** @enum {string} */
            type: "text" | "media" | "system";
            /** @description null for deleted messages and for messages that carry only files. */
            text: string | null;
            /** @description Ready files. Their URLs expire, and no event renews them: `media.get` does, and every other read. */
            attachments: components["schemas"]["Media"][];
            reply_to: {
                message_id: components["schemas"]["Id"];
                seq: number;
                sender_id: components["schemas"]["Id"];
                /** @description Its first 200 characters; null when that message was deleted or carries only files. No event comes for the reply when that message changes: what you show of it follows that message. */
                text: string | null;
            } | null;
            mentions: components["schemas"]["Id"][];
            reactions: components["schemas"]["Reaction"][];
            forwarded_from: {
                /** @description The first origin; this and the other ids only for those who can see it now. */
                message_id: components["schemas"]["Id"] | null;
                conversation_id: components["schemas"]["Id"] | null;
                sender_id: components["schemas"]["Id"] | null;
                /** @description The sender's display name when the message was forwarded. */
                sender_name: string;
                sent_at: components["schemas"]["Time"];
            } | null;
            /** @description What happened, for messages of type system. */
            system: {
                /** @enum {string} */
                kind: "participants_added" | "participant_removed" | "participant_left" | "conversation_renamed";
                user_ids: components["schemas"]["Id"][];
                name: string | null;
            } | null;
            metadata: {
                [key: string]: unknown;
            };
            created_at: components["schemas"]["Time"];
            edited_at: components["schemas"]["Time"] | null;
            deleted_at: components["schemas"]["Time"] | null;
            /** @description Sent to a group while the caller had blocked the sender; never counts as unread. */
            from_blocked_user: boolean;
        };
        MessageCreatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "message.created";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                message: components["schemas"]["Message"];
            };
        };
        MessageDeletedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "message.deleted";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                message: components["schemas"]["Message"];
                /** @enum {string} */
                scope: "for_me" | "for_everyone";
            };
        };
        MessageUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "message.updated";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                message: components["schemas"]["Message"];
            };
        };
        /** @description A user in a conversation. */
        Participant: {
            user: components["schemas"]["User"];
            role: components["schemas"]["ConversationRole"];
            joined_at: components["schemas"]["Time"];
            last_read_seq: number;
        };
        ParticipantAddedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "participant.added";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                participants: components["schemas"]["Participant"][];
            };
        };
        ParticipantRemovedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "participant.removed";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
                /** @enum {string} */
                reason: "removed" | "left";
            };
        };
        ParticipantUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "participant.updated";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                participant: components["schemas"]["Participant"];
            };
        };
        PingFrame: {
            /** @constant */
            t: "ping";
            n: number;
        };
        PongFrame: {
            /** @constant */
            t: "pong";
            n: number;
        };
        PresenceChangedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "presence.changed";
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
                is_online: boolean;
                last_seen_at: components["schemas"]["Time"] | null;
                /**
                 * @description As in the list of agents: `offline` while the user is not online.
                 * @enum {string}
                 */
                availability: "online" | "busy" | "offline";
            };
        };
        /** @description RFC 9457 problem details. */
        Problem: {
            /** @description A URI reference that names the kind of problem: /problems/<code>. */
            type: string;
            title: string;
            status: number;
            detail: string;
            /**
             * @description Stable; branch on this.
             * @enum {string}
             */
            code: "validation_failed" | "malformed_json" | "malformed_request" | "headers_too_large" | "unauthenticated" | "token_expired" | "route_not_found" | "method_not_allowed" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal_error" | "bad_gateway" | "unavailable" | "invalid_credentials" | "invalid_refresh_token" | "token_reused" | "invalid_current_password" | "password_too_common" | "email_taken" | "invalid_invite" | "invite_not_found" | "session_not_found" | "last_owner" | "forbidden" | "user_not_found" | "unknown_users" | "conversation_not_found" | "participant_not_found" | "direct_conversation_immutable" | "participant_limit" | "seq_out_of_range" | "message_not_found" | "message_deleted" | "idempotency_conflict" | "version_conflict" | "invalid_reply" | "replied_message_deleted" | "invalid_mention" | "reaction_limit" | "you_blocked_user" | "cannot_block_self" | "media_not_found" | "media_not_ready" | "media_already_attached" | "media_pending_limit" | "media_too_large" | "media_type_not_allowed" | "upload_missing" | "size_mismatch" | "content_type_mismatch" | "checksum_mismatch" | "image_too_large" | "attachment_limit" | "invalid_signature" | "url_expired" | "object_not_found" | "range_not_satisfiable";
            request_id: string;
            errors?: {
                /** @description Where in the input, dotted: participant_ids.0 */
                path: string;
                code: string;
                message: string;
            }[];
        };
        /** @description All reactions of one kind on a message. */
        Reaction: {
            emoji: string;
            count: number;
            /** @description Whether the caller is among them. */
            reacted: boolean;
            /** @description The first ten. */
            user_ids: components["schemas"]["Id"][];
        };
        ReactionUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "reaction.updated";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /** @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew. */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                message_id: components["schemas"]["Id"];
                seq: number;
                user_id: components["schemas"]["Id"];
                reactions: components["schemas"]["Reaction"][];
            };
        };
        ReadyFrame: {
            /** @constant */
            t: "ready";
            connection_id: string;
            user_id: components["schemas"]["Id"];
            server_time: components["schemas"]["Time"];
        };
        ReconnectFrame: {
            /** @constant */
            t: "reconnect";
            after_ms: number;
        };
        ReqFrame: {
            /** @constant */
            t: "req";
            id: string | number;
            /** @enum {string} */
            op: "conversations.list" | "conversations.create" | "conversations.get" | "conversations.update" | "conversations.delete" | "conversations.mark_read" | "conversations.set_typing" | "conversations.mute" | "conversations.unmute" | "conversations.archive" | "conversations.unarchive" | "conversations.list_unread" | "participants.list" | "participants.add" | "participants.remove" | "participants.update" | "messages.send" | "messages.list" | "messages.sync" | "messages.get" | "messages.list_edits" | "messages.edit" | "messages.delete" | "messages.react" | "messages.forward" | "messages.search" | "users.list" | "users.search" | "users.list_agents" | "users.block" | "users.unblock" | "users.list_blocks" | "media.create_upload_url" | "media.confirm" | "media.get";
            /** @description The input of the operation as in openapi.json: the fields of path, query and body in one object. */
            d?: unknown;
        };
        ResFrame: {
            /** @constant */
            t: "res";
            id: string | number;
            /** @constant */
            ok: true;
            /** @description The answer; null where REST answers 204. */
            d: unknown;
        } | {
            /** @constant */
            t: "res";
            id: string | number;
            /** @constant */
            ok: false;
            error: components["schemas"]["Problem"];
        };
        ResyncFrame: {
            /** @constant */
            t: "resync";
            reason: string;
        };
        /**
         * @description What a user may do in the workspace.
         * @enum {string}
         */
        TenantRole: "owner" | "admin" | "agent" | "member";
        /**
         * Format: date-time
         * @description RFC 3339, UTC, milliseconds.
         * @example 2026-03-01T09:30:00.000Z
         */
        Time: string;
        TypingEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "typing";
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
                is_typing: boolean;
                expires_at: components["schemas"]["Time"];
            };
        };
        /** @description A member of the workspace as others see them. Email and phone are never shown to others. */
        User: {
            id: components["schemas"]["Id"];
            display_name: string;
            avatar_url: string | null;
            timezone: string | null;
            role: components["schemas"]["TenantRole"];
            /** @description Whether a socket is open, or was until a moment ago, whatever the availability. Across a block: false. */
            is_online: boolean;
            /** @description When the last socket had closed, the last time that the user went offline. */
            last_seen_at: components["schemas"]["Time"] | null;
            created_at: components["schemas"]["Time"];
        };
        UserUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "user.updated";
            /** @description 1, 2, 3, … per connection. */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                user: components["schemas"]["User"];
            };
        };
    };
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
  "block.created": components["schemas"]["BlockCreatedEvent"];
  /** The caller unblocked a user. */
  "block.removed": components["schemas"]["BlockRemovedEvent"];
  /** A conversation appeared in the caller's list. */
  "conversation.created": components["schemas"]["ConversationCreatedEvent"];
  /** A conversation was deleted. */
  "conversation.deleted": components["schemas"]["ConversationDeletedEvent"];
  /** A participant has read up to a seq. */
  "conversation.read": components["schemas"]["ConversationReadEvent"];
  /** The caller is no longer a participant. */
  "conversation.removed": components["schemas"]["ConversationRemovedEvent"];
  /** The caller's own state changed, perhaps on another device. All values are absolute. */
  "conversation.state_updated": components["schemas"]["ConversationStateUpdatedEvent"];
  /** Name, description, avatar, metadata, or who takes part changed. `me` is as of the conversation's `last_change_seq`. */
  "conversation.updated": components["schemas"]["ConversationUpdatedEvent"];
  /** An upload passed its checks. */
  "media.ready": components["schemas"]["MediaReadyEvent"];
  /** An upload was refused. */
  "media.rejected": components["schemas"]["MediaRejectedEvent"];
  /** A message was sent, and its sender has read up to it (unless it is of the system). The sender's own sessions hear it too, with its client_message_id. */
  "message.created": components["schemas"]["MessageCreatedEvent"];
  /** A message was deleted: for everyone (the tombstone), or for me (own sessions only). */
  "message.deleted": components["schemas"]["MessageDeletedEvent"];
  /** A message was edited, or a file was added to it. */
  "message.updated": components["schemas"]["MessageUpdatedEvent"];
  /** Users joined the conversation. */
  "participant.added": components["schemas"]["ParticipantAddedEvent"];
  /** A participant left or was removed. */
  "participant.removed": components["schemas"]["ParticipantRemovedEvent"];
  /** A participant's role changed. */
  "participant.updated": components["schemas"]["ParticipantUpdatedEvent"];
  /** A user came online, went offline some seconds after their last socket had closed, or chose another availability while online. */
  "presence.changed": components["schemas"]["PresenceChangedEvent"];
  /** The reactions of a message changed. */
  "reaction.updated": components["schemas"]["ReactionUpdatedEvent"];
  /** A participant is typing, or has stopped. */
  "typing": components["schemas"]["TypingEvent"];
  /** A user's profile or role changed. */
  "user.updated": components["schemas"]["UserUpdatedEvent"];
}

export type EventType = keyof EventMap;
