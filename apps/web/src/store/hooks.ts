import type { ConnectionState, Conversation } from "@vero/sdk";
import type {
  ConversationList,
  Draft,
  MessageList,
  OutboxItem,
  ParticipantList,
  Presence,
  StoreStatus,
  UnreadTotals,
} from "@vero/sdk/store";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useSelector, useStore, useVero } from "./provider.js";

export const useStoreStatus = (): StoreStatus => useSelector((store) => store.status);
export const useConversations = (filter?: "active" | "archived" | "all"): ConversationList =>
  useSelector((store) => store.conversations(filter));
export const useConversation = (id: string): Conversation | undefined => useSelector((store) => store.conversation(id));
export const useParticipants = (id: string): ParticipantList => useSelector((store) => store.participants(id));
export const usePresence = (userId: string): Presence | undefined => useSelector((store) => store.presence(userId));
export const useUnread = (): UnreadTotals => useSelector((store) => store.unread());

export function useConnection(): ConnectionState {
  const { connection } = useVero();
  return useSyncExternalStore(connection.subscribe, () => connection.state);
}

/** The messages of a conversation that is on the screen, and what changes the part of it that is looked at. */
export function useMessages(id: string) {
  const store = useStore();
  const list: MessageList = useSelector((from) => from.messages(id));
  useEffect(() => store.open(id), [store, id]);
  const windows = useMemo(
    () => ({
      loadOlder: () => store.loadOlder(id),
      loadNewer: () => store.loadNewer(id),
      jumpTo: (target: number | "latest" | "first_unread") => store.jumpTo(id, target),
      markRead: (seq?: number) => store.markRead(id, seq),
    }),
    [store, id],
  );
  return useMemo(() => ({ ...list, ...windows }), [list, windows]);
}

/** What sends messages into a conversation, and what of them is not sent yet. */
export function useSendMessage(id: string) {
  const store = useStore();
  const unsent: readonly OutboxItem[] = useSelector((from) => from.outbox(id));
  const actions = useMemo(
    () => ({
      send: (draft: Omit<Draft, "conversation_id">) => store.send({ ...draft, conversation_id: id }),
      retry: (clientMessageId: string) => store.retry(clientMessageId),
      discard: (clientMessageId: string) => store.discard(clientMessageId),
    }),
    [store, id],
  );
  return { ...actions, unsent };
}

export function useTyping(id: string) {
  const store = useStore();
  const userIds = useSelector((from) => from.typing(id));
  return { userIds, setTyping: (isTyping?: boolean) => store.setTyping(id, isTyping) };
}
