import { useSyncExternalStore } from "react";
import type { Conversation } from "../generated/client.js";
import type { ConnectionState } from "../realtime/state.js";
import {
  type ConversationList,
  createStore,
  type ParticipantList,
  type Presence,
  type Store,
  type StoreStatus,
  type UnreadTotals,
} from "../store/index.js";
import type { Vero } from "../vero.js";
import { useStore, useVero } from "./context.js";

const empties = new WeakMap<Store, Store>();

/** Answers a store without anything in it: what servers render, and what a page begins with that takes over from them. */
function emptyOf(store: Store, vero: Vero): Store {
  const empty = empties.get(store) ?? createStore(vero);
  empties.set(store, empty);
  return empty;
}

/** Reads from the store, and renders again when what was read is another object. */
export function useSelected<T>(select: (store: Store) => T): T {
  const store = useStore();
  const vero = useVero();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store),
    () => select(emptyOf(store, vero)),
  );
}

/** The conversations, the latest activity first; by default those that are not archived. */
export const useConversations = (filter?: "active" | "archived" | "all"): ConversationList =>
  useSelected((store) => store.conversations(filter));

/** A conversation; undefined where it is not in the list. */
export const useConversation = (id: string): Conversation | undefined => useSelected((store) => store.conversation(id));

/** Those who take part in a conversation; complete while `useMessages` shows it. */
export const useParticipants = (id: string): ParticipantList => useSelected((store) => store.participants(id));

/** Whether a user is online, as far as that is known. */
export const usePresence = (userId: string): Presence | undefined => useSelected((store) => store.presence(userId));

/** How the store is getting on. */
export const useStoreStatus = (): StoreStatus => useSelected((store) => store.status);

/** The counts of what is unread: in all conversations, or with an id in one. */
export function useUnread(): UnreadTotals;
export function useUnread(id: string): number;
export function useUnread(id?: string): UnreadTotals | number {
  return useSelected((store) => (id === undefined ? store.unread() : (store.conversation(id)?.me.unread_count ?? 0)));
}

const idle: ConnectionState = { status: "idle" };

/** The state of the connection. */
export function useConnection(): ConnectionState {
  const { connection } = useVero();
  return useSyncExternalStore(
    connection.subscribe,
    () => connection.state,
    () => idle,
  );
}
