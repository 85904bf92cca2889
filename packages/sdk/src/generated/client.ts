// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

import type { components, operations } from "./openapi.js";

/** What any single call can be told. */
export interface CallOptions {
  /** Ends the call: it throws `aborted`. A change may have happened on the server nevertheless. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for each attempt; overrides the default of the client. */
  timeoutMs?: number | undefined;
  /** How often an idempotent call is repeated after a passing failure; overrides the default of the client. */
  retries?: number | undefined;
}

/** The fields of path, query and body as one flat object. An optional field may also be given as undefined. */
type Flat<T> = { [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] };

/** The input of operations that take none. */
export type NoInput = Record<string, never>;

export type Agent = components["schemas"]["Agent"];
export type AuthTokens = components["schemas"]["AuthTokens"];
export type Block = components["schemas"]["Block"];
export type Conversation = components["schemas"]["Conversation"];
export type ConversationRole = components["schemas"]["ConversationRole"];
export type CreatedInvite = components["schemas"]["CreatedInvite"];
export type Id = components["schemas"]["Id"];
export type Invite = components["schemas"]["Invite"];
export type Me = components["schemas"]["Me"];
export type MeWithSession = components["schemas"]["MeWithSession"];
export type Media = components["schemas"]["Media"];
export type Message = components["schemas"]["Message"];
export type MessageEdit = components["schemas"]["MessageEdit"];
export type Participant = components["schemas"]["Participant"];
export type Problem = components["schemas"]["Problem"];
export type Reaction = components["schemas"]["Reaction"];
export type ReadState = components["schemas"]["ReadState"];
export type RealtimeToken = components["schemas"]["RealtimeToken"];
export type Session = components["schemas"]["Session"];
export type Tenant = components["schemas"]["Tenant"];
export type TenantRole = components["schemas"]["TenantRole"];
export type Time = components["schemas"]["Time"];
export type UnreadItem = components["schemas"]["UnreadItem"];
export type Upload = components["schemas"]["Upload"];
export type User = components["schemas"]["User"];

export type AuthChangePasswordInput = Flat<NonNullable<operations["auth.change_password"]["requestBody"]>["content"]["application/json"]>;
export type AuthChangePasswordOutput = void;

export type AuthCreateInviteInput = Flat<NonNullable<operations["auth.create_invite"]["requestBody"]>["content"]["application/json"]>;
export type AuthCreateInviteOutput = operations["auth.create_invite"]["responses"]["200"]["content"]["application/json"];

export type AuthListInvitesInput = Flat<NonNullable<operations["auth.list_invites"]["parameters"]["query"]>>;
export type AuthListInvitesOutput = operations["auth.list_invites"]["responses"]["200"]["content"]["application/json"];

export type AuthListSessionsInput = Flat<NonNullable<operations["auth.list_sessions"]["parameters"]["query"]>>;
export type AuthListSessionsOutput = operations["auth.list_sessions"]["responses"]["200"]["content"]["application/json"];

export type AuthLoginInput = Flat<NonNullable<operations["auth.login"]["requestBody"]>["content"]["application/json"]>;
export type AuthLoginOutput = operations["auth.login"]["responses"]["200"]["content"]["application/json"];

export type AuthLogoutInput = Flat<NonNullable<operations["auth.logout"]["requestBody"]>["content"]["application/json"]>;
export type AuthLogoutOutput = void;

export type AuthMeInput = NoInput;
export type AuthMeOutput = operations["auth.me"]["responses"]["200"]["content"]["application/json"];

export type AuthRefreshInput = Flat<NonNullable<operations["auth.refresh"]["requestBody"]>["content"]["application/json"]>;
export type AuthRefreshOutput = operations["auth.refresh"]["responses"]["200"]["content"]["application/json"];

export type AuthRevokeInviteInput = Flat<operations["auth.revoke_invite"]["parameters"]["path"]>;
export type AuthRevokeInviteOutput = void;

export type AuthRevokeSessionInput = Flat<operations["auth.revoke_session"]["parameters"]["path"]>;
export type AuthRevokeSessionOutput = void;

export type AuthSignupInput = Flat<NonNullable<operations["auth.signup"]["requestBody"]>["content"]["application/json"]>;
export type AuthSignupOutput = operations["auth.signup"]["responses"]["200"]["content"]["application/json"];

export type AuthUpdateMemberInput = Flat<operations["auth.update_member"]["parameters"]["path"] & NonNullable<operations["auth.update_member"]["requestBody"]>["content"]["application/json"]>;
export type AuthUpdateMemberOutput = operations["auth.update_member"]["responses"]["200"]["content"]["application/json"];

export type AuthUpdateProfileInput = Flat<NonNullable<operations["auth.update_profile"]["requestBody"]>["content"]["application/json"]>;
export type AuthUpdateProfileOutput = operations["auth.update_profile"]["responses"]["200"]["content"]["application/json"];

export type ConversationsArchiveInput = Flat<operations["conversations.archive"]["parameters"]["path"]>;
export type ConversationsArchiveOutput = void;

export type ConversationsCreateInput = Flat<NonNullable<operations["conversations.create"]["requestBody"]>["content"]["application/json"]>;
export type ConversationsCreateOutput = operations["conversations.create"]["responses"]["200"]["content"]["application/json"];

export type ConversationsDeleteInput = Flat<operations["conversations.delete"]["parameters"]["path"] & NonNullable<operations["conversations.delete"]["parameters"]["query"]>>;
export type ConversationsDeleteOutput = void;

export type ConversationsGetInput = Flat<operations["conversations.get"]["parameters"]["path"]>;
export type ConversationsGetOutput = operations["conversations.get"]["responses"]["200"]["content"]["application/json"];

export type ConversationsListInput = Flat<NonNullable<operations["conversations.list"]["parameters"]["query"]>>;
export type ConversationsListOutput = operations["conversations.list"]["responses"]["200"]["content"]["application/json"];

export type ConversationsListUnreadInput = NoInput;
export type ConversationsListUnreadOutput = operations["conversations.list_unread"]["responses"]["200"]["content"]["application/json"];

export type ConversationsMarkReadInput = Flat<operations["conversations.mark_read"]["parameters"]["path"] & NonNullable<operations["conversations.mark_read"]["requestBody"]>["content"]["application/json"]>;
export type ConversationsMarkReadOutput = operations["conversations.mark_read"]["responses"]["200"]["content"]["application/json"];

export type ConversationsMuteInput = Flat<operations["conversations.mute"]["parameters"]["path"] & NonNullable<operations["conversations.mute"]["requestBody"]>["content"]["application/json"]>;
export type ConversationsMuteOutput = void;

export type ConversationsSetTypingInput = Flat<operations["conversations.set_typing"]["parameters"]["path"] & NonNullable<operations["conversations.set_typing"]["requestBody"]>["content"]["application/json"]>;
export type ConversationsSetTypingOutput = void;

export type ConversationsUnarchiveInput = Flat<operations["conversations.unarchive"]["parameters"]["path"]>;
export type ConversationsUnarchiveOutput = void;

export type ConversationsUnmuteInput = Flat<operations["conversations.unmute"]["parameters"]["path"]>;
export type ConversationsUnmuteOutput = void;

export type ConversationsUpdateInput = Flat<operations["conversations.update"]["parameters"]["path"] & NonNullable<operations["conversations.update"]["requestBody"]>["content"]["application/json"]>;
export type ConversationsUpdateOutput = operations["conversations.update"]["responses"]["200"]["content"]["application/json"];

export type MediaConfirmInput = Flat<operations["media.confirm"]["parameters"]["path"] & NonNullable<operations["media.confirm"]["requestBody"]>["content"]["application/json"]>;
export type MediaConfirmOutput = operations["media.confirm"]["responses"]["200"]["content"]["application/json"];

export type MediaCreateUploadUrlInput = Flat<NonNullable<operations["media.create_upload_url"]["requestBody"]>["content"]["application/json"]>;
export type MediaCreateUploadUrlOutput = operations["media.create_upload_url"]["responses"]["200"]["content"]["application/json"];

export type MediaGetInput = Flat<operations["media.get"]["parameters"]["path"]>;
export type MediaGetOutput = operations["media.get"]["responses"]["200"]["content"]["application/json"];

export type MessagesDeleteInput = Flat<operations["messages.delete"]["parameters"]["path"] & NonNullable<operations["messages.delete"]["parameters"]["query"]>>;
export type MessagesDeleteOutput = void;

export type MessagesEditInput = Flat<operations["messages.edit"]["parameters"]["path"] & NonNullable<operations["messages.edit"]["requestBody"]>["content"]["application/json"]>;
export type MessagesEditOutput = operations["messages.edit"]["responses"]["200"]["content"]["application/json"];

export type MessagesForwardInput = Flat<NonNullable<operations["messages.forward"]["requestBody"]>["content"]["application/json"]>;
export type MessagesForwardOutput = operations["messages.forward"]["responses"]["200"]["content"]["application/json"];

export type MessagesGetInput = Flat<operations["messages.get"]["parameters"]["path"]>;
export type MessagesGetOutput = operations["messages.get"]["responses"]["200"]["content"]["application/json"];

export type MessagesListInput = Flat<operations["messages.list"]["parameters"]["path"] & NonNullable<operations["messages.list"]["parameters"]["query"]>>;
export type MessagesListOutput = operations["messages.list"]["responses"]["200"]["content"]["application/json"];

export type MessagesListEditsInput = Flat<operations["messages.list_edits"]["parameters"]["path"] & NonNullable<operations["messages.list_edits"]["parameters"]["query"]>>;
export type MessagesListEditsOutput = operations["messages.list_edits"]["responses"]["200"]["content"]["application/json"];

export type MessagesReactInput = Flat<operations["messages.react"]["parameters"]["path"] & NonNullable<operations["messages.react"]["requestBody"]>["content"]["application/json"]>;
export type MessagesReactOutput = operations["messages.react"]["responses"]["200"]["content"]["application/json"];

export type MessagesSearchInput = Flat<NonNullable<operations["messages.search"]["parameters"]["query"]>>;
export type MessagesSearchOutput = operations["messages.search"]["responses"]["200"]["content"]["application/json"];

export type MessagesSendInput = Flat<NonNullable<operations["messages.send"]["requestBody"]>["content"]["application/json"]>;
export type MessagesSendOutput = operations["messages.send"]["responses"]["200"]["content"]["application/json"];

export type MessagesSyncInput = Flat<NonNullable<operations["messages.sync"]["requestBody"]>["content"]["application/json"]>;
export type MessagesSyncOutput = operations["messages.sync"]["responses"]["200"]["content"]["application/json"];

export type MessagingTokenInput = NoInput;
export type MessagingTokenOutput = operations["messaging.token"]["responses"]["200"]["content"]["application/json"];

export type ParticipantsAddInput = Flat<operations["participants.add"]["parameters"]["path"] & NonNullable<operations["participants.add"]["requestBody"]>["content"]["application/json"]>;
export type ParticipantsAddOutput = operations["participants.add"]["responses"]["200"]["content"]["application/json"];

export type ParticipantsListInput = Flat<operations["participants.list"]["parameters"]["path"] & NonNullable<operations["participants.list"]["parameters"]["query"]>>;
export type ParticipantsListOutput = operations["participants.list"]["responses"]["200"]["content"]["application/json"];

export type ParticipantsRemoveInput = Flat<operations["participants.remove"]["parameters"]["path"]>;
export type ParticipantsRemoveOutput = void;

export type ParticipantsUpdateInput = Flat<operations["participants.update"]["parameters"]["path"] & NonNullable<operations["participants.update"]["requestBody"]>["content"]["application/json"]>;
export type ParticipantsUpdateOutput = operations["participants.update"]["responses"]["200"]["content"]["application/json"];

export type UsersBlockInput = Flat<operations["users.block"]["parameters"]["path"]>;
export type UsersBlockOutput = void;

export type UsersListInput = Flat<NonNullable<operations["users.list"]["parameters"]["query"]>>;
export type UsersListOutput = operations["users.list"]["responses"]["200"]["content"]["application/json"];

export type UsersListAgentsInput = Flat<NonNullable<operations["users.list_agents"]["parameters"]["query"]>>;
export type UsersListAgentsOutput = operations["users.list_agents"]["responses"]["200"]["content"]["application/json"];

export type UsersListBlocksInput = Flat<NonNullable<operations["users.list_blocks"]["parameters"]["query"]>>;
export type UsersListBlocksOutput = operations["users.list_blocks"]["responses"]["200"]["content"]["application/json"];

export type UsersSearchInput = Flat<NonNullable<operations["users.search"]["parameters"]["query"]>>;
export type UsersSearchOutput = operations["users.search"]["responses"]["200"]["content"]["application/json"];

export type UsersUnblockInput = Flat<operations["users.unblock"]["parameters"]["path"]>;
export type UsersUnblockOutput = void;

export interface AuthApi {
  /**
   * Change the account password.
   *
   * Ends every other session of the user.
   *
   * Rate limit: 5 calls in 3600 s per user, within 600 calls in 60 s per user over all operations.
   *
   * `POST /auth/change-password`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `password_too_common`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `invalid_current_password`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  changePassword(input: AuthChangePasswordInput, options?: CallOptions): Promise<AuthChangePasswordOutput>;

  /**
   * Invite someone into the workspace.
   *
   * Owners and admins; only owners may invite owners. The token is shown once and works once.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `POST /auth/invites`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
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
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
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
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
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
   * An unknown email, a wrong password and a deactivated account get the same answer in the same time.
   *
   * Rate limit: 20 calls in 60 s per address, within 100 calls in 60 s per address over all operations.
   *
   * `POST /auth/login`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `invalid_credentials`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
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
   * `POST /auth/logout`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
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
   * Answers a new access token and a new refresh token. The token just replaced may be sent again for 10 seconds (a lost reply, two tabs) and gets the same successor; any older one revokes the session (RFC 9700 section 4.14.2).
   *
   * Rate limit: 30 calls in 60 s per address, within 100 calls in 60 s per address over all operations.
   *
   * `POST /auth/refresh`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `invalid_refresh_token`
   * @throws {VeroError} `token_reused`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
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
   * `DELETE /auth/invites/{id}`
   *
   * @throws {VeroError} `validation_failed`
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
   * `DELETE /auth/sessions/{id}`
   *
   * @throws {VeroError} `validation_failed`
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
   * With `tenant_name` a new workspace is created and the user owns it; with `invite_token` the user joins the workspace of the invite, with its role. Exactly one of the two.
   *
   * Rate limit: 5 calls in 3600 s per address, within 100 calls in 60 s per address over all operations.
   *
   * `POST /auth/signup`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `invalid_invite`
   * @throws {VeroError} `password_too_common`
   * @throws {VeroError} `email_taken`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `unavailable`
   */
  signup(input: AuthSignupInput, options?: CallOptions): Promise<AuthSignupOutput>;

  /**
   * Change a member's role, deactivate or reactivate them.
   *
   * Owners and admins; only owners may make, change or deactivate owners. Deactivating ends the sessions and sockets of the user and keeps their name in history.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `PATCH /auth/members/{userId}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `user_not_found`
   * @throws {VeroError} `last_owner`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
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
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `PATCH /auth/profile`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
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
   * `POST /v1/chat/conversations/{id}/archive`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  archive(input: ConversationsArchiveInput, options?: CallOptions): Promise<ConversationsArchiveOutput>;

  /**
   * Create a conversation.
   *
   * A direct conversation has exactly one other participant and exists once per pair: creating it again answers the one there is. A group may start with up to 500 others; the caller owns it. Those who have blocked the caller are left out of a group, and do not see a new direct conversation; nothing tells the caller. With somebody whom the caller has blocked no new direct conversation is made.
   *
   * Rate limit: 10 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * `POST /v1/chat/conversations`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unknown_users`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `DELETE /v1/chat/conversations/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  delete(input: ConversationsDeleteInput, options?: CallOptions): Promise<ConversationsDeleteOutput>;

  /**
   * One conversation.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `GET /v1/chat/conversations/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. With `q`: share `search`, 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/conversations`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  list(input?: ConversationsListInput, options?: CallOptions): Promise<ConversationsListOutput>;

  /**
   * Per-conversation unread counts.
   *
   * Only conversations with unread messages, and the total over all of them.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/conversations/unread`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  listUnread(input?: ConversationsListUnreadInput, options?: CallOptions): Promise<ConversationsListUnreadOutput>;

  /**
   * Mark as read up to a seq.
   *
   * Never moves back: a lower seq answers the position there is. Others are told, except across a block.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `POST /v1/chat/conversations/{id}/read`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `seq_out_of_range`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `POST /v1/chat/conversations/{id}/mute`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  mute(input: ConversationsMuteInput, options?: CallOptions): Promise<ConversationsMuteOutput>;

  /**
   * Broadcast a typing indicator.
   *
   * Ephemeral: it expires after 6 seconds and is never stored. More than one a second is dropped silently. Not told across a block.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `POST /v1/chat/conversations/{id}/typing`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `DELETE /v1/chat/conversations/{id}/archive`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `DELETE /v1/chat/conversations/{id}/mute`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  unmute(input: ConversationsUnmuteInput, options?: CallOptions): Promise<ConversationsUnmuteOutput>;

  /**
   * Update name, description, avatar or metadata.
   *
   * Groups only, by their owner and admins. Fields left out stay; `null` clears. Nothing changed: no event.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `PATCH /v1/chat/conversations/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  update(input: ConversationsUpdateInput, options?: CallOptions): Promise<ConversationsUpdateOutput>;
}

export interface MediaApi {
  /**
   * Confirm that the upload is complete and attach it to a message.
   *
   * By the uploader only; idempotent. The bytes must be of the announced size, checksum and type: text holds no controls and does not begin like HTML, XML or SVG, office documents of the newer types carry no macros, an image has at most 50,000,000 pixels in all frames together and is not damaged. Images are written anew: upright, without EXIF, place and whatever else was in the file, animations of GIF and WebP kept. What the upload URL is used for later changes nothing. 422 is final: the file is rejected, and every later confirm answers the same. 409 `upload_missing` and 503 leave it pending. With `message_id` the file is added to that message of the caller, which is not deleted and carries at most 30.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * Share `confirm`: 1 of a user, 1 of a workspace, 2 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 15 s.
   *
   * `POST /v1/chat/media/{id}/confirm`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `media_not_found`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `upload_missing`
   * @throws {VeroError} `media_already_attached`
   * @throws {VeroError} `attachment_limit`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `size_mismatch`
   * @throws {VeroError} `checksum_mismatch`
   * @throws {VeroError} `content_type_mismatch`
   * @throws {VeroError} `image_too_large`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  confirm(input: MediaConfirmInput, options?: CallOptions): Promise<MediaConfirmOutput>;

  /**
   * Issue a presigned upload URL.
   *
   * Size and type are signed into the URL, which is good for 15 minutes. Images up to 25 MB (25,000,000 bytes), other files up to 100 MB, of the allowed types. What is not confirmed within 24 hours is removed; a user may have 20 uploads pending.
   *
   * Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * `POST /v1/chat/media/upload-url`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `media_pending_limit`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `media_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `media_type_not_allowed`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  createUploadUrl(input: MediaCreateUploadUrlInput, options?: CallOptions): Promise<MediaCreateUploadUrlOutput>;

  /**
   * Metadata of a file with fresh URLs.
   *
   * For the uploader, and for whoever can see a message that carries it. Images, audio and video may be shown in place; everything else is handed out to be saved only.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `GET /v1/chat/media/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `media_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `DELETE /v1/chat/messages/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  delete(input: MessagesDeleteInput, options?: CallOptions): Promise<MessagesDeleteOutput>;

  /**
   * Edit a message you sent.
   *
   * By the sender, while it is not deleted; forwarded messages are somebody else's words and cannot be edited. With `expected_change_seq` only if nobody changed it since. Earlier texts are kept (list_edits). The same text: no event. A message to somebody who has blocked the sender since disappears for them when it is edited.
   *
   * Rate limit: 5 calls in 1 s per user, within 600 calls in 60 s per user over all operations.
   *
   * `PATCH /v1/chat/messages/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `version_conflict`
   * @throws {VeroError} `message_deleted`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  edit(input: MessagesEditInput, options?: CallOptions): Promise<MessagesEditOutput>;

  /**
   * Forward messages to other conversations.
   *
   * Snapshots of text and files, in the order given; `forwarded_from` names the first origin. A message that cannot be read fails the call before anything is written; a conversation that cannot be written to fails alone. System messages cannot be forwarded. Idempotent with `client_forward_id`, for good: the same content answers the messages there are, and tries those conversations again that failed. `unknown`, with the code `unavailable`: the database went away before it said whether the messages were written; the same call with the same `client_forward_id` finds out.
   *
   * Rate limit: 10 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * `POST /v1/chat/messages/forward`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `idempotency_conflict`
   * @throws {VeroError} `message_deleted`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  forward(input: MessagesForwardInput, options?: CallOptions): Promise<MessagesForwardOutput>;

  /**
   * One message.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `GET /v1/chat/messages/{id}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  get(input: MessagesGetInput, options?: CallOptions): Promise<MessagesGetOutput>;

  /**
   * Fetch messages with pagination.
   *
   * One of `before_seq`, `after_seq` (both exclusive) and `around_seq`, or none for the latest. Ascending by seq; deleted messages stay as tombstones. Reading does not mark as read.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/conversations/{id}/messages`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  list(input: MessagesListInput, options?: CallOptions): Promise<MessagesListOutput>;

  /**
   * Earlier texts of a message, newest first.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/messages/{id}/edits`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `POST /v1/chat/messages/{id}/reactions`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `message_not_found`
   * @throws {VeroError} `reaction_limit`
   * @throws {VeroError} `message_deleted`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  react(input: MessagesReactInput, options?: CallOptions): Promise<MessagesReactOutput>;

  /**
   * Full-text search across accessible messages.
   *
   * Web-search syntax: "a phrase", -word, or. Only what the caller may read now. `has=media` finds messages that carry files. Snippets are plain text; ranges count Unicode code points.
   *
   * Rate limit: 20 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `search`: 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/messages/search`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  search(input: MessagesSearchInput, options?: CallOptions): Promise<MessagesSearchOutput>;

  /**
   * Send a message.
   *
   * `client_message_id` makes the call idempotent, for good: the same content answers the original message, other content is refused. A retry takes no seq. To somebody who has blocked the caller it is answered like any other, and never reaches them. A message without text is of type `media`.
   *
   * Rate limit: 20 calls in 4 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `send`: 20 of a user at once; 500 more of a user wait for their turn, and beyond them the answer is 429. Deadline: 4.5 s.
   *
   * `POST /v1/chat/messages/send`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `invalid_reply`
   * @throws {VeroError} `invalid_mention`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `you_blocked_user`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `media_not_found`
   * @throws {VeroError} `idempotency_conflict`
   * @throws {VeroError} `replied_message_deleted`
   * @throws {VeroError} `media_not_ready`
   * @throws {VeroError} `media_already_attached`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  send(input: MessagesSendInput, options?: CallOptions): Promise<MessagesSendOutput>;

  /**
   * Catch up in many conversations at once.
   *
   * State-based: a message changed ten times comes once, in its latest state. A message with a seq that you hold already is an edit, a reaction or a deletion; without `last_change_seq` only messages after `last_seq` come. There is no time window, and everything is read in one snapshot. `user_cursor` covers what no conversation's log holds: conversations added and removed, and the caller's own read position, mute, archive, deleted messages and blocks on other devices. A client that has no cursor yet takes one first (a call without conversations) and lists its conversations then. Read positions of others are told on the socket, and listed with the participants.
   *
   * Rate limit: 120 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `sync`: 1 of a user, 1 of a workspace, 2 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `POST /v1/chat/messages/sync`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `POST /v1/chat/conversations/{id}/participants`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unknown_users`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `participant_limit`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  add(input: ParticipantsAddInput, options?: CallOptions): Promise<ParticipantsAddOutput>;

  /**
   * List participants.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/conversations/{id}/participants`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `DELETE /v1/chat/conversations/{id}/participants/{userId}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * `PATCH /v1/chat/conversations/{id}/participants/{userId}`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `forbidden`
   * @throws {VeroError} `conversation_not_found`
   * @throws {VeroError} `participant_not_found`
   * @throws {VeroError} `direct_conversation_immutable`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  update(input: ParticipantsUpdateInput, options?: CallOptions): Promise<ParticipantsUpdateOutput>;
}

export interface UsersApi {
  /**
   * Soft-block a user.
   *
   * Idempotent. The blocked user is never told. Their direct messages no longer arrive, and never will; what they write in shared groups is marked `from_blocked_user` and not counted as unread; they cannot add the caller to groups. The caller cannot write to them directly. Neither learns of the other's presence, typing and reading any more.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `POST /v1/chat/users/{id}/block`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `malformed_json`
   * @throws {VeroError} `cannot_block_self`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `user_not_found`
   * @throws {VeroError} `payload_too_large`
   * @throws {VeroError} `unsupported_media_type`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. With `q`: share `search`, 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/users`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  list(input?: UsersListInput, options?: CallOptions): Promise<UsersListOutput>;

  /**
   * Agents in the workspace.
   *
   * Active users with the role owner, admin or agent, the caller included, by display name. `presence.changed` tells of their availability, `user.updated` of their role, to those who share a conversation with them.
   *
   * Rate limit: 300 calls in 60 s per user, within 600 calls in 60 s per user over all operations.
   *
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/agents`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * Share `list`: 2 of a user, 2 of a workspace, 3 of a process at once; 20 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/blocks`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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
   * Share `search`: 1 of a user, 2 of a workspace, 3 of a process at once; 4 more of a user wait for their turn, and beyond them the answer is 503. Deadline: 4.5 s. An answer holds at most 2,000,000 bytes, so that a page may end before `limit`.
   *
   * `GET /v1/chat/users/search`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
   * @throws {VeroError} `unavailable`
   */
  search(input: UsersSearchInput, options?: CallOptions): Promise<UsersSearchOutput>;

  /**
   * Unblock a user.
   *
   * Idempotent. What they write from then on arrives and counts; what was kept back stays so.
   *
   * Rate limit: 600 calls in 60 s per user over all operations.
   *
   * `DELETE /v1/chat/users/{id}/block`
   *
   * @throws {VeroError} `validation_failed`
   * @throws {VeroError} `unauthenticated`
   * @throws {VeroError} `token_expired`
   * @throws {VeroError} `user_not_found`
   * @throws {VeroError} `rate_limited`
   * @throws {VeroError} `internal_error`
   * @throws {VeroError} `bad_gateway`
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

/** Input and output of each operation, by its id. */
export interface OperationTypes {
  "auth.change_password": { input: AuthChangePasswordInput; output: AuthChangePasswordOutput };
  "auth.create_invite": { input: AuthCreateInviteInput; output: AuthCreateInviteOutput };
  "auth.list_invites": { input: AuthListInvitesInput | undefined; output: AuthListInvitesOutput };
  "auth.list_sessions": { input: AuthListSessionsInput | undefined; output: AuthListSessionsOutput };
  "auth.login": { input: AuthLoginInput; output: AuthLoginOutput };
  "auth.logout": { input: AuthLogoutInput | undefined; output: AuthLogoutOutput };
  "auth.me": { input: AuthMeInput | undefined; output: AuthMeOutput };
  "auth.refresh": { input: AuthRefreshInput; output: AuthRefreshOutput };
  "auth.revoke_invite": { input: AuthRevokeInviteInput; output: AuthRevokeInviteOutput };
  "auth.revoke_session": { input: AuthRevokeSessionInput; output: AuthRevokeSessionOutput };
  "auth.signup": { input: AuthSignupInput; output: AuthSignupOutput };
  "auth.update_member": { input: AuthUpdateMemberInput; output: AuthUpdateMemberOutput };
  "auth.update_profile": { input: AuthUpdateProfileInput | undefined; output: AuthUpdateProfileOutput };
  "conversations.archive": { input: ConversationsArchiveInput; output: ConversationsArchiveOutput };
  "conversations.create": { input: ConversationsCreateInput; output: ConversationsCreateOutput };
  "conversations.delete": { input: ConversationsDeleteInput; output: ConversationsDeleteOutput };
  "conversations.get": { input: ConversationsGetInput; output: ConversationsGetOutput };
  "conversations.list": { input: ConversationsListInput | undefined; output: ConversationsListOutput };
  "conversations.list_unread": { input: ConversationsListUnreadInput | undefined; output: ConversationsListUnreadOutput };
  "conversations.mark_read": { input: ConversationsMarkReadInput; output: ConversationsMarkReadOutput };
  "conversations.mute": { input: ConversationsMuteInput; output: ConversationsMuteOutput };
  "conversations.set_typing": { input: ConversationsSetTypingInput; output: ConversationsSetTypingOutput };
  "conversations.unarchive": { input: ConversationsUnarchiveInput; output: ConversationsUnarchiveOutput };
  "conversations.unmute": { input: ConversationsUnmuteInput; output: ConversationsUnmuteOutput };
  "conversations.update": { input: ConversationsUpdateInput; output: ConversationsUpdateOutput };
  "media.confirm": { input: MediaConfirmInput; output: MediaConfirmOutput };
  "media.create_upload_url": { input: MediaCreateUploadUrlInput; output: MediaCreateUploadUrlOutput };
  "media.get": { input: MediaGetInput; output: MediaGetOutput };
  "messages.delete": { input: MessagesDeleteInput; output: MessagesDeleteOutput };
  "messages.edit": { input: MessagesEditInput; output: MessagesEditOutput };
  "messages.forward": { input: MessagesForwardInput; output: MessagesForwardOutput };
  "messages.get": { input: MessagesGetInput; output: MessagesGetOutput };
  "messages.list": { input: MessagesListInput; output: MessagesListOutput };
  "messages.list_edits": { input: MessagesListEditsInput; output: MessagesListEditsOutput };
  "messages.react": { input: MessagesReactInput; output: MessagesReactOutput };
  "messages.search": { input: MessagesSearchInput; output: MessagesSearchOutput };
  "messages.send": { input: MessagesSendInput; output: MessagesSendOutput };
  "messages.sync": { input: MessagesSyncInput; output: MessagesSyncOutput };
  "messaging.token": { input: MessagingTokenInput | undefined; output: MessagingTokenOutput };
  "participants.add": { input: ParticipantsAddInput; output: ParticipantsAddOutput };
  "participants.list": { input: ParticipantsListInput; output: ParticipantsListOutput };
  "participants.remove": { input: ParticipantsRemoveInput; output: ParticipantsRemoveOutput };
  "participants.update": { input: ParticipantsUpdateInput; output: ParticipantsUpdateOutput };
  "users.block": { input: UsersBlockInput; output: UsersBlockOutput };
  "users.list": { input: UsersListInput | undefined; output: UsersListOutput };
  "users.list_agents": { input: UsersListAgentsInput | undefined; output: UsersListAgentsOutput };
  "users.list_blocks": { input: UsersListBlocksInput | undefined; output: UsersListBlocksOutput };
  "users.search": { input: UsersSearchInput; output: UsersSearchOutput };
  "users.unblock": { input: UsersUnblockInput; output: UsersUnblockOutput };
}
