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
        /**
         * @description The availability that agents set for themselves.
         * @enum {string}
         */
        Availability: "online" | "busy" | "offline";
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
            };
        };
        /**
         * @description Something that the caller may do. `send` is missing in a direct conversation with somebody whom the caller has blocked.
         * @enum {string}
         */
        Capability: "send" | "update" | "add_participants" | "remove_participants" | "update_participants" | "delete_any_message" | "delete_for_everyone" | "leave";
        /** @description A conversation as the caller sees it. */
        Conversation: {
            id: components["schemas"]["Id"];
            type: components["schemas"]["ConversationType"];
            name: string | null;
            description: string | null;
            avatar_url: string | null;
            metadata: {
                [key: string]: unknown;
            };
            created_by: components["schemas"]["Id"];
            created_at: components["schemas"]["Time"];
            updated_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description The seq of the newest message: 1, 2, 3, … without holes.
             */
            last_seq: number;
            /**
             * Format: int64
             * @description The number of the newest change of any kind.
             */
            last_change_seq: number;
            /**
             * Format: int64
             * @description The number of the newest read receipt. Receipts have numbers of their own: they move neither of the other two.
             */
            last_receipt_seq: number;
            /** @description The newest message that the caller may see. */
            last_message: components["schemas"]["Message"] | null;
            /** Format: int64 */
            participant_count: number;
            /** @description Up to five, others before the caller. */
            participants_preview: components["schemas"]["User"][];
            me: components["schemas"]["Membership"];
        };
        ConversationCreatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.created";
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                user_id: components["schemas"]["Id"];
                /** Format: int64 */
                last_read_seq: number;
            };
        };
        ConversationRemovedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.removed";
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
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
         * @description The role of a participant, which decides what they may do in a conversation.
         * @enum {string}
         */
        ConversationRole: "owner" | "admin" | "member";
        ConversationStateUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.state_updated";
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            at: components["schemas"]["Time"];
            data: {
                /**
                 * Format: int64
                 * @description The change of the conversation up to which `unread_count` counts.
                 */
                last_change_seq: number;
                /** Format: int64 */
                last_read_seq: number;
                /** Format: int64 */
                unread_count: number;
                is_muted: boolean;
                muted_until: components["schemas"]["Time"] | null;
                archived_at: components["schemas"]["Time"] | null;
                capabilities: components["schemas"]["Capability"][];
            };
        };
        /**
         * @description A direct conversation has two participants and exists once per pair; a group has any number.
         * @enum {string}
         */
        ConversationType: "direct" | "group";
        ConversationUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "conversation.updated";
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                conversation: components["schemas"]["Conversation"];
            };
        };
        /**
         * @description Every code that any operation may answer with; `x-error-codes` lists those of each.
         * @enum {string}
         */
        ErrorCode: "validation_failed" | "malformed_json" | "malformed_request" | "request_timeout" | "headers_too_large" | "unauthenticated" | "token_expired" | "route_not_found" | "method_not_allowed" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal_error" | "bad_gateway" | "unavailable" | "invalid_credentials" | "invalid_refresh_token" | "token_reused" | "invalid_current_password" | "password_too_common" | "email_taken" | "invalid_invite" | "invite_not_found" | "session_not_found" | "last_owner" | "forbidden" | "user_not_found" | "unknown_users" | "conversation_not_found" | "participant_not_found" | "direct_conversation_immutable" | "participant_limit" | "seq_out_of_range" | "message_not_found" | "message_deleted" | "idempotency_conflict" | "version_conflict" | "invalid_reply" | "replied_message_deleted" | "invalid_mention" | "reaction_limit" | "you_blocked_user" | "cannot_block_self" | "media_not_found" | "media_not_ready" | "media_already_attached" | "media_pending_limit" | "media_too_large" | "quota_exceeded" | "media_type_not_allowed" | "upload_missing" | "size_mismatch" | "content_type_mismatch" | "checksum_mismatch" | "image_too_large" | "attachment_limit" | "invalid_signature" | "url_expired" | "upload_in_progress" | "already_uploaded" | "object_not_found" | "range_not_satisfiable";
        HelloFrame: {
            /** @constant */
            t: "hello";
            /** @constant */
            protocol: 1;
            /** Format: int64 */
            heartbeat_interval_ms: number;
            /** Format: int64 */
            auth_timeout_ms: number;
            server_time: components["schemas"]["Time"];
        };
        /**
         * Format: uuid
         * @description A UUID (RFC 9562); version 7 where the service makes it.
         * @example 0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77
         */
        Id: string;
        /**
         * @description Every rule that an input can break.
         * @enum {string}
         */
        IssueCode: "invalid_type" | "invalid_value" | "invalid_format" | "invalid_union" | "invalid_key" | "invalid_element" | "too_small" | "too_big" | "not_multiple_of" | "unrecognized_key" | "invalid_encoding" | "invalid_json" | "forbidden_key" | "too_deep" | "one_of_required" | "mutually_exclusive" | "not_applicable" | "duplicate_item" | "unstorable_text" | "unknown_timezone" | "invalid_phone" | "invalid_cursor" | "not_in_future" | "own_id" | "unknown_user" | "invalid_mention" | "system_message";
        /** @description A file: announced (pending), checked (ready) or refused (rejected). */
        Media: {
            id: components["schemas"]["Id"];
            status: components["schemas"]["MediaStatus"];
            /** @description As announced, and then cleaned: safe to show and to save under. */
            file_name: string;
            content_type: string;
            /**
             * Format: int64
             * @description As announced; when ready, of what is handed out: images are written anew.
             */
            size_bytes: number;
            /** @description Pixels, of one frame and upright; images only. */
            width: number | null;
            /** @description Pixels, of one frame and upright; images only. */
            height: number | null;
            /** @description The file, when ready. Signed, good until urls_expire_at, and the same for some minutes. */
            cdn_url: string | null;
            /** @description Present for images that are ready: a WebP of at most 480 by 480 pixels, the first frame, never larger than the image. */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            at: components["schemas"]["Time"];
            data: {
                media: components["schemas"]["Media"];
            };
        };
        /**
         * @description Announced, checked, or refused.
         * @enum {string}
         */
        MediaStatus: "pending" | "ready" | "rejected";
        /** @description The caller's own part in a conversation. */
        Membership: {
            role: components["schemas"]["ConversationRole"];
            joined_at: components["schemas"]["Time"];
            /** Format: int64 */
            last_read_seq: number;
            /**
             * Format: int64
             * @description Exact and uncapped.
             */
            unread_count: number;
            is_muted: boolean;
            /** @description null while muted means: until unmuted. */
            muted_until: components["schemas"]["Time"] | null;
            archived_at: components["schemas"]["Time"] | null;
            capabilities: components["schemas"]["Capability"][];
        };
        /** @description A message as the caller sees it. `seq` is its position in the conversation and never changes; `change_seq` is the number of the latest change to it. */
        Message: {
            id: components["schemas"]["Id"];
            conversation_id: components["schemas"]["Id"];
            /** Format: int64 */
            seq: number;
            /** Format: int64 */
            change_seq: number;
            sender_id: components["schemas"]["Id"];
            client_message_id: string | null;
            /** @enum {string} */
            type: "text" | "media" | "system";
            /** @description null for deleted messages and for messages that carry only files. */
            text: string | null;
            /** @description Ready files. Their URLs expire, and no event renews them: `media.get` does, and every other read. */
            attachments: components["schemas"]["Media"][];
            reply_to: components["schemas"]["ReplyPreview"] | null;
            mentions: components["schemas"]["Id"][];
            reactions: components["schemas"]["Reaction"][];
            forwarded_from: components["schemas"]["MessageOrigin"] | null;
            /** @description The event, for messages of type system. */
            system: components["schemas"]["SystemEvent"] | null;
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                message: components["schemas"]["Message"];
                /** @enum {string} */
                scope: "for_me" | "for_everyone";
            };
        };
        /** @description Where a forwarded message was first. */
        MessageOrigin: {
            /** @description The first origin; this and the other ids only for those who can see it now. */
            message_id: components["schemas"]["Id"] | null;
            conversation_id: components["schemas"]["Id"] | null;
            sender_id: components["schemas"]["Id"] | null;
            /** @description The sender's display name when the message was forwarded. */
            sender_name: string;
            sent_at: components["schemas"]["Time"];
        };
        MessageUpdatedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "message.updated";
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
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
            /** Format: int64 */
            last_read_seq: number;
        };
        ParticipantAddedEvent: {
            /** @constant */
            t: "event";
            /** @constant */
            type: "participant.added";
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                participant: components["schemas"]["Participant"];
            };
        };
        PingFrame: {
            /** @constant */
            t: "ping";
            /** Format: int64 */
            n: number;
        };
        PongFrame: {
            /** @constant */
            t: "pong";
            /** Format: int64 */
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
                /** @description As in the list of agents: `offline` while the user is not online. */
                availability: components["schemas"]["Availability"];
            };
        };
        /** @description RFC 9457 problem details. */
        Problem: {
            /** @description A URI reference that names the kind of problem: /problems/<code>. */
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Stable; branch on this. */
            code: components["schemas"]["ErrorCode"];
            request_id: string;
            errors?: components["schemas"]["ProblemIssue"][];
        };
        /** @description One reason why an input was refused. */
        ProblemIssue: {
            /** @description Where in the input, dotted: participant_ids.0 */
            path: string;
            /** @description Which rule; stable. */
            code: components["schemas"]["IssueCode"];
            /** @description For people. */
            message: string;
        };
        /** @description All reactions of one kind on a message. */
        Reaction: {
            emoji: string;
            /** Format: int64 */
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
            s: number;
            conversation_id: components["schemas"]["Id"];
            /**
             * Format: int64
             * @description Ascending per conversation: drop what is not newer than the last event of it. `conversation.created` starts anew.
             */
            change_seq: number;
            at: components["schemas"]["Time"];
            data: {
                message_id: components["schemas"]["Id"];
                /** Format: int64 */
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
            /** Format: int64 */
            after_ms: number;
        };
        /** @description The message that a message replies to. */
        ReplyPreview: {
            message_id: components["schemas"]["Id"];
            /** Format: int64 */
            seq: number;
            sender_id: components["schemas"]["Id"];
            /** @description Its first 200 characters; null when that message was deleted or carries only files. No event comes for the reply when that message changes: what you show of it follows that message. */
            text: string | null;
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
        /** @description The event that a message of type system reports. */
        SystemEvent: {
            /** @enum {string} */
            kind: "participants_added" | "participant_removed" | "participant_left" | "conversation_renamed";
            user_ids: components["schemas"]["Id"][];
            name: string | null;
        };
        /**
         * @description The role of a user, which decides what they may do in the workspace.
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
            /**
             * Format: int64
             * @description 1, 2, 3, … per connection.
             */
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
  /** A message was sent, and its sender has read up to it (unless it is of the system). The sender's own sessions receive it too, with its client_message_id. */
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
