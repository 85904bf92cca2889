import type { Conversation, Message, msgsrvContract, Participant } from "@vero/contracts";
import type { Person } from "./people.js";

type Contract = typeof msgsrvContract;
export type Added = Contract["participants"]["add"]["output"]["_output"];
export type Reacted = Contract["messages"]["react"]["output"]["_output"];
export type Forwarded = Contract["messages"]["forward"]["output"]["_output"];
export type Synced = Contract["messages"]["sync"]["output"]["_output"];

type Scope = "for_me" | "for_everyone";
const scoped = (scope?: Scope): string => (scope === undefined ? "" : `?scope=${scope}`);

export const update = (by: Person, id: string, body: object) =>
  by.call<Conversation>(`PATCH /v1/chat/conversations/${id}`, { body });

export const deleteConversation = (by: Person, id: string, scope?: Scope) =>
  by.call(`DELETE /v1/chat/conversations/${id}${scoped(scope)}`);

export const addTo = (by: Person, id: string, user_ids: readonly string[], more: object = {}) =>
  by.call<Added>(`POST /v1/chat/conversations/${id}/participants`, { body: { user_ids, ...more } });

export const removeFrom = (by: Person, id: string, userId: string) =>
  by.call(`DELETE /v1/chat/conversations/${id}/participants/${userId}`);

export const setRole = (by: Person, id: string, userId: string, role: unknown) =>
  by.call<Participant>(`PATCH /v1/chat/conversations/${id}/participants/${userId}`, { body: { role } });

export const edit = (by: Person, id: string, text: unknown, more: object = {}) =>
  by.call<Message>(`PATCH /v1/chat/messages/${id}`, { body: { text, ...more } });

export const deleteMessage = (by: Person, id: string, scope?: Scope) =>
  by.call(`DELETE /v1/chat/messages/${id}${scoped(scope)}`);

export const react = (by: Person, id: string, emoji: unknown, action?: string) =>
  by.call<Reacted>(`POST /v1/chat/messages/${id}/reactions`, { body: { emoji, ...(action && { action }) } });

export const forward = (by: Person, message_ids: readonly string[], conversation_ids: readonly string[], more = {}) =>
  by.call<Forwarded>("POST /v1/chat/messages/forward", { body: { message_ids, conversation_ids, ...more } });

export const sync = (by: Person, conversations: readonly object[], more: object = {}) =>
  by.call<Synced>("POST /v1/chat/messages/sync", { body: { conversations, ...more } });

export const block = (by: Person, other: Pick<Person, "id">) => by.call(`POST /v1/chat/users/${other.id}/block`);

export const unblock = (by: Person, other: Pick<Person, "id">) => by.call(`DELETE /v1/chat/users/${other.id}/block`);

/** Reads the cursor of a client that has caught up. */
export async function cursorOf(by: Person): Promise<string> {
  const { body } = await sync(by, []);
  return (await sync(by, [], { user_cursor: body.user_cursor })).body.user_cursor;
}
