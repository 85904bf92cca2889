// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

export interface paths {
    "/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an account and a workspace
         * With `tenant_name` a new workspace is created and the user owns it; with `invite_token` the user joins the workspace of the invite, with its role, if whoever made the invite may still give it. Exactly one of the two. A server may be set to take no new workspaces, or no new accounts at all: `signup_closed`.
         *     Nobody has to prove that an email is theirs, except with an invite made out to it. Such an invite therefore wins over an account that has the email, was made without one more than a day ago, and was evidently never used since: that account loses the email, its session ends, and it is deactivated; its workspace stays as it is, with nobody in it. Any other account keeps its email: `email_taken`.
         *     The password must not be easy to guess for somebody who knows the email, the phone number, and the names of the user and the workspace.
         *     Beyond the schema: `tenant_name`: give either tenant_name or invite_token; `email`: must have at most 64 characters before the @; `timezone`: must be an IANA time zone such as Europe/Berlin.
         *     Rate limit: 5 calls in 3600 s per address, within 100 calls in 60 s per address over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`, `invalid_invite`, `password_too_common`; 403 `signup_closed`; 409 `email_taken`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        post: operations["auth.signup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange credentials for an access token and a refresh token
         * An unknown email, a wrong password and a deactivated account get the same answer in the same time. After 5 failures in 15 minutes an address has to wait before it tries the same account again. After 50 in 60 minutes, wherever they came from, so has everybody who never signed in to the account from where they are.
         *     Beyond the schema: `email`: must have at most 64 characters before the @.
         *     Rate limit: 20 calls in 60 s per address, within 100 calls in 60 s per address over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `invalid_credentials`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        post: operations["auth.login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Rotate the access token
         * Answers a new access token and a new refresh token. The token just replaced may be sent again, and gets the same successor, for as long as nobody has used that (neither refreshed it nor presented an access token that came with it: the reply was lost), and for 10 seconds in any case (two tabs). After that, and for any older one, the session is revoked (RFC 9700 section 4.14.2).
         *     Rate limit: 30 calls in 60 s per address, within 100 calls in 60 s per address over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `invalid_refresh_token`, `token_reused`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        post: operations["auth.refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke the current refresh token
         * The access tokens of the session are refused within a second everywhere, and its sockets close.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        post: operations["auth.logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The authenticated user and workspace
         * Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        get: operations["auth.me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Display name, avatar, timezone, phone, availability
         * Fields left out stay as they are; `null` clears. Others in the user's conversations see `user.updated`; of another availability, while the user is online, `presence.changed`.
         *     Beyond the schema: `timezone`: must be an IANA time zone such as Europe/Berlin.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        patch: operations["auth.update_profile"];
        trace?: never;
    };
    "/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the account password
         * Ends every other session of the user. The new password must not be easy to guess, as for `auth.signup`.
         *     Rate limit: 5 calls in 3600 s per user, within 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`, `password_too_common`; 401 `unauthenticated`, `token_expired`; 403 `invalid_current_password`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        post: operations["auth.change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open invites, newest first
         * Owners and admins.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        get: operations["auth.list_invites"];
        put?: never;
        /** Invite someone into the workspace
         * Owners and admins; only owners may invite owners. The token is shown once and works once, while whoever made it may still give the role. With `email` it works only for a signup with that email, which then counts as verified. Nobody reads mail here: that means no more than that whoever signed up was given the token.
         *     Beyond the schema: `email`: must have at most 64 characters before the @.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        post: operations["auth.create_invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an invite
         * Owners and admins. Idempotent for an invite that is revoked or used already.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `invite_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        delete: operations["auth.revoke_invite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the caller is signed in, newest first
         * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        get: operations["auth.list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the caller's sessions
         * Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `session_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        delete: operations["auth.revoke_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a member's role, deactivate or reactivate them
         * Owners and admins; only owners may make, change or deactivate owners. Deactivating ends the sessions and sockets of the user and keeps their name in history. A lower role, deactivating and reactivating revoke the open invites that the user has made.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `user_not_found`; 409 `last_owner`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        patch: operations["auth.update_member"];
        trace?: never;
    };
    "/v1/messaging/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Exchange an access token for a realtime token
         * The token opens one socket: it goes into the first frame, is valid for 60 seconds, is refused by every REST route and dies with the session. Each connection needs a token of its own. Never stored by caches.
         *     Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`. */
        get: operations["messaging.token"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations the caller participates in
         * Latest activity first. A page never repeats an item of an earlier page of the same walk; what becomes active meanwhile is announced on the socket.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. With `q`: share `search`, 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["conversations.list"];
        put?: never;
        /** Create a conversation
         * A direct conversation has exactly one other participant and exists once per pair: creating it again answers the existing one. A group may start with up to 500 others; the caller owns it. Those who have blocked the caller are left out of a group, and do not see a new direct conversation; the caller is not notified. With somebody whom the caller has blocked no new direct conversation is made.
         *     Beyond the schema: `participant_ids`: a direct conversation has exactly one other participant; `name`: only groups have this; `description`: only groups have this; `avatar_url`: only groups have this; `metadata`: must not nest deeper than 32 levels, must not contain NUL or unpaired surrogates, must have no integers beyond 9007199254740991; send them as strings, must be at most 16384 bytes as JSON.
         *     Rate limit: 10 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`, `unknown_users`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["conversations.create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One conversation
         * Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["conversations.get"];
        put?: never;
        post?: never;
        /** Delete a conversation for oneself or for everyone
         * for_me: the conversation leaves the caller's list and comes back with the next message, showing only what is new. for_everyone: by the owner of a group, an owner or admin of the workspace, or either side of a direct conversation; it is gone for all.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        delete: operations["conversations.delete"];
        options?: never;
        head?: never;
        /** Update name, description, avatar or metadata
         * Groups only, by their owner and admins. Fields left out stay; `null` clears. Nothing changed: no event.
         *     Beyond the schema: `metadata`: must not nest deeper than 32 levels, must not contain NUL or unpaired surrogates, must have no integers beyond 9007199254740991; send them as strings, must be at most 16384 bytes as JSON.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 409 `direct_conversation_immutable`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        patch: operations["conversations.update"];
        trace?: never;
    };
    "/v1/chat/conversations/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mark as read up to a seq
         * Never moves back: a lower seq answers the current position. The other participants receive an event, except across a block.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Share `receipt`: 1 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s.
         *     Errors: 400 `validation_failed`, `malformed_json`, `seq_out_of_range`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["conversations.mark_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Broadcast a typing indicator
         * Ephemeral: it expires after 6 seconds and is never stored. More than one a second is dropped silently. Not delivered across a block.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["conversations.set_typing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mute for the caller
         * Without `until`: until unmuted. Idempotent. Does not change the unread count.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["conversations.mute"];
        /** Unmute for the caller
         * Idempotent.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        delete: operations["conversations.unmute"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Archive for the caller
         * Idempotent. A new message does not unarchive.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["conversations.archive"];
        /** Unarchive for the caller
         * Idempotent.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        delete: operations["conversations.unarchive"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Per-conversation unread counts
         * Only conversations with unread messages, and the total over all of them. Where `has_more` says that there are others, the list of conversations with `unread_only` and `filter=all` has all of them, page by page.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["conversations.list_unread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List participants
         * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["participants.list"];
        put?: never;
        /** Add participants
         * Groups only, by their owner and admins. `history` says whether the added users see what was written before. Answers who was added, who was there already and who was skipped.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`, `unknown_users`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 409 `direct_conversation_immutable`, `participant_limit`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["participants.add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}/participants/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a participant, or leave
         * The owner and admins remove those of a lower role; anyone may remove themselves. Idempotent. When the owner leaves, the longest-standing admin, else member, becomes the owner.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 409 `direct_conversation_immutable`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        delete: operations["participants.remove"];
        options?: never;
        head?: never;
        /** Change a role, or hand over ownership
         * By the owner. Giving the role `owner` makes the previous owner an admin.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`, `participant_not_found`; 409 `direct_conversation_immutable`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        patch: operations["participants.update"];
        trace?: never;
    };
    "/v1/chat/messages/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message
         * `client_message_id` makes the call idempotent, for good: the same content answers the original message, other content is refused. A retry takes no seq. To somebody who has blocked the caller it is answered like any other, and never reaches them. A message without text is of type `media`.
         *     Beyond the schema: `text`: give text or media_ids; `media_ids`: must not repeat an id; `metadata`: must not nest deeper than 32 levels, must not contain NUL or unpaired surrogates, must have no integers beyond 9007199254740991; send them as strings, must be at most 16384 bytes as JSON.
         *     Rate limit: 20 calls in 4 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `send`: 20 of a user at once; 500 more of a user wait for their turn, and beyond them the answer is 429. Deadline: 4.5 s.
         *     Errors: 400 `validation_failed`, `malformed_json`, `invalid_reply`, `invalid_mention`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`; 404 `conversation_not_found`, `media_not_found`; 409 `idempotency_conflict`, `replied_message_deleted`, `media_not_ready`, `media_already_attached`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["messages.send"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch messages with pagination
         * One of `before_seq`, `after_seq` (both exclusive) and `around_seq`, or none for the latest. Ascending by seq; deleted messages stay as tombstones. Reading does not mark as read.
         *     Beyond the schema: `before_seq`: give at most one of before_seq, after_seq and around_seq.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["messages.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/messages/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Catch up in many conversations at once
         * State-based: a message changed ten times comes once, in its latest state. A message with a seq that you hold already is an edit, a reaction or a deletion; without `last_change_seq` only messages after `last_seq` come. There is no time window, and everything is read in one snapshot. `user_cursor` covers what no conversation's log holds: conversations added and removed, the caller's own read position, mute, archive, deleted messages and blocks on other devices, and the profiles of others.
         *     To begin: take a `user_cursor` (a call without conversations and without a cursor); walk the list of conversations to its end; list the messages and participants that you want to hold; call sync with the conversations held and the cursor. The state is then that of a fresh list, whatever was written meanwhile: `added` also holds the conversations that have moved in the list since the cursor was taken and that the call does not name. From then on the same call, with the numbers of the last answer, catches up.
         *     Presence and typing are ephemeral and in no answer of sync: who was away lists the users that it shows anew.
         *     Rate limit: 120 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `sync`: 1 of a user, 1 of a workspace, 2 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 1,000,000 bytes per second.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["messages.sync"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One message
         * Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `message_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["messages.get"];
        put?: never;
        post?: never;
        /** Delete a message for oneself or for everyone
         * for_me: the caller no longer sees it anywhere; others notice nothing. for_everyone: by the sender, or by an owner or admin of the group, and not of system messages; a tombstone remains, and files that no other message carries are gone for good. Idempotent.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `message_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        delete: operations["messages.delete"];
        options?: never;
        head?: never;
        /** Edit a message you sent
         * By the sender, while it is not deleted; forwarded messages are somebody else's words and cannot be edited. With `expected_change_seq` only if nobody changed it since. Earlier texts are stored (list_edits). The same text: no event. A message to somebody who has blocked the sender since disappears for them when it is edited.
         *     Rate limit: 5 calls in 1 s per user, within 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `message_not_found`; 409 `version_conflict`; 410 `message_deleted`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        patch: operations["messages.edit"];
        trace?: never;
    };
    "/v1/chat/messages/{id}/edits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Earlier texts of a message, newest first
         * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `message_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["messages.list_edits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/messages/{id}/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Toggle a reaction
         * `add` and `remove` are idempotent; `toggle` is for people, not for retries. One emoji; 20 kinds a message. In a direct conversation somebody who has blocked the caller never learns of it.
         *     Rate limit: 5 calls in 1 s per user, within 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`; 404 `message_not_found`; 409 `reaction_limit`; 410 `message_deleted`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["messages.react"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/messages/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Forward messages to other conversations
         * Snapshots of text and files, in the order given; `forwarded_from` names the first origin. A message that cannot be read fails the call before anything is written; a conversation that cannot be written to fails alone. System messages cannot be forwarded. Idempotent with `client_forward_id`, for good: the same content answers the messages there are, and tries those conversations again that failed. `unknown`, with the code `unavailable`: the database went away before it said whether the messages were written; the same call with the same `client_forward_id` finds out. From the first conversation on whose messages would make the answer too large, `messages` is left out.
         *     Rate limit: 10 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `forward`: 1 of a user at once; 100 more of a user wait for their turn, and beyond them the answer is 429. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `message_not_found`; 409 `idempotency_conflict`; 410 `message_deleted`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["messages.forward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/messages/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Full-text search across accessible messages
         * Web-search syntax: "a phrase", -word, or. Only what the caller may read now. `has=media` finds messages that carry files. Snippets are plain text; ranges count Unicode code points. The first 24 words of `q` count.
         *     Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `search`: 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 50,000 bytes keeps its slot of the user until they have passed at 250,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["messages.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users visible to the caller
         * Active users of the workspace other than the caller, by display name.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. With `q`: share `search`, 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["users.list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/users/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search users by name or phone
         * Active users of the workspace other than the caller. By name: each word of `q` begins a word of the name, without regard to accents and case; where words are not separated by spaces, from any character on. First the name itself, then names that begin so, then the others, at last names that are only similar (where PostgreSQL has the extension pg_trgm). By phone, when `q` begins with + and has nothing but digits and what people put between them: only who has exactly this number, which is never echoed.
         *     Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `search`: 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 50,000 bytes keeps its slot of the user until they have passed at 250,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["users.search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Agents in the workspace
         * Active users with the role owner, admin or agent, the caller included, by display name. `presence.changed` reports their availability, `user.updated` of their role, to those who share a conversation with them.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["users.list_agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/users/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Soft-block a user
         * Idempotent. The blocked user is not notified. Their direct messages no longer arrive, and never will; what they write in shared groups is marked `from_blocked_user` and not counted as unread; they cannot add the caller to groups. The caller cannot write to them directly. Neither learns of the other's presence, typing and reading any more.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`, `cannot_block_self`; 401 `unauthenticated`, `token_expired`; 404 `user_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["users.block"];
        /** Unblock a user
         * Idempotent. What they write from then on arrives and counts; messages that the block withheld stay withheld.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `user_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        delete: operations["users.unblock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users the caller has blocked
         * The latest first.
         *     Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["users.list_blocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/media/upload-url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue a presigned upload URL
         * Size and type are signed into the URL, which is good for 15 minutes. Images up to 25 MB (25,000,000 bytes), other files up to 100 MB, of the allowed types. It takes one file, once: a second PUT is refused (409 here, 412 by S3), also while the first is on its way, and then the file is there. What is not confirmed within 24 hours is removed, and what is confirmed and not sent with a message within 7 days; a user may have 20 uploads pending. What a user and a workspace keep is bounded (413 `quota_exceeded`): the announced size counts from now on, that of what is handed out once it is confirmed, nothing once it is rejected or removed. A forwarded file counts once, for its uploader.
         *     Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 409 `media_pending_limit`; 413 `payload_too_large`, `media_too_large`, `quota_exceeded`; 415 `unsupported_media_type`, `media_type_not_allowed`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["media.create_upload_url"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/media/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm that the upload is complete and attach it to a message
         * By the uploader only; idempotent. The bytes must be of the announced size, checksum and type: text holds no controls and does not begin like HTML, XML or SVG, office documents of the newer types carry no macros, an image has at most 50,000,000 pixels in all frames together and 500 frames, is not damaged, and takes at most 10 s of a processor to be read and written (`image_too_large` is about any of the three). Images are written anew: upright, without EXIF, location and other metadata, animations of GIF and WebP kept. A later use of the upload URL changes nothing. 422 is final: the file is rejected, and every later confirm answers the same. 409 `upload_missing` and 503 leave it pending: ask again. A check that has begun goes on after the deadline; a repeated call answers its outcome, and `media.ready` and `media.rejected` report it too. With `message_id` the file is added to that message of the caller, which is not deleted and carries at most 30.
         *     Rate limit: 60 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
         *     Share `confirm`: 1 of a user, 2 of a workspace, 8 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 15 s.
         *     Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`, `forbidden`; 404 `media_not_found`, `message_not_found`; 409 `upload_missing`, `media_already_attached`, `attachment_limit`; 413 `payload_too_large`; 415 `unsupported_media_type`; 422 `size_mismatch`, `checksum_mismatch`, `content_type_mismatch`, `image_too_large`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        post: operations["media.confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/media/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metadata of a file with fresh URLs
         * For the uploader, and for everybody who can see a message that carries it. Images, audio and video may be shown inline; everything else is handed out to be saved only.
         *     Rate limit: 600 calls in 60 s per user over all operations.
         *     Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `media_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`. */
        get: operations["media.get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
/** The users who were added, who took part already, and who were left out. */
export interface AddedParticipants {
    added: Participant[];
    already: Id[];
    skipped: Id[];
}

/** A user with the role owner, admin or agent. */
export interface Agent {
    user: User;
    /** As chosen; `offline` while the user is not online, and across a block. */
    availability: Availability;
    /** Conversations that the user takes part in, and has neither archived nor deleted for themselves. */
    open_conversation_count: number;
}

/** One page of a list, and where the next one begins. */
export interface AgentPage {
    items: Agent[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** The body of `auth.change_password`. */
export interface AuthChangePasswordRequest {
    current_password: string;
    /** Normalised (RFC 8265, OpaqueString: NFC, other spaces as U+0020), and counted so. */
    new_password: string;
}

/** The body of `auth.create_invite`. */
export interface AuthCreateInviteRequest {
    role: TenantRole;
    /** @example ada@example.com */
    email?: string | null;
    /** How long the invite can be used.
     * @default 168 */
    expires_in_hours?: number | null;
}

/** The body of `auth.login`. */
export interface AuthLoginRequest {
    /** @example ada@example.com */
    email: string;
    password: string;
}

/** The body of `auth.logout`. */
export interface AuthLogoutRequest {
    /** End every session of the user.
     * @default false */
    all_sessions?: boolean | null;
}

/** The body of `auth.refresh`. */
export interface AuthRefreshRequest {
    refresh_token: string;
}

/** The body of `auth.signup`. */
export interface AuthSignupRequest {
    /** @example ada@example.com */
    email: string;
    /** Normalised (RFC 8265, OpaqueString: NFC, other spaces as U+0020), and counted so. */
    password: string;
    display_name: string;
    tenant_name?: string | null;
    invite_token?: string | null;
    /** With country code, such as +49 30 901820; normalised to E.164, which keeps the plus and the digits. A number that no country has is refused.
     * @example +49 30 901820 */
    phone?: string | null;
    /** The name of an IANA time zone, or a link to one, spelled as in the database of IANA; any other is refused.
     * @example Europe/Berlin */
    timezone?: string | null;
}

/** The tokens of a signed-in client: a short-lived access token and the refresh token that renews it, once. */
export interface AuthTokens {
    /** A JWT (RFC 9068, EdDSA) for the Authorization header. */
    access_token: string;
    token_type: "Bearer";
    /** Seconds until the access token expires. */
    expires_in: number;
    /** Opaque. Each use replaces it; keep only the newest. */
    refresh_token: string;
    user: Me;
}

/** The body of `auth.update_member`. */
export interface AuthUpdateMemberRequest {
    role?: TenantRole | null;
    deactivated?: boolean | null;
}

/** The body of `auth.update_profile`. */
export interface AuthUpdateProfileRequest {
    display_name?: string | null;
    avatar_url?: string | null;
    timezone?: string | null;
    phone?: string | null;
    availability?: Availability | null;
}

/** The availability that agents set for themselves. */
export type Availability = "online" | "busy" | "offline";

/** A user whom the caller has blocked. */
export interface Block {
    user: User;
    created_at: Time;
}

/** One page of a list, and where the next one begins. */
export interface BlockPage {
    items: Block[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** Something that the caller may do. `send` is missing in a direct conversation with somebody whom the caller has blocked. */
export type Capability = "send" | "update" | "add_participants" | "remove_participants" | "update_participants" | "delete_any_message" | "delete_for_everyone" | "leave";

/** A conversation as the caller sees it. */
export interface Conversation {
    id: Id;
    type: ConversationType;
    name: string | null;
    description: string | null;
    avatar_url: string | null;
    metadata: {
        [key: string]: unknown;
    };
    created_by: Id;
    created_at: Time;
    updated_at: Time;
    /** The seq of the newest message: 1, 2, 3, … without holes. */
    last_seq: number;
    /** The number of the newest change of any kind. */
    last_change_seq: number;
    /** The number of the newest read receipt. Receipts have numbers of their own: they move neither of the other two. */
    last_receipt_seq: number;
    /** The newest message that the caller may see. */
    last_message: Message | null;
    participant_count: number;
    /** Up to five, others before the caller. */
    participants_preview: User[];
    me: Membership;
}

/** One page of a list, and where the next one begins. */
export interface ConversationPage {
    items: Conversation[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** The role of a participant, which decides what they may do in a conversation. */
export type ConversationRole = "owner" | "admin" | "member";

/** A direct conversation has two participants and exists once per pair; a group has any number. */
export type ConversationType = "direct" | "group";

/** The body of `conversations.create`. */
export interface ConversationsCreateRequest {
    type: ConversationType;
    participant_ids: Id[];
    name?: string | null;
    description?: string | null;
    /** @example https://example.com/ada.png */
    avatar_url?: string | null;
    /** Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON, at most 32 levels deep, without NUL and unpaired surrogates, and without integers beyond 2^53 - 1, which are sent as strings (RFC 7493). */
    metadata?: {
        [key: string]: unknown;
    } | null;
}

/** The body of `conversations.mark_read`. */
export interface ConversationsMarkReadRequest {
    seq: number;
}

/** The body of `conversations.mute`. */
export interface ConversationsMuteRequest {
    /** When the mute ends (RFC 3339); must be in the future.
     * @example 2026-03-01T09:30:00Z */
    until?: string | null;
}

/** The body of `conversations.set_typing`. */
export interface ConversationsSetTypingRequest {
    /** @default true */
    is_typing?: boolean | null;
}

/** The body of `conversations.update`. */
export interface ConversationsUpdateRequest {
    name?: string | null;
    description?: string | null;
    avatar_url?: string | null;
    /** Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON, at most 32 levels deep, without NUL and unpaired surrogates, and without integers beyond 2^53 - 1, which are sent as strings (RFC 7493). */
    metadata?: {
        [key: string]: unknown;
    } | null;
}

/** A new invitation with its token, which is shown only here. */
export interface CreatedInvite {
    id: Id;
    role: TenantRole;
    /** When set, only this address can use the invite. */
    email: string | null;
    expires_at: Time;
    token: string;
}

/** Every code that any operation may answer with; `x-error-codes` lists those of each. */
export type ErrorCode = "validation_failed" | "malformed_json" | "malformed_request" | "request_timeout" | "headers_too_large" | "unauthenticated" | "token_expired" | "route_not_found" | "method_not_allowed" | "payload_too_large" | "unsupported_media_type" | "rate_limited" | "internal_error" | "bad_gateway" | "unavailable" | "invalid_credentials" | "invalid_refresh_token" | "token_reused" | "invalid_current_password" | "password_too_common" | "email_taken" | "signup_closed" | "invalid_invite" | "invite_not_found" | "session_not_found" | "last_owner" | "forbidden" | "user_not_found" | "unknown_users" | "conversation_not_found" | "participant_not_found" | "direct_conversation_immutable" | "participant_limit" | "seq_out_of_range" | "message_not_found" | "message_deleted" | "idempotency_conflict" | "version_conflict" | "invalid_reply" | "replied_message_deleted" | "invalid_mention" | "reaction_limit" | "you_blocked_user" | "cannot_block_self" | "media_not_found" | "media_not_ready" | "media_already_attached" | "media_pending_limit" | "media_too_large" | "quota_exceeded" | "media_type_not_allowed" | "upload_missing" | "size_mismatch" | "content_type_mismatch" | "checksum_mismatch" | "image_too_large" | "attachment_limit" | "invalid_signature" | "url_expired" | "upload_in_progress" | "already_uploaded" | "object_not_found" | "range_not_satisfiable";

/** The result of a forward in one conversation. */
export interface ForwardResult {
    conversation_id: Id;
    status: "sent" | "failed" | "unknown";
    /** Where they were sent, and the answer has room for them. */
    messages?: Message[];
    /** Why it failed. */
    code?: string;
}

/** The results of a forward, by conversation. */
export interface Forwarded {
    results: ForwardResult[];
}

/** A message that the caller deleted for themselves. */
export interface HiddenMessage {
    conversation_id: Id;
    message_id: Id;
    seq: number;
    /** The user who has written the message, and so has read up to `seq`; null for a message of the system. */
    sender_id: Id | null;
}

/** A UUID (RFC 9562); version 7 where the service makes it.
 * @example 0199d0a3-5a10-7c3e-9f6b-0d4c2f1e8a77 */
export type Id = string;

/** An open invitation into the workspace. */
export interface Invite {
    id: Id;
    role: TenantRole;
    /** When set, only this address can use the invite. */
    email: string | null;
    expires_at: Time;
    created_by: Id;
    created_at: Time;
}

/** One page of a list, and where the next one begins. */
export interface InvitePage {
    items: Invite[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** Every rule that an input can break. */
export type IssueCode = "invalid_type" | "invalid_value" | "invalid_format" | "invalid_union" | "invalid_key" | "invalid_element" | "too_small" | "too_big" | "not_multiple_of" | "unrecognized_key" | "invalid_encoding" | "invalid_json" | "forbidden_key" | "too_deep" | "one_of_required" | "mutually_exclusive" | "not_applicable" | "duplicate_item" | "unstorable_text" | "inexact_number" | "unknown_timezone" | "invalid_phone" | "invalid_cursor" | "not_in_future" | "own_id" | "unknown_user" | "invalid_mention" | "system_message";

/** The signed-in user. */
export interface Me {
    id: Id;
    display_name: string;
    avatar_url: string | null;
    timezone: string | null;
    role: TenantRole;
    /** Whether a socket is open, or was until a moment ago, whatever the availability. Across a block: false. */
    is_online: boolean;
    /** When the last socket had closed, the last time that the user went offline. */
    last_seen_at: Time | null;
    created_at: Time;
    email: string;
    phone: string | null;
    /** As chosen. Others are shown `offline` while no socket is open. */
    availability: Availability;
    tenant: Tenant;
}

/** The signed-in user and the session that the access token belongs to. */
export interface MeWithSession {
    id: Id;
    display_name: string;
    avatar_url: string | null;
    timezone: string | null;
    role: TenantRole;
    /** Whether a socket is open, or was until a moment ago, whatever the availability. Across a block: false. */
    is_online: boolean;
    /** When the last socket had closed, the last time that the user went offline. */
    last_seen_at: Time | null;
    created_at: Time;
    email: string;
    phone: string | null;
    /** As chosen. Others are shown `offline` while no socket is open. */
    availability: Availability;
    tenant: Tenant;
    session_id: string;
}

/** A file: announced (pending), checked (ready) or refused (rejected). */
export interface Media {
    id: Id;
    status: MediaStatus;
    /** As announced, and then cleaned: safe to show and to save under. */
    file_name: string;
    content_type: string;
    /** As announced; when ready, of what is handed out: images are written anew. */
    size_bytes: number;
    /** Pixels, of one frame and upright; images only. */
    width: number | null;
    /** Pixels, of one frame and upright; images only. */
    height: number | null;
    /** The file, when ready. Signed, good until urls_expire_at, and the same for some minutes. */
    cdn_url: string | null;
    /** Present for images that are ready: a WebP of at most 480 by 480 pixels, the first frame, never larger than the image. */
    thumbnail_url: string | null;
    /** Between 15 and 20 minutes from the answer; ask media.get for fresh ones. */
    urls_expire_at: Time | null;
    uploader_id: Id;
    created_at: Time;
}

/** The body of `media.confirm`. */
export interface MediaConfirmRequest {
    message_id?: Id | null;
}

/** The body of `media.create_upload_url`. */
export interface MediaCreateUploadUrlRequest {
    /** The name that people see, never the name under which the file is stored. Only the last part of a path is taken; controls, marks of direction and characters that file systems reserve are removed or replaced; the ending of the type is added where it is another one. */
    file_name: string;
    /** One of image/jpeg, image/png, image/gif, image/webp, image/avif, video/mp4, video/webm, video/quicktime, audio/mpeg, audio/mp4, audio/ogg, audio/wav, audio/webm, application/pdf, application/zip, text/plain, text/csv, application/msword, application/vnd.ms-excel, application/vnd.ms-powerpoint, application/vnd.openxmlformats-officedocument.wordprocessingml.document, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/vnd.openxmlformats-officedocument.presentationml.presentation. Parameters are dropped: text/plain;charset=utf-8 is text/plain. */
    content_type: string;
    size_bytes: number;
    /** The SHA-256 of the bytes to be put, in lower-case hex; checked at confirm when given. */
    sha256?: string | null;
}

/** Announced, checked, or refused. */
export type MediaStatus = "pending" | "ready" | "rejected";

/** The caller's own part in a conversation. */
export interface Membership {
    role: ConversationRole;
    joined_at: Time;
    last_read_seq: number;
    /** Exact and uncapped. */
    unread_count: number;
    is_muted: boolean;
    /** null while muted means: until unmuted. */
    muted_until: Time | null;
    archived_at: Time | null;
    capabilities: Capability[];
}

/** A message as the caller sees it. `seq` is its position in the conversation and never changes; `change_seq` is the number of the latest change to it. */
export interface Message {
    id: Id;
    conversation_id: Id;
    seq: number;
    change_seq: number;
    sender_id: Id;
    client_message_id: string | null;
    type: "text" | "media" | "system";
    /** null for deleted messages and for messages that carry only files. */
    text: string | null;
    /** Ready files. Their URLs expire, and no event renews them: `media.get` does, and every other read. */
    attachments: Media[];
    reply_to: ReplyPreview | null;
    mentions: Id[];
    reactions: Reaction[];
    forwarded_from: MessageOrigin | null;
    /** The event, for messages of type system. */
    system: SystemEvent | null;
    metadata: {
        [key: string]: unknown;
    };
    created_at: Time;
    edited_at: Time | null;
    deleted_at: Time | null;
    /** Sent to a group while the caller had blocked the sender; never counts as unread. */
    from_blocked_user: boolean;
}

/** An earlier text of a message. */
export interface MessageEdit {
    text: string;
    replaced_at: Time;
}

/** One page of a list, and where the next one begins. */
export interface MessageEditPage {
    items: MessageEdit[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** Where a forwarded message was first. */
export interface MessageOrigin {
    /** The first origin; this and the other ids only for those who can see it now. */
    message_id: Id | null;
    conversation_id: Id | null;
    sender_id: Id | null;
    /** The sender's display name when the message was forwarded. */
    sender_name: string;
    sent_at: Time;
}

/** All reactions on a message. */
export interface MessageReactions {
    reacted: boolean;
    reactions: Reaction[];
    change_seq: number;
}

/** Messages that follow each other, and whether there are more on either side. */
export interface MessageWindow {
    /** Ascending by seq. */
    items: Message[];
    has_more_before: boolean;
    has_more_after: boolean;
    last_seq: number;
    last_change_seq: number;
}

/** The body of `messages.edit`. */
export interface MessagesEditRequest {
    text: string;
    expected_change_seq?: number | null;
}

/** The body of `messages.forward`. */
export interface MessagesForwardRequest {
    message_ids: Id[];
    conversation_ids: Id[];
    client_forward_id?: string | null;
}

/** The body of `messages.react`. */
export interface MessagesReactRequest {
    /** One emoji (UTS #51); variation selectors are normalised. */
    emoji: string;
    /** @default toggle */
    action?: ("toggle" | "add" | "remove") | null;
}

/** The body of `messages.send`. */
export interface MessagesSendRequest {
    conversation_id: Id;
    client_message_id?: string | null;
    text?: string | null;
    /** Files of the sender, ready, and part of no message yet; shown in this order. */
    media_ids?: Id[] | null;
    reply_to_message_id?: Id | null;
    mentions?: Id[] | null;
    /** Free-form JSON for the application's own use: at most 16,384 bytes as UTF-8 JSON, at most 32 levels deep, without NUL and unpaired surrogates, and without integers beyond 2^53 - 1, which are sent as strings (RFC 7493). */
    metadata?: {
        [key: string]: unknown;
    } | null;
}

/** The body of `messages.sync`. */
export interface MessagesSyncRequest {
    conversations: SyncPosition[];
    /** Opaque; as `user_cursor` of the call before. */
    user_cursor?: string | null;
    /** @default 100 */
    limit_per_conversation?: number | null;
}

/** A user in a conversation. */
export interface Participant {
    user: User;
    role: ConversationRole;
    joined_at: Time;
    last_read_seq: number;
}

/** One page of a list, and where the next one begins. */
export interface ParticipantPage {
    items: Participant[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** The body of `participants.add`. */
export interface ParticipantsAddRequest {
    user_ids: Id[];
    /** @default member */
    role?: ("admin" | "member") | null;
    /** @default all */
    history?: ("all" | "from_join") | null;
}

/** The body of `participants.update`. */
export interface ParticipantsUpdateRequest {
    role: ConversationRole;
}

/** RFC 9457 problem details. */
export interface Problem {
    /** A URI reference that names the kind of problem: /problems/<code>. */
    type: string;
    title: string;
    status: number;
    detail: string;
    /** Stable; branch on this. */
    code: ErrorCode;
    request_id: string;
    errors?: ProblemIssue[];
}

/** One reason why an input was refused. */
export interface ProblemIssue {
    /** Where in the input, dotted: participant_ids.0 */
    path: string;
    /** Which rule; stable. */
    code: IssueCode;
    /** For people. */
    message: string;
}

/** All reactions of one kind on a message. */
export interface Reaction {
    emoji: string;
    count: number;
    /** Whether the caller is among them. */
    reacted: boolean;
    /** The first ten. */
    user_ids: Id[];
}

/** How far another participant has read. */
export interface ReadReceipt {
    user_id: Id;
    last_read_seq: number;
}

/** How far the caller has read. */
export interface ReadState {
    last_read_seq: number;
    unread_count: number;
}

/** A token for the socket. */
export interface RealtimeToken {
    token: string;
    expires_at: Time;
    ws_url: string;
}

/** A conversation that is no longer the caller's. */
export interface RemovedConversation {
    conversation_id: Id;
    reason: "removed" | "left" | "deleted" | "unknown";
}

/** The message that a message replies to. */
export interface ReplyPreview {
    message_id: Id;
    seq: number;
    sender_id: Id;
    /** Its first 200 characters; null when that message was deleted or carries only files. No event comes for the reply when that message changes: what you show of it follows that message. */
    text: string | null;
}

/** A message that was found. */
export interface SearchHit {
    message: Message;
    snippet: Snippet;
}

/** One page of a list, and where the next one begins. */
export interface SearchHitPage {
    items: SearchHit[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** A sign-in of the user, on one device. */
export interface Session {
    id: string;
    is_current: boolean;
    /** The address that the session was last refreshed from. */
    ip: string | null;
    user_agent: string | null;
    created_at: Time;
    last_used_at: Time;
    /** When the session ends unless it is refreshed before. */
    expires_at: Time;
}

/** One page of a list, and where the next one begins. */
export interface SessionPage {
    items: Session[];
    /** null on the last page. */
    next_cursor: string | null;
}

/** The part of a text that was searched for, as plain text, and where in it the words are. */
export interface Snippet {
    text: string;
    ranges: TextRange[];
}

/** How much of a conversation the caller holds. */
export interface SyncPosition {
    conversation_id: Id;
    last_seq: number;
    last_change_seq?: number | null;
    /** As in the conversation when it was listed, then `next_receipt_seq`; without it no receipts come. */
    last_receipt_seq?: number | null;
}

/** The changes that the caller missed. */
export interface SyncResult {
    conversations: SyncedConversation[];
    /** New in the caller's list, or again: forget what you may hold of them and list them afresh. */
    added: Conversation[];
    /** Those in which something of the caller's own changed. */
    updated: Conversation[];
    removed: RemovedConversation[];
    hidden: HiddenMessage[];
    /** Those who share a conversation with the caller, and the caller, whose profile or role changed. Presence is as of the answer. */
    users: User[];
    /** Users whom the caller has blocked since. */
    blocked: Block[];
    /** Users whom the caller has unblocked since. */
    unblocked: Id[];
    user_cursor: string;
    /** Call again at once with the new `user_cursor`. */
    has_more: boolean;
}

/** The changes that the caller missed in one conversation. */
export interface SyncedConversation {
    conversation_id: Id;
    /** Latest state, by change_seq. */
    messages: Message[];
    /** The `last_change_seq` of the next call. */
    next_change_seq: number;
    /** Call again at once with `next_change_seq` and `next_receipt_seq`. An answer holds about 1,000 messages, participants and receipts in all. */
    has_more: boolean;
    last_seq: number;
    last_change_seq: number;
    /** More than 2,000 changes were missed, or what you hold is of an earlier time here: forget it and list the conversation afresh. */
    reset: boolean;
    /** As it is now, when anything in it has changed. */
    conversation?: Conversation;
    /** All of them, when some were added, removed or given another role. */
    participants?: Participant[];
    /** The read positions that have moved since `last_receipt_seq`. Positions never move back. Sending a message moves the sender's position to it; that is not marked separately. */
    receipts: ReadReceipt[];
    /** The `last_receipt_seq` of the next call; absent when none was given, or with `reset`. */
    next_receipt_seq?: number;
}

/** The event that a message of type system reports. */
export interface SystemEvent {
    kind: "participants_added" | "participant_removed" | "participant_left" | "conversation_renamed";
    user_ids: Id[];
    name: string | null;
}

/** A workspace. Nothing in it is visible from another one. */
export interface Tenant {
    id: Id;
    name: string;
    slug: string;
    created_at: Time;
}

/** The role of a user, which decides what they may do in the workspace. */
export type TenantRole = "owner" | "admin" | "agent" | "member";

/** A part of a text, in Unicode code points. */
export interface TextRange {
    start: number;
    length: number;
}

/** RFC 3339, UTC, milliseconds.
 * @example 2026-03-01T09:30:00.000Z */
export type Time = string;

/** The counts of unread messages, by conversation and in all. */
export interface UnreadCounts {
    /** At most 2400, the latest activity first. */
    items: UnreadItem[];
    /** Over all conversations, whether or not they are among the items. */
    total_unread: number;
    /** Whether there are others with something unread. */
    has_more: boolean;
}

/** A conversation with unread messages. */
export interface UnreadItem {
    conversation_id: Id;
    unread_count: number;
    last_read_seq: number;
    last_seq: number;
    is_muted: boolean;
    is_archived: boolean;
}

/** Where and how to put the file: a PUT of exactly the announced bytes with exactly these headers. */
export interface Upload {
    media_id: Id;
    method: "PUT";
    upload_url: string;
    headers: {
        [key: string]: string;
    };
    expires_at: Time;
}

/** A member of the workspace as others see them. Email and phone are never shown to others. */
export interface User {
    id: Id;
    display_name: string;
    avatar_url: string | null;
    timezone: string | null;
    role: TenantRole;
    /** Whether a socket is open, or was until a moment ago, whatever the availability. Across a block: false. */
    is_online: boolean;
    /** When the last socket had closed, the last time that the user went offline. */
    last_seen_at: Time | null;
    created_at: Time;
}

/** One page of a list, and where the next one begins. */
export interface UserPage {
    items: User[];
    /** null on the last page. */
    next_cursor: string | null;
}

export interface components {
    responses: {
        /** `bad_gateway`: The messaging service gave no usable answer. */
        BadGateway: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `conversation_not_found`: No such conversation. */
        ConversationNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `conversation_not_found`: No such conversation.
         *     `media_not_found`: No such media. */
        ConversationNotFoundOrMediaNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `conversation_not_found`: No such conversation.
         *     `participant_not_found`: No such participant. */
        ConversationNotFoundOrParticipantNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `direct_conversation_immutable`: A direct conversation cannot be changed this way. */
        DirectConversationImmutable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `direct_conversation_immutable`: A direct conversation cannot be changed this way.
         *     `participant_limit`: The conversation has as many participants as it can hold. */
        DirectConversationImmutableOrParticipantLimit: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `email_taken`: An account with this email exists already. */
        EmailTaken: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `forbidden`: You may not do this. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `idempotency_conflict`: The idempotency key was used with other content. */
        IdempotencyConflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `idempotency_conflict`: The idempotency key was used with other content.
         *     `replied_message_deleted`: The message replied to was deleted.
         *     `media_not_ready`: The media is not ready to be sent.
         *     `media_already_attached`: The media is part of another message already. */
        IdempotencyConflictOrRepliedMessageDeletedOrMediaNotReadyOrMediaAlreadyAttached: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `internal_error`: Something went wrong on our side. */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `invalid_credentials`: The email or the password is wrong. */
        InvalidCredentials: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `invalid_current_password`: The current password is wrong. */
        InvalidCurrentPassword: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `invalid_refresh_token`: The refresh token is not valid.
         *     `token_reused`: The refresh token was already used; the session is revoked. */
        InvalidRefreshTokenOrTokenReused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `invite_not_found`: No such invite. */
        InviteNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `last_owner`: The last owner can be neither demoted nor deactivated. */
        LastOwner: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `media_not_found`: No such media. */
        MediaNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `media_not_found`: No such media.
         *     `message_not_found`: No such message. */
        MediaNotFoundOrMessageNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `media_pending_limit`: Too many uploads are waiting to be confirmed. */
        MediaPendingLimit: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `message_deleted`: The message was deleted. */
        MessageDeleted: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `message_not_found`: No such message. */
        MessageNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `payload_too_large`: The body is too large. */
        PayloadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `payload_too_large`: The body is too large.
         *     `media_too_large`: The file is larger than its type allows.
         *     `quota_exceeded`: There is no room for more files. */
        PayloadTooLargeOrMediaTooLargeOrQuotaExceeded: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `rate_limited`: Too many requests. */
        RateLimited: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `reaction_limit`: The message has as many kinds of reaction as it can hold. */
        ReactionLimit: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `session_not_found`: No such session. */
        SessionNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `signup_closed`: The server does not take this signup. */
        SignupClosed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `size_mismatch`: The uploaded file is not of the announced size.
         *     `checksum_mismatch`: The uploaded file has not the announced checksum.
         *     `content_type_mismatch`: The uploaded file is not of the announced type.
         *     `image_too_large`: The image has too many pixels or frames, or takes too long to be read. */
        SizeMismatchOrChecksumMismatchOrContentTypeMismatchOrImageTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `unauthenticated`: Authentication is required.
         *     `token_expired`: The access token has expired. */
        UnauthenticatedOrTokenExpired: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `unavailable`: The service is temporarily unavailable. */
        Unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `unsupported_media_type`: The content type is not supported. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `unsupported_media_type`: The content type is not supported.
         *     `media_type_not_allowed`: Files of this type are not accepted. */
        UnsupportedMediaTypeOrMediaTypeNotAllowed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `upload_missing`: The file has not been uploaded.
         *     `media_already_attached`: The media is part of another message already.
         *     `attachment_limit`: The message carries as many files as it can hold. */
        UploadMissingOrMediaAlreadyAttachedOrAttachmentLimit: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `user_not_found`: No such user. */
        UserNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid. */
        ValidationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON. */
        ValidationFailedOrMalformedJson: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON.
         *     `cannot_block_self`: You cannot block yourself. */
        ValidationFailedOrMalformedJsonOrCannotBlockSelf: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON.
         *     `invalid_invite`: The invite is unknown, used, revoked or expired.
         *     `password_too_common`: The password is too easy to guess. */
        ValidationFailedOrMalformedJsonOrInvalidInviteOrPasswordTooCommon: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON.
         *     `invalid_reply`: The message replied to is not in this conversation.
         *     `invalid_mention`: A mentioned user is not in this conversation. */
        ValidationFailedOrMalformedJsonOrInvalidReplyOrInvalidMention: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON.
         *     `password_too_common`: The password is too easy to guess. */
        ValidationFailedOrMalformedJsonOrPasswordTooCommon: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON.
         *     `seq_out_of_range`: The seq is beyond the end of the conversation. */
        ValidationFailedOrMalformedJsonOrSeqOutOfRange: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `validation_failed`: The input is not valid.
         *     `malformed_json`: The body is not valid JSON.
         *     `unknown_users`: Some of the users do not exist. */
        ValidationFailedOrMalformedJsonOrUnknownUsers: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `version_conflict`: The message has changed since you read it. */
        VersionConflict: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `you_blocked_user`: You have blocked this user. */
        YouBlockedUser: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** `you_blocked_user`: You have blocked this user.
         *     `forbidden`: You may not do this. */
        YouBlockedUserOrForbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** The id of the request, as sent or as made by the service; name it when you report a problem. */
        "X-Request-Id": string;
        /** Seconds after which the same call may succeed. */
        "Retry-After": number;
        /** Calls that the window admits. */
        "RateLimit-Limit": number;
        /** Calls that are left in the window. */
        "RateLimit-Remaining": number;
        /** Seconds until the window is full again. */
        "RateLimit-Reset": number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "auth.signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "email": "ada@example.com",
                 *       "password": "a long passphrase",
                 *       "display_name": "Ada",
                 *       "tenant_name": "Analytical Engines"
                 *     } */
                "application/json": AuthSignupRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
                     *       "token_type": "Bearer",
                     *       "expires_in": 600,
                     *       "refresh_token": "vrt_example",
                     *       "user": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *         "display_name": "Ada",
                     *         "avatar_url": null,
                     *         "timezone": "Europe/London",
                     *         "role": "owner",
                     *         "is_online": true,
                     *         "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *         "created_at": "2026-03-01T12:00:00.000Z",
                     *         "email": "ada@example.com",
                     *         "phone": null,
                     *         "availability": "online",
                     *         "tenant": {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000a1",
                     *           "name": "Analytical Engines",
                     *           "slug": "analytical-engines",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       }
                     *     } */
                    "application/json": AuthTokens;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrInvalidInviteOrPasswordTooCommon"];
            403: components["responses"]["SignupClosed"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "email": "ada@example.com",
                 *       "password": "a long passphrase"
                 *     } */
                "application/json": AuthLoginRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
                     *       "token_type": "Bearer",
                     *       "expires_in": 600,
                     *       "refresh_token": "vrt_example",
                     *       "user": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *         "display_name": "Ada",
                     *         "avatar_url": null,
                     *         "timezone": "Europe/London",
                     *         "role": "owner",
                     *         "is_online": true,
                     *         "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *         "created_at": "2026-03-01T12:00:00.000Z",
                     *         "email": "ada@example.com",
                     *         "phone": null,
                     *         "availability": "online",
                     *         "tenant": {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000a1",
                     *           "name": "Analytical Engines",
                     *           "slug": "analytical-engines",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       }
                     *     } */
                    "application/json": AuthTokens;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["InvalidCredentials"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "refresh_token": "vrt_example"
                 *     } */
                "application/json": AuthRefreshRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "access_token": "eyJhbGciOiJFZERTQSIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
                     *       "token_type": "Bearer",
                     *       "expires_in": 600,
                     *       "refresh_token": "vrt_example",
                     *       "user": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *         "display_name": "Ada",
                     *         "avatar_url": null,
                     *         "timezone": "Europe/London",
                     *         "role": "owner",
                     *         "is_online": true,
                     *         "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *         "created_at": "2026-03-01T12:00:00.000Z",
                     *         "email": "ada@example.com",
                     *         "phone": null,
                     *         "availability": "online",
                     *         "tenant": {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000a1",
                     *           "name": "Analytical Engines",
                     *           "slug": "analytical-engines",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       }
                     *     } */
                    "application/json": AuthTokens;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["InvalidRefreshTokenOrTokenReused"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {
                 *       "all_sessions": false
                 *     } */
                "application/json": AuthLogoutRequest;
            };
        };
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "display_name": "Ada",
                     *       "avatar_url": null,
                     *       "timezone": "Europe/London",
                     *       "role": "owner",
                     *       "is_online": true,
                     *       "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "email": "ada@example.com",
                     *       "phone": null,
                     *       "availability": "online",
                     *       "tenant": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000a1",
                     *         "name": "Analytical Engines",
                     *         "slug": "analytical-engines",
                     *         "created_at": "2026-03-01T12:00:00.000Z"
                     *       },
                     *       "session_id": "mzcx3v5q7w2k4r6t"
                     *     } */
                    "application/json": MeWithSession;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.update_profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {
                 *       "display_name": "Ada"
                 *     } */
                "application/json": AuthUpdateProfileRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "display_name": "Ada",
                     *       "avatar_url": null,
                     *       "timezone": "Europe/London",
                     *       "role": "owner",
                     *       "is_online": true,
                     *       "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "email": "ada@example.com",
                     *       "phone": null,
                     *       "availability": "online",
                     *       "tenant": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000a1",
                     *         "name": "Analytical Engines",
                     *         "slug": "analytical-engines",
                     *         "created_at": "2026-03-01T12:00:00.000Z"
                     *       }
                     *     } */
                    "application/json": Me;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.change_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "current_password": "a long passphrase",
                 *       "new_password": "a longer passphrase"
                 *     } */
                "application/json": AuthChangePasswordRequest;
            };
        };
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrPasswordTooCommon"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["InvalidCurrentPassword"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.list_invites": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000f1",
                     *           "role": "member",
                     *           "email": null,
                     *           "expires_at": "2026-03-08T12:00:00.000Z",
                     *           "created_by": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": InvitePage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.create_invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "role": "member"
                 *     } */
                "application/json": AuthCreateInviteRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000f1",
                     *       "role": "member",
                     *       "email": null,
                     *       "expires_at": "2026-03-08T12:00:00.000Z",
                     *       "token": "vin_example"
                     *     } */
                    "application/json": CreatedInvite;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.revoke_invite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the invite.
                 * @example 0199d0a3-5a10-7000-8000-0000000000f1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InviteNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.list_sessions": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "id": "mzcx3v5q7w2k4r6t",
                     *           "is_current": true,
                     *           "ip": "203.0.113.7",
                     *           "user_agent": "Mozilla/5.0",
                     *           "created_at": "2026-03-01T12:00:00.000Z",
                     *           "last_used_at": "2026-03-01T12:00:00.000Z",
                     *           "expires_at": "2026-03-15T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": SessionPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.revoke_session": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the session.
                 * @example mzcx3v5q7w2k4r6t */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["SessionNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "auth.update_member": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the user.
                 * @example 0199d0a3-5a10-7000-8000-0000000000b2 */
                userId: Id;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {
                 *       "role": "agent"
                 *     } */
                "application/json": AuthUpdateMemberRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *       "display_name": "Grace",
                     *       "avatar_url": null,
                     *       "timezone": "America/New_York",
                     *       "role": "agent",
                     *       "is_online": true,
                     *       "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *       "created_at": "2026-03-01T12:00:00.000Z"
                     *     } */
                    "application/json": User;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["UserNotFound"];
            409: components["responses"]["LastOwner"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messaging.token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "token": "eyJhbGciOiJFZERTQSIsInR5cCI6InZlcm8td3Mrand0In0.e30.c2lnbmF0dXJl",
                     *       "expires_at": "2026-03-01T12:01:00.000Z",
                     *       "ws_url": "wss://chat.example.com/v1/messaging/ws"
                     *     } */
                    "application/json": RealtimeToken;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.list": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most.
                 * @example 30 */
                limit?: number;
                /** By whether the caller has archived them. */
                filter?: "active" | "archived" | "all";
                /** Only conversations of this type. */
                type?: ConversationType;
                /** Only conversations with unread messages. */
                unread_only?: boolean;
                /** Only conversations whose name, or whose other participant's name, contains this. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *           "type": "direct",
                     *           "name": null,
                     *           "description": null,
                     *           "avatar_url": null,
                     *           "metadata": {},
                     *           "created_by": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *           "created_at": "2026-03-01T12:00:00.000Z",
                     *           "updated_at": "2026-03-01T12:00:00.000Z",
                     *           "last_seq": 1,
                     *           "last_change_seq": 1,
                     *           "last_receipt_seq": 0,
                     *           "last_message": {
                     *             "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *             "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *             "seq": 1,
                     *             "change_seq": 1,
                     *             "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *             "client_message_id": "c-1",
                     *             "type": "text",
                     *             "text": "Hello, Grace!",
                     *             "attachments": [],
                     *             "reply_to": null,
                     *             "mentions": [],
                     *             "reactions": [],
                     *             "forwarded_from": null,
                     *             "system": null,
                     *             "metadata": {},
                     *             "created_at": "2026-03-01T12:00:00.000Z",
                     *             "edited_at": null,
                     *             "deleted_at": null,
                     *             "from_blocked_user": false
                     *           },
                     *           "participant_count": 2,
                     *           "participants_preview": [
                     *             {
                     *               "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *               "display_name": "Grace",
                     *               "avatar_url": null,
                     *               "timezone": "America/New_York",
                     *               "role": "member",
                     *               "is_online": true,
                     *               "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *               "created_at": "2026-03-01T12:00:00.000Z"
                     *             }
                     *           ],
                     *           "me": {
                     *             "role": "member",
                     *             "joined_at": "2026-03-01T12:00:00.000Z",
                     *             "last_read_seq": 1,
                     *             "unread_count": 0,
                     *             "is_muted": false,
                     *             "muted_until": null,
                     *             "archived_at": null,
                     *             "capabilities": [
                     *               "send",
                     *               "delete_for_everyone"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": ConversationPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.create": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "type": "direct",
                 *       "participant_ids": [
                 *         "0199d0a3-5a10-7000-8000-0000000000b2"
                 *       ]
                 *     } */
                "application/json": ConversationsCreateRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *       "type": "direct",
                     *       "name": null,
                     *       "description": null,
                     *       "avatar_url": null,
                     *       "metadata": {},
                     *       "created_by": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "updated_at": "2026-03-01T12:00:00.000Z",
                     *       "last_seq": 1,
                     *       "last_change_seq": 1,
                     *       "last_receipt_seq": 0,
                     *       "last_message": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *         "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *         "seq": 1,
                     *         "change_seq": 1,
                     *         "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *         "client_message_id": "c-1",
                     *         "type": "text",
                     *         "text": "Hello, Grace!",
                     *         "attachments": [],
                     *         "reply_to": null,
                     *         "mentions": [],
                     *         "reactions": [],
                     *         "forwarded_from": null,
                     *         "system": null,
                     *         "metadata": {},
                     *         "created_at": "2026-03-01T12:00:00.000Z",
                     *         "edited_at": null,
                     *         "deleted_at": null,
                     *         "from_blocked_user": false
                     *       },
                     *       "participant_count": 2,
                     *       "participants_preview": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *           "display_name": "Grace",
                     *           "avatar_url": null,
                     *           "timezone": "America/New_York",
                     *           "role": "member",
                     *           "is_online": true,
                     *           "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "me": {
                     *         "role": "member",
                     *         "joined_at": "2026-03-01T12:00:00.000Z",
                     *         "last_read_seq": 1,
                     *         "unread_count": 0,
                     *         "is_muted": false,
                     *         "muted_until": null,
                     *         "archived_at": null,
                     *         "capabilities": [
                     *           "send",
                     *           "delete_for_everyone"
                     *         ]
                     *       }
                     *     } */
                    "application/json": Conversation;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrUnknownUsers"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["YouBlockedUser"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *       "type": "direct",
                     *       "name": null,
                     *       "description": null,
                     *       "avatar_url": null,
                     *       "metadata": {},
                     *       "created_by": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "updated_at": "2026-03-01T12:00:00.000Z",
                     *       "last_seq": 1,
                     *       "last_change_seq": 1,
                     *       "last_receipt_seq": 0,
                     *       "last_message": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *         "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *         "seq": 1,
                     *         "change_seq": 1,
                     *         "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *         "client_message_id": "c-1",
                     *         "type": "text",
                     *         "text": "Hello, Grace!",
                     *         "attachments": [],
                     *         "reply_to": null,
                     *         "mentions": [],
                     *         "reactions": [],
                     *         "forwarded_from": null,
                     *         "system": null,
                     *         "metadata": {},
                     *         "created_at": "2026-03-01T12:00:00.000Z",
                     *         "edited_at": null,
                     *         "deleted_at": null,
                     *         "from_blocked_user": false
                     *       },
                     *       "participant_count": 2,
                     *       "participants_preview": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *           "display_name": "Grace",
                     *           "avatar_url": null,
                     *           "timezone": "America/New_York",
                     *           "role": "member",
                     *           "is_online": true,
                     *           "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "me": {
                     *         "role": "member",
                     *         "joined_at": "2026-03-01T12:00:00.000Z",
                     *         "last_read_seq": 1,
                     *         "unread_count": 0,
                     *         "is_muted": false,
                     *         "muted_until": null,
                     *         "archived_at": null,
                     *         "capabilities": [
                     *           "send",
                     *           "delete_for_everyone"
                     *         ]
                     *       }
                     *     } */
                    "application/json": Conversation;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.delete": {
        parameters: {
            query?: {
                /** For the caller alone, or for all.
                 * @example for_me */
                scope?: "for_me" | "for_everyone";
            };
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {
                 *       "name": "Compilers"
                 *     } */
                "application/json": ConversationsUpdateRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *       "type": "group",
                     *       "name": "Compilers",
                     *       "description": null,
                     *       "avatar_url": null,
                     *       "metadata": {},
                     *       "created_by": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "updated_at": "2026-03-01T12:00:00.000Z",
                     *       "last_seq": 1,
                     *       "last_change_seq": 1,
                     *       "last_receipt_seq": 0,
                     *       "last_message": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *         "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *         "seq": 1,
                     *         "change_seq": 1,
                     *         "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *         "client_message_id": "c-1",
                     *         "type": "text",
                     *         "text": "Hello, Grace!",
                     *         "attachments": [],
                     *         "reply_to": null,
                     *         "mentions": [],
                     *         "reactions": [],
                     *         "forwarded_from": null,
                     *         "system": null,
                     *         "metadata": {},
                     *         "created_at": "2026-03-01T12:00:00.000Z",
                     *         "edited_at": null,
                     *         "deleted_at": null,
                     *         "from_blocked_user": false
                     *       },
                     *       "participant_count": 2,
                     *       "participants_preview": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *           "display_name": "Grace",
                     *           "avatar_url": null,
                     *           "timezone": "America/New_York",
                     *           "role": "member",
                     *           "is_online": true,
                     *           "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "me": {
                     *         "role": "member",
                     *         "joined_at": "2026-03-01T12:00:00.000Z",
                     *         "last_read_seq": 1,
                     *         "unread_count": 0,
                     *         "is_muted": false,
                     *         "muted_until": null,
                     *         "archived_at": null,
                     *         "capabilities": [
                     *           "send",
                     *           "delete_for_everyone"
                     *         ]
                     *       }
                     *     } */
                    "application/json": Conversation;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ConversationNotFound"];
            409: components["responses"]["DirectConversationImmutable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.mark_read": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "seq": 12
                 *     } */
                "application/json": ConversationsMarkReadRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "last_read_seq": 12,
                     *       "unread_count": 0
                     *     } */
                    "application/json": ReadState;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrSeqOutOfRange"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.set_typing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {
                 *       "is_typing": true
                 *     } */
                "application/json": ConversationsSetTypingRequest;
            };
        };
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.mute": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {
                 *       "until": "2026-03-02T08:00:00Z"
                 *     } */
                "application/json": ConversationsMuteRequest;
            };
        };
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.unmute": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.archive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "conversations.list_unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *           "unread_count": 3,
                     *           "last_read_seq": 9,
                     *           "last_seq": 12,
                     *           "is_muted": false,
                     *           "is_archived": false
                     *         }
                     *       ],
                     *       "total_unread": 3,
                     *       "has_more": false
                     *     } */
                    "application/json": UnreadCounts;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "participants.list": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "user": {
                     *             "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *             "display_name": "Grace",
                     *             "avatar_url": null,
                     *             "timezone": "America/New_York",
                     *             "role": "member",
                     *             "is_online": true,
                     *             "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *             "created_at": "2026-03-01T12:00:00.000Z"
                     *           },
                     *           "role": "member",
                     *           "joined_at": "2026-03-01T12:00:00.000Z",
                     *           "last_read_seq": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": ParticipantPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "participants.add": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "user_ids": [
                 *         "0199d0a3-5a10-7000-8000-0000000000b2"
                 *       ]
                 *     } */
                "application/json": ParticipantsAddRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "added": [
                     *         {
                     *           "user": {
                     *             "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *             "display_name": "Grace",
                     *             "avatar_url": null,
                     *             "timezone": "America/New_York",
                     *             "role": "member",
                     *             "is_online": true,
                     *             "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *             "created_at": "2026-03-01T12:00:00.000Z"
                     *           },
                     *           "role": "member",
                     *           "joined_at": "2026-03-01T12:00:00.000Z",
                     *           "last_read_seq": 1
                     *         }
                     *       ],
                     *       "already": [],
                     *       "skipped": []
                     *     } */
                    "application/json": AddedParticipants;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrUnknownUsers"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ConversationNotFound"];
            409: components["responses"]["DirectConversationImmutableOrParticipantLimit"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "participants.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
                /** The id of the participant, a user.
                 * @example 0199d0a3-5a10-7000-8000-0000000000b2 */
                userId: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ConversationNotFound"];
            409: components["responses"]["DirectConversationImmutable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "participants.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
                /** The id of the participant, a user.
                 * @example 0199d0a3-5a10-7000-8000-0000000000b2 */
                userId: Id;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "role": "admin"
                 *     } */
                "application/json": ParticipantsUpdateRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "user": {
                     *         "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *         "display_name": "Grace",
                     *         "avatar_url": null,
                     *         "timezone": "America/New_York",
                     *         "role": "member",
                     *         "is_online": true,
                     *         "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *         "created_at": "2026-03-01T12:00:00.000Z"
                     *       },
                     *       "role": "admin",
                     *       "joined_at": "2026-03-01T12:00:00.000Z",
                     *       "last_read_seq": 1
                     *     } */
                    "application/json": Participant;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ConversationNotFoundOrParticipantNotFound"];
            409: components["responses"]["DirectConversationImmutable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                 *       "client_message_id": "c-1",
                 *       "text": "Hello, Grace!"
                 *     } */
                "application/json": MessagesSendRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *       "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *       "seq": 1,
                     *       "change_seq": 1,
                     *       "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "client_message_id": "c-1",
                     *       "type": "text",
                     *       "text": "Hello, Grace!",
                     *       "attachments": [],
                     *       "reply_to": null,
                     *       "mentions": [],
                     *       "reactions": [],
                     *       "forwarded_from": null,
                     *       "system": null,
                     *       "metadata": {},
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "edited_at": null,
                     *       "deleted_at": null,
                     *       "from_blocked_user": false
                     *     } */
                    "application/json": Message;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrInvalidReplyOrInvalidMention"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["YouBlockedUser"];
            404: components["responses"]["ConversationNotFoundOrMediaNotFound"];
            409: components["responses"]["IdempotencyConflictOrRepliedMessageDeletedOrMediaNotReadyOrMediaAlreadyAttached"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.list": {
        parameters: {
            query?: {
                /** Only messages before this one, the latest of them. */
                before_seq?: number;
                /** Only messages after this one, the earliest of them. */
                after_seq?: number;
                /** Messages before and after this one, and itself. */
                around_seq?: number;
                /** How many messages to answer at most.
                 * @example 50 */
                limit?: number;
            };
            header?: never;
            path: {
                /** The id of the conversation.
                 * @example 0199d0a3-5a10-7000-8000-0000000000c1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *           "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *           "seq": 1,
                     *           "change_seq": 1,
                     *           "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *           "client_message_id": "c-1",
                     *           "type": "text",
                     *           "text": "Hello, Grace!",
                     *           "attachments": [],
                     *           "reply_to": null,
                     *           "mentions": [],
                     *           "reactions": [],
                     *           "forwarded_from": null,
                     *           "system": null,
                     *           "metadata": {},
                     *           "created_at": "2026-03-01T12:00:00.000Z",
                     *           "edited_at": null,
                     *           "deleted_at": null,
                     *           "from_blocked_user": false
                     *         }
                     *       ],
                     *       "has_more_before": false,
                     *       "has_more_after": false,
                     *       "last_seq": 1,
                     *       "last_change_seq": 1
                     *     } */
                    "application/json": MessageWindow;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "conversations": [
                 *         {
                 *           "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                 *           "last_seq": 0,
                 *           "last_change_seq": 0
                 *         }
                 *       ]
                 *     } */
                "application/json": MessagesSyncRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "conversations": [
                     *         {
                     *           "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *           "messages": [
                     *             {
                     *               "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *               "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *               "seq": 1,
                     *               "change_seq": 1,
                     *               "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *               "client_message_id": "c-1",
                     *               "type": "text",
                     *               "text": "Hello, Grace!",
                     *               "attachments": [],
                     *               "reply_to": null,
                     *               "mentions": [],
                     *               "reactions": [],
                     *               "forwarded_from": null,
                     *               "system": null,
                     *               "metadata": {},
                     *               "created_at": "2026-03-01T12:00:00.000Z",
                     *               "edited_at": null,
                     *               "deleted_at": null,
                     *               "from_blocked_user": false
                     *             }
                     *           ],
                     *           "next_change_seq": 1,
                     *           "has_more": false,
                     *           "last_seq": 1,
                     *           "last_change_seq": 1,
                     *           "reset": false,
                     *           "receipts": []
                     *         }
                     *       ],
                     *       "added": [],
                     *       "updated": [],
                     *       "removed": [],
                     *       "hidden": [],
                     *       "users": [],
                     *       "blocked": [],
                     *       "unblocked": [],
                     *       "user_cursor": "WzQyXQ",
                     *       "has_more": false
                     *     } */
                    "application/json": SyncResult;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the message.
                 * @example 0199d0a3-5a10-7000-8000-0000000000d1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *       "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *       "seq": 1,
                     *       "change_seq": 1,
                     *       "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "client_message_id": "c-1",
                     *       "type": "text",
                     *       "text": "Hello, Grace!",
                     *       "attachments": [],
                     *       "reply_to": null,
                     *       "mentions": [],
                     *       "reactions": [],
                     *       "forwarded_from": null,
                     *       "system": null,
                     *       "metadata": {},
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "edited_at": null,
                     *       "deleted_at": null,
                     *       "from_blocked_user": false
                     *     } */
                    "application/json": Message;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["MessageNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.delete": {
        parameters: {
            query?: {
                /** For the caller alone, or for all.
                 * @example for_everyone */
                scope?: "for_me" | "for_everyone";
            };
            header?: never;
            path: {
                /** The id of the message.
                 * @example 0199d0a3-5a10-7000-8000-0000000000d1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["MessageNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.edit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the message.
                 * @example 0199d0a3-5a10-7000-8000-0000000000d1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "text": "Hello, Grace."
                 *     } */
                "application/json": MessagesEditRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *       "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *       "seq": 1,
                     *       "change_seq": 1,
                     *       "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "client_message_id": "c-1",
                     *       "type": "text",
                     *       "text": "Hello, Grace.",
                     *       "attachments": [],
                     *       "reply_to": null,
                     *       "mentions": [],
                     *       "reactions": [],
                     *       "forwarded_from": null,
                     *       "system": null,
                     *       "metadata": {},
                     *       "created_at": "2026-03-01T12:00:00.000Z",
                     *       "edited_at": null,
                     *       "deleted_at": null,
                     *       "from_blocked_user": false
                     *     } */
                    "application/json": Message;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["MessageNotFound"];
            409: components["responses"]["VersionConflict"];
            410: components["responses"]["MessageDeleted"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.list_edits": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** The id of the message.
                 * @example 0199d0a3-5a10-7000-8000-0000000000d1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "text": "Helo, Grace!",
                     *           "replaced_at": "2026-03-01T12:00:05.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": MessageEditPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["MessageNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.react": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the message.
                 * @example 0199d0a3-5a10-7000-8000-0000000000d1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "emoji": "👍"
                 *     } */
                "application/json": MessagesReactRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "reacted": true,
                     *       "reactions": [
                     *         {
                     *           "emoji": "👍",
                     *           "count": 1,
                     *           "reacted": true,
                     *           "user_ids": [
                     *             "0199d0a3-5a10-7000-8000-0000000000b1"
                     *           ]
                     *         }
                     *       ],
                     *       "change_seq": 2
                     *     } */
                    "application/json": MessageReactions;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["YouBlockedUser"];
            404: components["responses"]["MessageNotFound"];
            409: components["responses"]["ReactionLimit"];
            410: components["responses"]["MessageDeleted"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "message_ids": [
                 *         "0199d0a3-5a10-7000-8000-0000000000d1"
                 *       ],
                 *       "conversation_ids": [
                 *         "0199d0a3-5a10-7000-8000-0000000000c1"
                 *       ]
                 *     } */
                "application/json": MessagesForwardRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "results": [
                     *         {
                     *           "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *           "status": "sent",
                     *           "messages": [
                     *             {
                     *               "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *               "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *               "seq": 1,
                     *               "change_seq": 1,
                     *               "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *               "client_message_id": "c-1",
                     *               "type": "text",
                     *               "text": "Hello, Grace!",
                     *               "attachments": [],
                     *               "reply_to": null,
                     *               "mentions": [],
                     *               "reactions": [],
                     *               "forwarded_from": null,
                     *               "system": null,
                     *               "metadata": {},
                     *               "created_at": "2026-03-01T12:00:00.000Z",
                     *               "edited_at": null,
                     *               "deleted_at": null,
                     *               "from_blocked_user": false
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     } */
                    "application/json": Forwarded;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["MessageNotFound"];
            409: components["responses"]["IdempotencyConflict"];
            410: components["responses"]["MessageDeleted"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "messages.search": {
        parameters: {
            query: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
                /** The words to search for, in web-search syntax.
                 * @example hello */
                q: string;
                /** Only messages of this conversation. */
                conversation_id?: Id;
                /** Only messages of this user. */
                sender_id?: Id;
                /** Only messages sent before this time. */
                before?: string;
                /** Only messages sent at this time or later. */
                after?: string;
                /** Only messages that carry files, or a link. */
                has?: "media" | "link";
                /** Which hits come first. */
                sort?: "relevance" | "newest";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "message": {
                     *             "id": "0199d0a3-5a10-7000-8000-0000000000d1",
                     *             "conversation_id": "0199d0a3-5a10-7000-8000-0000000000c1",
                     *             "seq": 1,
                     *             "change_seq": 1,
                     *             "sender_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *             "client_message_id": "c-1",
                     *             "type": "text",
                     *             "text": "Hello, Grace!",
                     *             "attachments": [],
                     *             "reply_to": null,
                     *             "mentions": [],
                     *             "reactions": [],
                     *             "forwarded_from": null,
                     *             "system": null,
                     *             "metadata": {},
                     *             "created_at": "2026-03-01T12:00:00.000Z",
                     *             "edited_at": null,
                     *             "deleted_at": null,
                     *             "from_blocked_user": false
                     *           },
                     *           "snippet": {
                     *             "text": "Hello, Grace!",
                     *             "ranges": [
                     *               {
                     *                 "start": 0,
                     *                 "length": 5
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": SearchHitPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["ConversationNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.list": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most.
                 * @example 30 */
                limit?: number;
                /** Only names that contain this, without regard to accents and case. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *           "display_name": "Grace",
                     *           "avatar_url": null,
                     *           "timezone": "America/New_York",
                     *           "role": "member",
                     *           "is_online": true,
                     *           "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": UserPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.search": {
        parameters: {
            query: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
                /** A name or its beginning, or a phone number with country code.
                 * @example gra */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *           "display_name": "Grace",
                     *           "avatar_url": null,
                     *           "timezone": "America/New_York",
                     *           "role": "member",
                     *           "is_online": true,
                     *           "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": UserPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.list_agents": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "user": {
                     *             "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *             "display_name": "Grace",
                     *             "avatar_url": null,
                     *             "timezone": "America/New_York",
                     *             "role": "member",
                     *             "is_online": true,
                     *             "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *             "created_at": "2026-03-01T12:00:00.000Z"
                     *           },
                     *           "availability": "online",
                     *           "open_conversation_count": 2
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": AgentPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.block": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the user.
                 * @example 0199d0a3-5a10-7000-8000-0000000000b2 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJsonOrCannotBlockSelf"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["UserNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.unblock": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the user.
                 * @example 0199d0a3-5a10-7000-8000-0000000000b2 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** Done. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["UserNotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "users.list_blocks": {
        parameters: {
            query?: {
                /** Opaque; as `next_cursor` of the page before. One of another operation or order is refused. */
                cursor?: string;
                /** How many items to answer at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "items": [
                     *         {
                     *           "user": {
                     *             "id": "0199d0a3-5a10-7000-8000-0000000000b2",
                     *             "display_name": "Grace",
                     *             "avatar_url": null,
                     *             "timezone": "America/New_York",
                     *             "role": "member",
                     *             "is_online": true,
                     *             "last_seen_at": "2026-03-01T12:00:00.000Z",
                     *             "created_at": "2026-03-01T12:00:00.000Z"
                     *           },
                     *           "created_at": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     } */
                    "application/json": BlockPage;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "media.create_upload_url": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {
                 *       "file_name": "plan.pdf",
                 *       "content_type": "application/pdf",
                 *       "size_bytes": 48213
                 *     } */
                "application/json": MediaCreateUploadUrlRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "media_id": "0199d0a3-5a10-7000-8000-0000000000e1",
                     *       "method": "PUT",
                     *       "upload_url": "https://objects.example.com/uploads/0199d0a3?signature=example",
                     *       "headers": {
                     *         "content-type": "application/pdf"
                     *       },
                     *       "expires_at": "2026-03-01T12:15:00.000Z"
                     *     } */
                    "application/json": Upload;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            409: components["responses"]["MediaPendingLimit"];
            413: components["responses"]["PayloadTooLargeOrMediaTooLargeOrQuotaExceeded"];
            415: components["responses"]["UnsupportedMediaTypeOrMediaTypeNotAllowed"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "media.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the file.
                 * @example 0199d0a3-5a10-7000-8000-0000000000e1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": MediaConfirmRequest;
            };
        };
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000e1",
                     *       "status": "ready",
                     *       "file_name": "plan.pdf",
                     *       "content_type": "application/pdf",
                     *       "size_bytes": 48213,
                     *       "width": null,
                     *       "height": null,
                     *       "cdn_url": "https://chat.example.com/files/plan?sig=example",
                     *       "thumbnail_url": null,
                     *       "urls_expire_at": "2026-03-01T12:20:00.000Z",
                     *       "uploader_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "created_at": "2026-03-01T12:00:00.000Z"
                     *     } */
                    "application/json": Media;
                };
            };
            400: components["responses"]["ValidationFailedOrMalformedJson"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            403: components["responses"]["YouBlockedUserOrForbidden"];
            404: components["responses"]["MediaNotFoundOrMessageNotFound"];
            409: components["responses"]["UploadMissingOrMediaAlreadyAttachedOrAttachmentLimit"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["SizeMismatchOrChecksumMismatchOrContentTypeMismatchOrImageTooLarge"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
    "media.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** The id of the file.
                 * @example 0199d0a3-5a10-7000-8000-0000000000e1 */
                id: Id;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The answer. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {
                     *       "id": "0199d0a3-5a10-7000-8000-0000000000e1",
                     *       "status": "ready",
                     *       "file_name": "plan.pdf",
                     *       "content_type": "application/pdf",
                     *       "size_bytes": 48213,
                     *       "width": null,
                     *       "height": null,
                     *       "cdn_url": "https://chat.example.com/files/plan?sig=example",
                     *       "thumbnail_url": null,
                     *       "urls_expire_at": "2026-03-01T12:20:00.000Z",
                     *       "uploader_id": "0199d0a3-5a10-7000-8000-0000000000b1",
                     *       "created_at": "2026-03-01T12:00:00.000Z"
                     *     } */
                    "application/json": Media;
                };
            };
            400: components["responses"]["ValidationFailed"];
            401: components["responses"]["UnauthenticatedOrTokenExpired"];
            404: components["responses"]["MediaNotFound"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["Unavailable"];
        };
    };
}
