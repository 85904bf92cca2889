// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

import type { operations, AuthChangePasswordRequest, AuthCreateInviteRequest, AuthLoginRequest, AuthLogoutRequest, AuthRefreshRequest, AuthSignupRequest, AuthUpdateMemberRequest, AuthUpdateProfileRequest, ConversationsCreateRequest, ConversationsMarkReadRequest, ConversationsMuteRequest, ConversationsSetTypingRequest, ConversationsUpdateRequest, MediaConfirmRequest, MediaCreateUploadUrlRequest, MessagesEditRequest, MessagesForwardRequest, MessagesReactRequest, MessagesSendRequest, MessagesSyncRequest, ParticipantsAddRequest, ParticipantsUpdateRequest } from "./openapi.js";

export type { AddedParticipants, Agent, AgentPage, AuthChangePasswordRequest, AuthCreateInviteRequest, AuthLoginRequest, AuthLogoutRequest, AuthRefreshRequest, AuthSignupRequest, AuthTokens, AuthUpdateMemberRequest, AuthUpdateProfileRequest, Availability, Block, BlockPage, Capability, Conversation, ConversationPage, ConversationRole, ConversationType, ConversationsCreateRequest, ConversationsMarkReadRequest, ConversationsMuteRequest, ConversationsSetTypingRequest, ConversationsUpdateRequest, CreatedInvite, ErrorCode, ForwardResult, Forwarded, HiddenMessage, Id, Invite, InvitePage, IssueCode, Me, MeWithSession, Media, MediaConfirmRequest, MediaCreateUploadUrlRequest, MediaStatus, Membership, Message, MessageEdit, MessageEditPage, MessageOrigin, MessageReactions, MessageWindow, MessagesEditRequest, MessagesForwardRequest, MessagesReactRequest, MessagesSendRequest, MessagesSyncRequest, Participant, ParticipantPage, ParticipantsAddRequest, ParticipantsUpdateRequest, Problem, ProblemIssue, Reaction, ReadReceipt, ReadState, RealtimeToken, RemovedConversation, ReplyPreview, SearchHit, SearchHitPage, Session, SessionPage, Snippet, SyncPosition, SyncResult, SyncedConversation, SystemEvent, Tenant, TenantRole, TextRange, Time, UnreadCounts, UnreadItem, Upload, User, UserPage } from "./openapi.js";

/** Options of a single call. */
export interface CallOptions {
  /** Ends the call: it throws `aborted`. A change may have happened on the server nevertheless. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for each attempt; overrides the default of the client. */
  timeoutMs?: number | undefined;
  /** Repetitions of an idempotent call after failures that may pass; overrides the default of the client. */
  retries?: number | undefined;
}

/** The fields of path, query and body as one flat object. An optional field may also be given as undefined. */
type Flat<T> = { [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The input of operations that take none. */
export type NoInput = Record<string, never>;

export type AuthChangePasswordInput = Flat<AuthChangePasswordRequest>;
export type AuthChangePasswordOutput = void;
/** The codes that the service may refuse `auth.change_password` with. */
export type AuthChangePasswordErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "invalid_current_password" | "password_too_common" | "rate_limited" | "internal_error" | "unavailable";

export type AuthCreateInviteInput = Flat<AuthCreateInviteRequest>;
export type AuthCreateInviteOutput = operations["auth.create_invite"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.create_invite` with. */
export type AuthCreateInviteErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "forbidden" | "rate_limited" | "internal_error" | "unavailable";

export type AuthListInvitesInput = Flat<NonNullable<operations["auth.list_invites"]["parameters"]["query"]>>;
export type AuthListInvitesOutput = operations["auth.list_invites"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.list_invites` with. */
export type AuthListInvitesErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "forbidden" | "rate_limited" | "internal_error" | "unavailable";

export type AuthListSessionsInput = Flat<NonNullable<operations["auth.list_sessions"]["parameters"]["query"]>>;
export type AuthListSessionsOutput = operations["auth.list_sessions"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.list_sessions` with. */
export type AuthListSessionsErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "rate_limited" | "internal_error" | "unavailable";

export type AuthLoginInput = Flat<AuthLoginRequest>;
export type AuthLoginOutput = operations["auth.login"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.login` with. */
export type AuthLoginErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "invalid_credentials" | "rate_limited" | "internal_error" | "unavailable";

export type AuthLogoutInput = Flat<AuthLogoutRequest>;
export type AuthLogoutOutput = void;
/** The codes that the service may refuse `auth.logout` with. */
export type AuthLogoutErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "rate_limited" | "internal_error" | "unavailable";

export type AuthMeInput = NoInput;
export type AuthMeOutput = operations["auth.me"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.me` with. */
export type AuthMeErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "rate_limited" | "internal_error" | "unavailable";

export type AuthRefreshInput = Flat<AuthRefreshRequest>;
export type AuthRefreshOutput = operations["auth.refresh"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.refresh` with. */
export type AuthRefreshErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "invalid_refresh_token" | "token_reused" | "rate_limited" | "internal_error" | "unavailable";

export type AuthRevokeInviteInput = Flat<operations["auth.revoke_invite"]["parameters"]["path"]>;
export type AuthRevokeInviteOutput = void;
/** The codes that the service may refuse `auth.revoke_invite` with. */
export type AuthRevokeInviteErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "forbidden" | "invite_not_found" | "rate_limited" | "internal_error" | "unavailable";

export type AuthRevokeSessionInput = Flat<operations["auth.revoke_session"]["parameters"]["path"]>;
export type AuthRevokeSessionOutput = void;
/** The codes that the service may refuse `auth.revoke_session` with. */
export type AuthRevokeSessionErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "session_not_found" | "rate_limited" | "internal_error" | "unavailable";

export type AuthSignupInput = Flat<((AuthSignupRequest & { tenant_name: NonNullable<AuthSignupRequest["tenant_name"]>; invite_token?: null }) | (AuthSignupRequest & { tenant_name?: null; invite_token: NonNullable<AuthSignupRequest["invite_token"]> }))>;
export type AuthSignupOutput = operations["auth.signup"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.signup` with. */
export type AuthSignupErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "email_taken" | "invalid_invite" | "password_too_common" | "signup_closed" | "rate_limited" | "internal_error" | "unavailable";

export type AuthUpdateMemberInput = Flat<operations["auth.update_member"]["parameters"]["path"] & AuthUpdateMemberRequest>;
export type AuthUpdateMemberOutput = operations["auth.update_member"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.update_member` with. */
export type AuthUpdateMemberErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "forbidden" | "user_not_found" | "last_owner" | "rate_limited" | "internal_error" | "unavailable";

export type AuthUpdateProfileInput = Flat<AuthUpdateProfileRequest>;
export type AuthUpdateProfileOutput = operations["auth.update_profile"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `auth.update_profile` with. */
export type AuthUpdateProfileErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsArchiveInput = Flat<operations["conversations.archive"]["parameters"]["path"]>;
export type ConversationsArchiveOutput = void;
/** The codes that the service may refuse `conversations.archive` with. */
export type ConversationsArchiveErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsCreateInput = Flat<((ConversationsCreateRequest & { type: "direct"; name?: null; description?: null; avatar_url?: null }) | (ConversationsCreateRequest & { type: Exclude<ConversationsCreateRequest["type"], "direct"> }))>;
export type ConversationsCreateOutput = operations["conversations.create"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `conversations.create` with. */
export type ConversationsCreateErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "unknown_users" | "you_blocked_user" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsDeleteInput = Flat<operations["conversations.delete"]["parameters"]["path"] & NonNullable<operations["conversations.delete"]["parameters"]["query"]>>;
export type ConversationsDeleteOutput = void;
/** The codes that the service may refuse `conversations.delete` with. */
export type ConversationsDeleteErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "forbidden" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsGetInput = Flat<operations["conversations.get"]["parameters"]["path"]>;
export type ConversationsGetOutput = operations["conversations.get"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `conversations.get` with. */
export type ConversationsGetErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsListInput = Flat<NonNullable<operations["conversations.list"]["parameters"]["query"]>>;
export type ConversationsListOutput = operations["conversations.list"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `conversations.list` with. */
export type ConversationsListErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsListUnreadInput = NoInput;
export type ConversationsListUnreadOutput = operations["conversations.list_unread"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `conversations.list_unread` with. */
export type ConversationsListUnreadErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsMarkReadInput = Flat<operations["conversations.mark_read"]["parameters"]["path"] & ConversationsMarkReadRequest>;
export type ConversationsMarkReadOutput = operations["conversations.mark_read"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `conversations.mark_read` with. */
export type ConversationsMarkReadErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "seq_out_of_range" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsMuteInput = Flat<operations["conversations.mute"]["parameters"]["path"] & ConversationsMuteRequest>;
export type ConversationsMuteOutput = void;
/** The codes that the service may refuse `conversations.mute` with. */
export type ConversationsMuteErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsSetTypingInput = Flat<operations["conversations.set_typing"]["parameters"]["path"] & ConversationsSetTypingRequest>;
export type ConversationsSetTypingOutput = void;
/** The codes that the service may refuse `conversations.set_typing` with. */
export type ConversationsSetTypingErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsUnarchiveInput = Flat<operations["conversations.unarchive"]["parameters"]["path"]>;
export type ConversationsUnarchiveOutput = void;
/** The codes that the service may refuse `conversations.unarchive` with. */
export type ConversationsUnarchiveErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsUnmuteInput = Flat<operations["conversations.unmute"]["parameters"]["path"]>;
export type ConversationsUnmuteOutput = void;
/** The codes that the service may refuse `conversations.unmute` with. */
export type ConversationsUnmuteErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ConversationsUpdateInput = Flat<operations["conversations.update"]["parameters"]["path"] & ConversationsUpdateRequest>;
export type ConversationsUpdateOutput = operations["conversations.update"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `conversations.update` with. */
export type ConversationsUpdateErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "forbidden" | "direct_conversation_immutable" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MediaConfirmInput = Flat<operations["media.confirm"]["parameters"]["path"] & MediaConfirmRequest>;
export type MediaConfirmOutput = operations["media.confirm"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `media.confirm` with. */
export type MediaConfirmErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "media_not_found" | "upload_missing" | "size_mismatch" | "checksum_mismatch" | "content_type_mismatch" | "image_too_large" | "message_not_found" | "you_blocked_user" | "forbidden" | "media_already_attached" | "attachment_limit" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MediaCreateUploadUrlInput = Flat<MediaCreateUploadUrlRequest>;
export type MediaCreateUploadUrlOutput = operations["media.create_upload_url"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `media.create_upload_url` with. */
export type MediaCreateUploadUrlErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "media_too_large" | "media_type_not_allowed" | "media_pending_limit" | "quota_exceeded" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MediaGetInput = Flat<operations["media.get"]["parameters"]["path"]>;
export type MediaGetOutput = operations["media.get"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `media.get` with. */
export type MediaGetErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "media_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesDeleteInput = Flat<operations["messages.delete"]["parameters"]["path"] & NonNullable<operations["messages.delete"]["parameters"]["query"]>>;
export type MessagesDeleteOutput = void;
/** The codes that the service may refuse `messages.delete` with. */
export type MessagesDeleteErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "message_not_found" | "forbidden" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesEditInput = Flat<operations["messages.edit"]["parameters"]["path"] & MessagesEditRequest>;
export type MessagesEditOutput = operations["messages.edit"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.edit` with. */
export type MessagesEditErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "message_not_found" | "forbidden" | "message_deleted" | "version_conflict" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesForwardInput = Flat<MessagesForwardRequest>;
export type MessagesForwardOutput = operations["messages.forward"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.forward` with. */
export type MessagesForwardErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "message_not_found" | "message_deleted" | "idempotency_conflict" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesGetInput = Flat<operations["messages.get"]["parameters"]["path"]>;
export type MessagesGetOutput = operations["messages.get"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.get` with. */
export type MessagesGetErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "message_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesListInput = Flat<operations["messages.list"]["parameters"]["path"] & NonNullable<operations["messages.list"]["parameters"]["query"]>>;
export type MessagesListOutput = operations["messages.list"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.list` with. */
export type MessagesListErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesListEditsInput = Flat<operations["messages.list_edits"]["parameters"]["path"] & NonNullable<operations["messages.list_edits"]["parameters"]["query"]>>;
export type MessagesListEditsOutput = operations["messages.list_edits"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.list_edits` with. */
export type MessagesListEditsErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "message_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesReactInput = Flat<operations["messages.react"]["parameters"]["path"] & MessagesReactRequest>;
export type MessagesReactOutput = operations["messages.react"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.react` with. */
export type MessagesReactErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "message_not_found" | "message_deleted" | "reaction_limit" | "you_blocked_user" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesSearchInput = Flat<NonNullable<operations["messages.search"]["parameters"]["query"]>>;
export type MessagesSearchOutput = operations["messages.search"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.search` with. */
export type MessagesSearchErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesSendInput = Flat<((MessagesSendRequest & { text: NonNullable<MessagesSendRequest["text"]> }) | (MessagesSendRequest & { text?: null; media_ids: NonNullable<MessagesSendRequest["media_ids"]> }))>;
export type MessagesSendOutput = operations["messages.send"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.send` with. */
export type MessagesSendErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "you_blocked_user" | "idempotency_conflict" | "invalid_reply" | "replied_message_deleted" | "invalid_mention" | "media_not_found" | "media_not_ready" | "media_already_attached" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagesSyncInput = Flat<MessagesSyncRequest>;
export type MessagesSyncOutput = operations["messages.sync"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messages.sync` with. */
export type MessagesSyncErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type MessagingTokenInput = NoInput;
export type MessagingTokenOutput = operations["messaging.token"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `messaging.token` with. */
export type MessagingTokenErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "rate_limited" | "internal_error" | "unavailable";

export type ParticipantsAddInput = Flat<operations["participants.add"]["parameters"]["path"] & ParticipantsAddRequest>;
export type ParticipantsAddOutput = operations["participants.add"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `participants.add` with. */
export type ParticipantsAddErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "forbidden" | "direct_conversation_immutable" | "unknown_users" | "participant_limit" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ParticipantsListInput = Flat<operations["participants.list"]["parameters"]["path"] & NonNullable<operations["participants.list"]["parameters"]["query"]>>;
export type ParticipantsListOutput = operations["participants.list"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `participants.list` with. */
export type ParticipantsListErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "conversation_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ParticipantsRemoveInput = Flat<operations["participants.remove"]["parameters"]["path"]>;
export type ParticipantsRemoveOutput = void;
/** The codes that the service may refuse `participants.remove` with. */
export type ParticipantsRemoveErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "forbidden" | "direct_conversation_immutable" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type ParticipantsUpdateInput = Flat<operations["participants.update"]["parameters"]["path"] & ParticipantsUpdateRequest>;
export type ParticipantsUpdateOutput = operations["participants.update"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `participants.update` with. */
export type ParticipantsUpdateErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "conversation_not_found" | "participant_not_found" | "forbidden" | "direct_conversation_immutable" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type UsersBlockInput = Flat<operations["users.block"]["parameters"]["path"]>;
export type UsersBlockOutput = void;
/** The codes that the service may refuse `users.block` with. */
export type UsersBlockErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "user_not_found" | "cannot_block_self" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type UsersListInput = Flat<NonNullable<operations["users.list"]["parameters"]["query"]>>;
export type UsersListOutput = operations["users.list"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `users.list` with. */
export type UsersListErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type UsersListAgentsInput = Flat<NonNullable<operations["users.list_agents"]["parameters"]["query"]>>;
export type UsersListAgentsOutput = operations["users.list_agents"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `users.list_agents` with. */
export type UsersListAgentsErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type UsersListBlocksInput = Flat<NonNullable<operations["users.list_blocks"]["parameters"]["query"]>>;
export type UsersListBlocksOutput = operations["users.list_blocks"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `users.list_blocks` with. */
export type UsersListBlocksErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type UsersSearchInput = Flat<NonNullable<operations["users.search"]["parameters"]["query"]>>;
export type UsersSearchOutput = operations["users.search"]["responses"]["200"]["content"]["application/json"];
/** The codes that the service may refuse `users.search` with. */
export type UsersSearchErrorCode = "validation_failed" | "unauthenticated" | "token_expired" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export type UsersUnblockInput = Flat<operations["users.unblock"]["parameters"]["path"]>;
export type UsersUnblockOutput = void;
/** The codes that the service may refuse `users.unblock` with. */
export type UsersUnblockErrorCode = "validation_failed" | "malformed_json" | "payload_too_large" | "unsupported_media_type" | "unauthenticated" | "token_expired" | "user_not_found" | "bad_gateway" | "rate_limited" | "internal_error" | "unavailable";

export interface AuthApi {
  /**
   * Change the account password.
   *
   * Ends every other session of the user. The new password must not be easy to guess, as for `auth.signup`.
   *
   * Rate limit: 5 calls in 3600 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `password_too_common`; 401 `unauthenticated`, `token_expired`; 403 `invalid_current_password`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `POST /auth/change-password`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `invalid_current_password`
   * @throws {VeroError} `password_too_common`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  changePassword(input: AuthChangePasswordInput, options?: CallOptions): Promise<AuthChangePasswordOutput>;

  /**
   * Invite someone into the workspace.
   *
   * Owners and admins; only owners may invite owners. The token is shown once and works once, while whoever made it may still give the role. With `email` it works only for a signup with that email, which then counts as verified. Nobody reads mail here: that means no more than that whoever signed up was given the token.
   *
   * Beyond the schema: `email`: must have at most 64 characters before the @.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `POST /auth/invites`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  createInvite(input: AuthCreateInviteInput, options?: CallOptions): Promise<AuthCreateInviteOutput>;

  /**
   * Open invites, newest first.
   *
   * Owners and admins.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `GET /auth/invites`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  listInvites(input?: AuthListInvitesInput, options?: CallOptions): Promise<AuthListInvitesOutput>;

  /**
   * Where the caller is signed in, newest first.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `GET /auth/sessions`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  listSessions(input?: AuthListSessionsInput, options?: CallOptions): Promise<AuthListSessionsOutput>;

  /**
   * Exchange credentials for an access token and a refresh token.
   *
   * An unknown email, a wrong password and a deactivated account get the same answer in the same time. After 5 failures in 15 minutes an address has to wait before it tries the same account again. After 50 in 60 minutes, wherever they came from, so has everybody who never signed in to the account from where they are.
   *
   * Beyond the schema: `email`: must have at most 64 characters before the @.
   *
   * Rate limit: 20 calls in 60 s per address, within 100 calls in 60 s per address over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `invalid_credentials`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `POST /auth/login`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `invalid_credentials`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  login(input: AuthLoginInput, options?: CallOptions): Promise<AuthLoginOutput>;

  /**
   * Revoke the current refresh token.
   *
   * The access tokens of the session are refused within a second everywhere, and its sockets close.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `POST /auth/logout`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  logout(input?: AuthLogoutInput, options?: CallOptions): Promise<AuthLogoutOutput>;

  /**
   * The authenticated user and workspace.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `GET /auth/me`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  me(input?: AuthMeInput, options?: CallOptions): Promise<AuthMeOutput>;

  /**
   * Rotate the access token.
   *
   * Answers a new access token and a new refresh token. The token just replaced may be sent again, and gets the same successor, for as long as nobody has used that (neither refreshed it nor presented an access token that came with it: the reply was lost), and for 10 seconds in any case (two tabs). After that, and for any older one, the session is revoked (RFC 9700 section 4.14.2).
   *
   * Rate limit: 30 calls in 60 s per address, within 100 calls in 60 s per address over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `invalid_refresh_token`, `token_reused`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `POST /auth/refresh`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `invalid_refresh_token`
   * @throws {VeroError} `token_reused`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  refresh(input: AuthRefreshInput, options?: CallOptions): Promise<AuthRefreshOutput>;

  /**
   * Revoke an invite.
   *
   * Owners and admins. Idempotent for an invite that is revoked or used already.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `invite_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `DELETE /auth/invites/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `invite_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  revokeInvite(input: AuthRevokeInviteInput, options?: CallOptions): Promise<AuthRevokeInviteOutput>;

  /**
   * End one of the caller's sessions.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `session_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `DELETE /auth/sessions/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `session_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  revokeSession(input: AuthRevokeSessionInput, options?: CallOptions): Promise<AuthRevokeSessionOutput>;

  /**
   * Create an account and a workspace.
   *
   * With `tenant_name` a new workspace is created and the user owns it; with `invite_token` the user joins the workspace of the invite, with its role, if whoever made the invite may still give it. Exactly one of the two. A server may be set to take no new workspaces, or no new accounts at all: `signup_closed`.
   *
   * Nobody has to prove that an email is theirs, except with an invite made out to it. Such an invite therefore wins over an account that has the email, was made without one more than a day ago, and was evidently never used since: that account loses the email, its session ends, and it is deactivated; its workspace stays as it is, with nobody in it. Any other account keeps its email: `email_taken`.
   *
   * The password must not be easy to guess for somebody who knows the email, the phone number, and the names of the user and the workspace.
   *
   * Beyond the schema: `tenant_name`: give either tenant_name or invite_token; `email`: must have at most 64 characters before the @; `timezone`: must be an IANA time zone such as Europe/Berlin.
   *
   * Rate limit: 5 calls in 3600 s per address, within 100 calls in 60 s per address over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `invalid_invite`, `password_too_common`; 403 `signup_closed`; 409 `email_taken`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `POST /auth/signup`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `email_taken`
   * @throws {VeroError} `invalid_invite`
   * @throws {VeroError} `password_too_common`
   * @throws {VeroError} `signup_closed`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  signup(input: AuthSignupInput, options?: CallOptions): Promise<AuthSignupOutput>;

  /**
   * Change a member's role, deactivate or reactivate them.
   *
   * Owners and admins; only owners may make, change or deactivate owners. Deactivating ends the sessions and sockets of the user and keeps their name in history. A lower role, deactivating and reactivating revoke the open invites that the user has made.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `user_not_found`; 409 `last_owner`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `PATCH /auth/members/{userId}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `user_not_found`
   * @throws {VeroError} `last_owner`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  updateMember(input: AuthUpdateMemberInput, options?: CallOptions): Promise<AuthUpdateMemberOutput>;

  /**
   * Display name, avatar, timezone, phone, availability.
   *
   * Fields left out stay as they are; `null` clears. Others in the user's conversations see `user.updated`; of another availability, while the user is online, `presence.changed`.
   *
   * Beyond the schema: `timezone`: must be an IANA time zone such as Europe/Berlin.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `PATCH /auth/profile`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  updateProfile(input?: AuthUpdateProfileInput, options?: CallOptions): Promise<AuthUpdateProfileOutput>;
}

export interface ConversationsApi {
  /**
   * Archive for the caller.
   *
   * Idempotent. A new message does not unarchive.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/conversations/{id}/archive`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  archive(input: ConversationsArchiveInput, options?: CallOptions): Promise<ConversationsArchiveOutput>;

  /**
   * Create a conversation.
   *
   * A direct conversation has exactly one other participant and exists once per pair: creating it again answers the existing one. A group may start with up to 500 others; the caller owns it. Those who have blocked the caller are left out of a group, and do not see a new direct conversation; the caller is not notified. With somebody whom the caller has blocked no new direct conversation is made.
   *
   * Beyond the schema: `participant_ids`: a direct conversation has exactly one other participant; `name`: only groups have this; `description`: only groups have this; `avatar_url`: only groups have this; `metadata`: must not nest deeper than 32 levels, must not contain NUL or unpaired surrogates, must have no integers beyond 9007199254740991; send them as strings, must be at most 16384 bytes as JSON.
   *
   * Rate limit: 10 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `unknown_users`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/conversations`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `unknown_users`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  create(input: ConversationsCreateInput, options?: CallOptions): Promise<ConversationsCreateOutput>;

  /**
   * Delete a conversation for oneself or for everyone.
   *
   * for_me: the conversation leaves the caller's list and comes back with the next message, showing only what is new. for_everyone: by the owner of a group, an owner or admin of the workspace, or either side of a direct conversation; it is gone for all.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `DELETE /v1/chat/conversations/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  delete(input: ConversationsDeleteInput, options?: CallOptions): Promise<ConversationsDeleteOutput>;

  /**
   * One conversation.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/conversations/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  get(input: ConversationsGetInput, options?: CallOptions): Promise<ConversationsGetOutput>;

  /**
   * Conversations the caller participates in.
   *
   * Latest activity first. A page never repeats an item of an earlier page of the same walk; what becomes active meanwhile is announced on the socket.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. With `q`: share `search`, 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/conversations`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  list(input?: ConversationsListInput, options?: CallOptions): Promise<ConversationsListOutput>;

  /**
   * Per-conversation unread counts.
   *
   * Only conversations with unread messages, and the total over all of them. Where `has_more` says that there are others, the list of conversations with `unread_only` and `filter=all` has all of them, page by page.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/conversations/unread`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  listUnread(input?: ConversationsListUnreadInput, options?: CallOptions): Promise<ConversationsListUnreadOutput>;

  /**
   * Mark as read up to a seq.
   *
   * Never moves back: a lower seq answers the current position. The other participants receive an event, except across a block.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Share `receipt`: 1 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `seq_out_of_range`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/conversations/{id}/read`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `seq_out_of_range`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  markRead(input: ConversationsMarkReadInput, options?: CallOptions): Promise<ConversationsMarkReadOutput>;

  /**
   * Mute for the caller.
   *
   * Without `until`: until unmuted. Idempotent. Does not change the unread count.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/conversations/{id}/mute`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  mute(input: ConversationsMuteInput, options?: CallOptions): Promise<ConversationsMuteOutput>;

  /**
   * Broadcast a typing indicator.
   *
   * Ephemeral: it expires after 6 seconds and is never stored. More than one a second is dropped silently. Not delivered across a block.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/conversations/{id}/typing`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  setTyping(input: ConversationsSetTypingInput, options?: CallOptions): Promise<ConversationsSetTypingOutput>;

  /**
   * Unarchive for the caller.
   *
   * Idempotent.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `DELETE /v1/chat/conversations/{id}/archive`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  unarchive(input: ConversationsUnarchiveInput, options?: CallOptions): Promise<ConversationsUnarchiveOutput>;

  /**
   * Unmute for the caller.
   *
   * Idempotent.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `DELETE /v1/chat/conversations/{id}/mute`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  unmute(input: ConversationsUnmuteInput, options?: CallOptions): Promise<ConversationsUnmuteOutput>;

  /**
   * Update name, description, avatar or metadata.
   *
   * Groups only, by their owner and admins. Fields left out stay; `null` clears. Nothing changed: no event.
   *
   * Beyond the schema: `metadata`: must not nest deeper than 32 levels, must not contain NUL or unpaired surrogates, must have no integers beyond 9007199254740991; send them as strings, must be at most 16384 bytes as JSON.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 409 `direct_conversation_immutable`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `PATCH /v1/chat/conversations/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  update(input: ConversationsUpdateInput, options?: CallOptions): Promise<ConversationsUpdateOutput>;
}

export interface MediaApi {
  /**
   * Confirm that the upload is complete and attach it to a message.
   *
   * By the uploader only; idempotent. The bytes must be of the announced size, checksum and type: text holds no controls and does not begin like HTML, XML or SVG, office documents of the newer types carry no macros, an image has at most 50,000,000 pixels in all frames together and 500 frames, is not damaged, and takes at most 10 s of a processor to be read and written (`image_too_large` is about any of the three). Images are written anew: upright, without EXIF, location and other metadata, animations of GIF and WebP kept. A later use of the upload URL changes nothing. 422 is final: the file is rejected, and every later confirm answers the same. 409 `upload_missing` and 503 leave it pending: ask again. A check that has begun goes on after the deadline; a repeated call answers its outcome, and `media.ready` and `media.rejected` report it too. With `message_id` the file is added to that message of the caller, which is not deleted and carries at most 30.
   *
   * Rate limit: 60 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `confirm`: 1 of a user, 2 of a workspace, 8 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 15 s.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`, `forbidden`; 404 `media_not_found`, `message_not_found`; 409 `upload_missing`, `media_already_attached`, `attachment_limit`; 413 `payload_too_large`; 415 `unsupported_media_type`; 422 `size_mismatch`, `checksum_mismatch`, `content_type_mismatch`, `image_too_large`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/media/{id}/confirm`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `media_not_found`
   * @throws {VeroError} `upload_missing`
   * @throws {VeroError} `size_mismatch`
   * @throws {VeroError} `checksum_mismatch`
   * @throws {VeroError} `content_type_mismatch`
   * @throws {VeroError} `image_too_large`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `media_already_attached`
   * @throws {VeroError} `attachment_limit`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  confirm(input: MediaConfirmInput, options?: CallOptions): Promise<MediaConfirmOutput>;

  /**
   * Issue a presigned upload URL.
   *
   * Size and type are signed into the URL, which is good for 15 minutes. Images up to 25 MB (25,000,000 bytes), other files up to 100 MB, of the allowed types. It takes one file, once: a second PUT is refused (409 here, 412 by S3), also while the first is on its way, and then the file is there. What is not confirmed within 24 hours is removed, and what is confirmed and not sent with a message within 7 days; a user may have 20 uploads pending. What a user and a workspace keep is bounded (413 `quota_exceeded`): the announced size counts from now on, that of what is handed out once it is confirmed, nothing once it is rejected or removed. A forwarded file counts once, for its uploader.
   *
   * Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 409 `media_pending_limit`; 413 `payload_too_large`, `media_too_large`, `quota_exceeded`; 415 `unsupported_media_type`, `media_type_not_allowed`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/media/upload-url`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `media_too_large`
   * @throws {VeroError} `media_type_not_allowed`
   * @throws {VeroError} `media_pending_limit`
   * @throws {VeroError} `quota_exceeded`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  createUploadUrl(input: MediaCreateUploadUrlInput, options?: CallOptions): Promise<MediaCreateUploadUrlOutput>;

  /**
   * Metadata of a file with fresh URLs.
   *
   * For the uploader, and for everybody who can see a message that carries it. Images, audio and video may be shown inline; everything else is handed out to be saved only.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `media_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/media/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `media_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  get(input: MediaGetInput, options?: CallOptions): Promise<MediaGetOutput>;
}

export interface MessagesApi {
  /**
   * Delete a message for oneself or for everyone.
   *
   * for_me: the caller no longer sees it anywhere; others notice nothing. for_everyone: by the sender, or by an owner or admin of the group, and not of system messages; a tombstone remains, and files that no other message carries are gone for good. Idempotent.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `message_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `DELETE /v1/chat/messages/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  delete(input: MessagesDeleteInput, options?: CallOptions): Promise<MessagesDeleteOutput>;

  /**
   * Edit a message you sent.
   *
   * By the sender, while it is not deleted; forwarded messages are somebody else's words and cannot be edited. With `expected_change_seq` only if nobody changed it since. Earlier texts are stored (list_edits). The same text: no event. A message to somebody who has blocked the sender since disappears for them when it is edited.
   *
   * Rate limit: 5 calls in 1 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `message_not_found`; 409 `version_conflict`; 410 `message_deleted`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `PATCH /v1/chat/messages/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `message_deleted`
   * @throws {VeroError} `version_conflict`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  edit(input: MessagesEditInput, options?: CallOptions): Promise<MessagesEditOutput>;

  /**
   * Forward messages to other conversations.
   *
   * Snapshots of text and files, in the order given; `forwarded_from` names the first origin. A message that cannot be read fails the call before anything is written; a conversation that cannot be written to fails alone. System messages cannot be forwarded. Idempotent with `client_forward_id`, for good: the same content answers the messages there are, and tries those conversations again that failed. `unknown`, with the code `unavailable`: the database went away before it said whether the messages were written; the same call with the same `client_forward_id` finds out. From the first conversation on whose messages would make the answer too large, `messages` is left out.
   *
   * Rate limit: 10 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `forward`: 1 of a user at once; 100 more of a user wait for their turn, and beyond them the answer is 429. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `message_not_found`; 409 `idempotency_conflict`; 410 `message_deleted`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/messages/forward`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `message_deleted`
   * @throws {VeroError} `idempotency_conflict`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  forward(input: MessagesForwardInput, options?: CallOptions): Promise<MessagesForwardOutput>;

  /**
   * One message.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `message_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/messages/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  get(input: MessagesGetInput, options?: CallOptions): Promise<MessagesGetOutput>;

  /**
   * Fetch messages with pagination.
   *
   * One of `before_seq`, `after_seq` (both exclusive) and `around_seq`, or none for the latest. Ascending by seq; deleted messages stay as tombstones. Reading does not mark as read.
   *
   * Beyond the schema: `before_seq`: give at most one of before_seq, after_seq and around_seq.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/conversations/{id}/messages`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  list(input: MessagesListInput, options?: CallOptions): Promise<MessagesListOutput>;

  /**
   * Earlier texts of a message, newest first.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `message_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/messages/{id}/edits`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  listEdits(input: MessagesListEditsInput, options?: CallOptions): Promise<MessagesListEditsOutput>;

  /**
   * Toggle a reaction.
   *
   * `add` and `remove` are idempotent; `toggle` is for people, not for retries. One emoji; 20 kinds a message. In a direct conversation somebody who has blocked the caller never learns of it.
   *
   * Rate limit: 5 calls in 1 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`; 404 `message_not_found`; 409 `reaction_limit`; 410 `message_deleted`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/messages/{id}/reactions`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `message_deleted`
   * @throws {VeroError} `reaction_limit`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  react(input: MessagesReactInput, options?: CallOptions): Promise<MessagesReactOutput>;

  /**
   * Full-text search across accessible messages.
   *
   * Web-search syntax: "a phrase", -word, or. Only what the caller may read now. `has=media` finds messages that carry files. Snippets are plain text; ranges count Unicode code points. The first 24 words of `q` count.
   *
   * Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `search`: 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 50,000 bytes keeps its slot of the user until they have passed at 250,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/messages/search`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  search(input: MessagesSearchInput, options?: CallOptions): Promise<MessagesSearchOutput>;

  /**
   * Send a message.
   *
   * `client_message_id` makes the call idempotent, for good: the same content answers the original message, other content is refused. A retry takes no seq. To somebody who has blocked the caller it is answered like any other, and never reaches them. A message without text is of type `media`.
   *
   * Beyond the schema: `text`: give text or media_ids; `media_ids`: must not repeat an id; `metadata`: must not nest deeper than 32 levels, must not contain NUL or unpaired surrogates, must have no integers beyond 9007199254740991; send them as strings, must be at most 16384 bytes as JSON.
   *
   * Rate limit: 20 calls in 4 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `send`: 20 of a user at once; 500 more of a user wait for their turn, and beyond them the answer is 429. Deadline: 4.5 s.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `invalid_reply`, `invalid_mention`; 401 `unauthenticated`, `token_expired`; 403 `you_blocked_user`; 404 `conversation_not_found`, `media_not_found`; 409 `idempotency_conflict`, `replied_message_deleted`, `media_not_ready`, `media_already_attached`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/messages/send`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `idempotency_conflict`
   * @throws {VeroError} `invalid_reply`
   * @throws {VeroError} `replied_message_deleted`
   * @throws {VeroError} `invalid_mention`
   * @throws {VeroError} `media_not_found`
   * @throws {VeroError} `media_not_ready`
   * @throws {VeroError} `media_already_attached`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  send(input: MessagesSendInput, options?: CallOptions): Promise<MessagesSendOutput>;

  /**
   * Catch up in many conversations at once.
   *
   * State-based: a message changed ten times comes once, in its latest state. A message with a seq that you hold already is an edit, a reaction or a deletion; without `last_change_seq` only messages after `last_seq` come. There is no time window, and everything is read in one snapshot. `user_cursor` covers what no conversation's log holds: conversations added and removed, the caller's own read position, mute, archive, deleted messages and blocks on other devices, and the profiles of others.
   *
   * To begin: take a `user_cursor` (a call without conversations and without a cursor); walk the list of conversations to its end; list the messages and participants that you want to hold; call sync with the conversations held and the cursor. The state is then that of a fresh list, whatever was written meanwhile: `added` also holds the conversations that have moved in the list since the cursor was taken and that the call does not name. From then on the same call, with the numbers of the last answer, catches up.
   *
   * Presence and typing are ephemeral and in no answer of sync: who was away lists the users that it shows anew.
   *
   * Rate limit: 120 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `sync`: 1 of a user, 1 of a workspace, 2 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 1,000,000 bytes per second.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/messages/sync`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  sync(input: MessagesSyncInput, options?: CallOptions): Promise<MessagesSyncOutput>;
}

export interface MessagingApi {
  /**
   * Exchange an access token for a realtime token.
   *
   * The token opens one socket: it goes into the first frame, is valid for 60 seconds, is refused by every REST route and dies with the session. Each connection needs a token of its own. Never stored by caches.
   *
   * Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 503 `unavailable`.
   *
   * `GET /v1/messaging/token`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  token(input?: MessagingTokenInput, options?: CallOptions): Promise<MessagingTokenOutput>;
}

export interface ParticipantsApi {
  /**
   * Add participants.
   *
   * Groups only, by their owner and admins. `history` says whether the added users see what was written before. Answers who was added, who was there already and who was skipped.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `unknown_users`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 409 `direct_conversation_immutable`, `participant_limit`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/conversations/{id}/participants`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `unknown_users`
   * @throws {VeroError} `participant_limit`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  add(input: ParticipantsAddInput, options?: CallOptions): Promise<ParticipantsAddOutput>;

  /**
   * List participants.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 404 `conversation_not_found`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/conversations/{id}/participants`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  list(input: ParticipantsListInput, options?: CallOptions): Promise<ParticipantsListOutput>;

  /**
   * Remove a participant, or leave.
   *
   * The owner and admins remove those of a lower role; anyone may remove themselves. Idempotent. When the owner leaves, the longest-standing admin, else member, becomes the owner.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`; 409 `direct_conversation_immutable`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `DELETE /v1/chat/conversations/{id}/participants/{userId}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  remove(input: ParticipantsRemoveInput, options?: CallOptions): Promise<ParticipantsRemoveOutput>;

  /**
   * Change a role, or hand over ownership.
   *
   * By the owner. Giving the role `owner` makes the previous owner an admin.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 403 `forbidden`; 404 `conversation_not_found`, `participant_not_found`; 409 `direct_conversation_immutable`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `PATCH /v1/chat/conversations/{id}/participants/{userId}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `participant_not_found`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  update(input: ParticipantsUpdateInput, options?: CallOptions): Promise<ParticipantsUpdateOutput>;
}

export interface UsersApi {
  /**
   * Soft-block a user.
   *
   * Idempotent. The blocked user is not notified. Their direct messages no longer arrive, and never will; what they write in shared groups is marked `from_blocked_user` and not counted as unread; they cannot add the caller to groups. The caller cannot write to them directly. Neither learns of the other's presence, typing and reading any more.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`, `cannot_block_self`; 401 `unauthenticated`, `token_expired`; 404 `user_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `POST /v1/chat/users/{id}/block`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `user_not_found`
   * @throws {VeroError} `cannot_block_self`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  block(input: UsersBlockInput, options?: CallOptions): Promise<UsersBlockOutput>;

  /**
   * Users visible to the caller.
   *
   * Active users of the workspace other than the caller, by display name.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. With `q`: share `search`, 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/users`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  list(input?: UsersListInput, options?: CallOptions): Promise<UsersListOutput>;

  /**
   * Agents in the workspace.
   *
   * Active users with the role owner, admin or agent, the caller included, by display name. `presence.changed` reports their availability, `user.updated` of their role, to those who share a conversation with them.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/agents`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  listAgents(input?: UsersListAgentsInput, options?: CallOptions): Promise<UsersListAgentsOutput>;

  /**
   * Users the caller has blocked.
   *
   * The latest first.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 100 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 100,000 bytes keeps its slot of the user until they have passed at 500,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/blocks`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  listBlocks(input?: UsersListBlocksInput, options?: CallOptions): Promise<UsersListBlocksOutput>;

  /**
   * Search users by name or phone.
   *
   * Active users of the workspace other than the caller. By name: each word of `q` begins a word of the name, without regard to accents and case; where words are not separated by spaces, from any character on. First the name itself, then names that begin so, then the others, at last names that are only similar (where PostgreSQL has the extension pg_trgm). By phone, when `q` begins with + and has nothing but digits and what people put between them: only who has exactly this number, which is never echoed.
   *
   * Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `search`: 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 500,000 bytes, so that it may end before all that was asked for. An answer of more than 50,000 bytes keeps its slot of the user until they have passed at 250,000 bytes per second.
   *
   * Errors: 400 `validation_failed`; 401 `unauthenticated`, `token_expired`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `GET /v1/chat/users/search`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  search(input: UsersSearchInput, options?: CallOptions): Promise<UsersSearchOutput>;

  /**
   * Unblock a user.
   *
   * Idempotent. What they write from then on arrives and counts; messages that the block withheld stay withheld.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Errors: 400 `validation_failed`, `malformed_json`; 401 `unauthenticated`, `token_expired`; 404 `user_not_found`; 413 `payload_too_large`; 415 `unsupported_media_type`; 429 `rate_limited`; 500 `internal_error`; 502 `bad_gateway`; 503 `unavailable`.
   *
   * `DELETE /v1/chat/users/{id}/block`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `user_not_found`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  unblock(input: UsersUnblockInput, options?: CallOptions): Promise<UsersUnblockOutput>;
}

/** All operations, by room. */
export interface VeroApi {
  readonly auth: AuthApi;
  readonly conversations: ConversationsApi;
  readonly media: MediaApi;
  readonly messages: MessagesApi;
  readonly messaging: MessagingApi;
  readonly participants: ParticipantsApi;
  readonly users: UsersApi;
}

/** Input, output and error codes of each operation, by its id. */
export interface OperationTypes {
  "auth.change_password": { input: AuthChangePasswordInput; output: AuthChangePasswordOutput; errorCode: AuthChangePasswordErrorCode };
  "auth.create_invite": { input: AuthCreateInviteInput; output: AuthCreateInviteOutput; errorCode: AuthCreateInviteErrorCode };
  "auth.list_invites": { input: AuthListInvitesInput | undefined; output: AuthListInvitesOutput; errorCode: AuthListInvitesErrorCode };
  "auth.list_sessions": { input: AuthListSessionsInput | undefined; output: AuthListSessionsOutput; errorCode: AuthListSessionsErrorCode };
  "auth.login": { input: AuthLoginInput; output: AuthLoginOutput; errorCode: AuthLoginErrorCode };
  "auth.logout": { input: AuthLogoutInput | undefined; output: AuthLogoutOutput; errorCode: AuthLogoutErrorCode };
  "auth.me": { input: AuthMeInput | undefined; output: AuthMeOutput; errorCode: AuthMeErrorCode };
  "auth.refresh": { input: AuthRefreshInput; output: AuthRefreshOutput; errorCode: AuthRefreshErrorCode };
  "auth.revoke_invite": { input: AuthRevokeInviteInput; output: AuthRevokeInviteOutput; errorCode: AuthRevokeInviteErrorCode };
  "auth.revoke_session": { input: AuthRevokeSessionInput; output: AuthRevokeSessionOutput; errorCode: AuthRevokeSessionErrorCode };
  "auth.signup": { input: AuthSignupInput; output: AuthSignupOutput; errorCode: AuthSignupErrorCode };
  "auth.update_member": { input: AuthUpdateMemberInput; output: AuthUpdateMemberOutput; errorCode: AuthUpdateMemberErrorCode };
  "auth.update_profile": { input: AuthUpdateProfileInput | undefined; output: AuthUpdateProfileOutput; errorCode: AuthUpdateProfileErrorCode };
  "conversations.archive": { input: ConversationsArchiveInput; output: ConversationsArchiveOutput; errorCode: ConversationsArchiveErrorCode };
  "conversations.create": { input: ConversationsCreateInput; output: ConversationsCreateOutput; errorCode: ConversationsCreateErrorCode };
  "conversations.delete": { input: ConversationsDeleteInput; output: ConversationsDeleteOutput; errorCode: ConversationsDeleteErrorCode };
  "conversations.get": { input: ConversationsGetInput; output: ConversationsGetOutput; errorCode: ConversationsGetErrorCode };
  "conversations.list": { input: ConversationsListInput | undefined; output: ConversationsListOutput; errorCode: ConversationsListErrorCode };
  "conversations.list_unread": { input: ConversationsListUnreadInput | undefined; output: ConversationsListUnreadOutput; errorCode: ConversationsListUnreadErrorCode };
  "conversations.mark_read": { input: ConversationsMarkReadInput; output: ConversationsMarkReadOutput; errorCode: ConversationsMarkReadErrorCode };
  "conversations.mute": { input: ConversationsMuteInput; output: ConversationsMuteOutput; errorCode: ConversationsMuteErrorCode };
  "conversations.set_typing": { input: ConversationsSetTypingInput; output: ConversationsSetTypingOutput; errorCode: ConversationsSetTypingErrorCode };
  "conversations.unarchive": { input: ConversationsUnarchiveInput; output: ConversationsUnarchiveOutput; errorCode: ConversationsUnarchiveErrorCode };
  "conversations.unmute": { input: ConversationsUnmuteInput; output: ConversationsUnmuteOutput; errorCode: ConversationsUnmuteErrorCode };
  "conversations.update": { input: ConversationsUpdateInput; output: ConversationsUpdateOutput; errorCode: ConversationsUpdateErrorCode };
  "media.confirm": { input: MediaConfirmInput; output: MediaConfirmOutput; errorCode: MediaConfirmErrorCode };
  "media.create_upload_url": { input: MediaCreateUploadUrlInput; output: MediaCreateUploadUrlOutput; errorCode: MediaCreateUploadUrlErrorCode };
  "media.get": { input: MediaGetInput; output: MediaGetOutput; errorCode: MediaGetErrorCode };
  "messages.delete": { input: MessagesDeleteInput; output: MessagesDeleteOutput; errorCode: MessagesDeleteErrorCode };
  "messages.edit": { input: MessagesEditInput; output: MessagesEditOutput; errorCode: MessagesEditErrorCode };
  "messages.forward": { input: MessagesForwardInput; output: MessagesForwardOutput; errorCode: MessagesForwardErrorCode };
  "messages.get": { input: MessagesGetInput; output: MessagesGetOutput; errorCode: MessagesGetErrorCode };
  "messages.list": { input: MessagesListInput; output: MessagesListOutput; errorCode: MessagesListErrorCode };
  "messages.list_edits": { input: MessagesListEditsInput; output: MessagesListEditsOutput; errorCode: MessagesListEditsErrorCode };
  "messages.react": { input: MessagesReactInput; output: MessagesReactOutput; errorCode: MessagesReactErrorCode };
  "messages.search": { input: MessagesSearchInput; output: MessagesSearchOutput; errorCode: MessagesSearchErrorCode };
  "messages.send": { input: MessagesSendInput; output: MessagesSendOutput; errorCode: MessagesSendErrorCode };
  "messages.sync": { input: MessagesSyncInput; output: MessagesSyncOutput; errorCode: MessagesSyncErrorCode };
  "messaging.token": { input: MessagingTokenInput | undefined; output: MessagingTokenOutput; errorCode: MessagingTokenErrorCode };
  "participants.add": { input: ParticipantsAddInput; output: ParticipantsAddOutput; errorCode: ParticipantsAddErrorCode };
  "participants.list": { input: ParticipantsListInput; output: ParticipantsListOutput; errorCode: ParticipantsListErrorCode };
  "participants.remove": { input: ParticipantsRemoveInput; output: ParticipantsRemoveOutput; errorCode: ParticipantsRemoveErrorCode };
  "participants.update": { input: ParticipantsUpdateInput; output: ParticipantsUpdateOutput; errorCode: ParticipantsUpdateErrorCode };
  "users.block": { input: UsersBlockInput; output: UsersBlockOutput; errorCode: UsersBlockErrorCode };
  "users.list": { input: UsersListInput | undefined; output: UsersListOutput; errorCode: UsersListErrorCode };
  "users.list_agents": { input: UsersListAgentsInput | undefined; output: UsersListAgentsOutput; errorCode: UsersListAgentsErrorCode };
  "users.list_blocks": { input: UsersListBlocksInput | undefined; output: UsersListBlocksOutput; errorCode: UsersListBlocksErrorCode };
  "users.search": { input: UsersSearchInput; output: UsersSearchOutput; errorCode: UsersSearchErrorCode };
  "users.unblock": { input: UsersUnblockInput; output: UsersUnblockOutput; errorCode: UsersUnblockErrorCode };
}
