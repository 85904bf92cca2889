// Generated from openapi.json and asyncapi.json. Do not edit: change the contract and generate again.

export interface OperationSpec {
  readonly method: string;
  /** With `{name}` where the input field of that name goes. */
  readonly path: string;
  /** Names of the input fields that travel in the query. */
  readonly query?: readonly string[];
  /** Takes a JSON body: all the other fields. */
  readonly body?: true;
  /** Needs no access token. */
  readonly public?: true;
  /** Answers 204 without a body; 200 with one when absent. */
  readonly status?: 204;
}

const table = {
  "auth.change_password": { method: "POST", path: "/auth/change-password", body: true, status: 204 },
  "auth.create_invite": { method: "POST", path: "/auth/invites", body: true },
  "auth.list_invites": { method: "GET", path: "/auth/invites", query: ["cursor", "limit"] },
  "auth.list_sessions": { method: "GET", path: "/auth/sessions", query: ["cursor", "limit"] },
  "auth.login": { method: "POST", path: "/auth/login", body: true, public: true },
  "auth.logout": { method: "POST", path: "/auth/logout", body: true, status: 204 },
  "auth.me": { method: "GET", path: "/auth/me" },
  "auth.refresh": { method: "POST", path: "/auth/refresh", body: true, public: true },
  "auth.revoke_invite": { method: "DELETE", path: "/auth/invites/{id}", status: 204 },
  "auth.revoke_session": { method: "DELETE", path: "/auth/sessions/{id}", status: 204 },
  "auth.signup": { method: "POST", path: "/auth/signup", body: true, public: true },
  "auth.update_member": { method: "PATCH", path: "/auth/members/{userId}", body: true },
  "auth.update_profile": { method: "PATCH", path: "/auth/profile", body: true },
  "conversations.archive": { method: "POST", path: "/v1/chat/conversations/{id}/archive", status: 204 },
  "conversations.create": { method: "POST", path: "/v1/chat/conversations", body: true },
  "conversations.delete": { method: "DELETE", path: "/v1/chat/conversations/{id}", query: ["scope"], status: 204 },
  "conversations.get": { method: "GET", path: "/v1/chat/conversations/{id}" },
  "conversations.list": { method: "GET", path: "/v1/chat/conversations", query: ["cursor", "limit", "filter", "type", "unread_only", "q"] },
  "conversations.list_unread": { method: "GET", path: "/v1/chat/conversations/unread" },
  "conversations.mark_read": { method: "POST", path: "/v1/chat/conversations/{id}/read", body: true },
  "conversations.mute": { method: "POST", path: "/v1/chat/conversations/{id}/mute", body: true, status: 204 },
  "conversations.set_typing": { method: "POST", path: "/v1/chat/conversations/{id}/typing", body: true, status: 204 },
  "conversations.unarchive": { method: "DELETE", path: "/v1/chat/conversations/{id}/archive", status: 204 },
  "conversations.unmute": { method: "DELETE", path: "/v1/chat/conversations/{id}/mute", status: 204 },
  "conversations.update": { method: "PATCH", path: "/v1/chat/conversations/{id}", body: true },
  "media.confirm": { method: "POST", path: "/v1/chat/media/{id}/confirm", body: true },
  "media.create_upload_url": { method: "POST", path: "/v1/chat/media/upload-url", body: true },
  "media.get": { method: "GET", path: "/v1/chat/media/{id}" },
  "messages.delete": { method: "DELETE", path: "/v1/chat/messages/{id}", query: ["scope"], status: 204 },
  "messages.edit": { method: "PATCH", path: "/v1/chat/messages/{id}", body: true },
  "messages.forward": { method: "POST", path: "/v1/chat/messages/forward", body: true },
  "messages.get": { method: "GET", path: "/v1/chat/messages/{id}" },
  "messages.list": { method: "GET", path: "/v1/chat/conversations/{id}/messages", query: ["before_seq", "after_seq", "around_seq", "limit"] },
  "messages.list_edits": { method: "GET", path: "/v1/chat/messages/{id}/edits", query: ["cursor", "limit"] },
  "messages.react": { method: "POST", path: "/v1/chat/messages/{id}/reactions", body: true },
  "messages.search": { method: "GET", path: "/v1/chat/messages/search", query: ["cursor", "limit", "q", "conversation_id", "sender_id", "before", "after", "has", "sort"] },
  "messages.send": { method: "POST", path: "/v1/chat/messages/send", body: true },
  "messages.sync": { method: "POST", path: "/v1/chat/messages/sync", body: true },
  "messaging.token": { method: "GET", path: "/v1/messaging/token" },
  "participants.add": { method: "POST", path: "/v1/chat/conversations/{id}/participants", body: true },
  "participants.list": { method: "GET", path: "/v1/chat/conversations/{id}/participants", query: ["cursor", "limit"] },
  "participants.remove": { method: "DELETE", path: "/v1/chat/conversations/{id}/participants/{userId}", status: 204 },
  "participants.update": { method: "PATCH", path: "/v1/chat/conversations/{id}/participants/{userId}", body: true },
  "users.block": { method: "POST", path: "/v1/chat/users/{id}/block", status: 204 },
  "users.list": { method: "GET", path: "/v1/chat/users", query: ["cursor", "limit", "q"] },
  "users.list_agents": { method: "GET", path: "/v1/chat/agents", query: ["cursor", "limit"] },
  "users.list_blocks": { method: "GET", path: "/v1/chat/blocks", query: ["cursor", "limit"] },
  "users.search": { method: "GET", path: "/v1/chat/users/search", query: ["cursor", "limit", "q"] },
  "users.unblock": { method: "DELETE", path: "/v1/chat/users/{id}/block", status: 204 },
} as const;

export type OperationId = keyof typeof table;

/** The operations that change something, or read with a body: all but those of GET. */
export type ChangingOperationId = {
  [O in OperationId]: (typeof table)[O]["method"] extends "GET" ? never : O;
}[OperationId];

export const operations: Readonly<Record<OperationId, OperationSpec>> = table;
