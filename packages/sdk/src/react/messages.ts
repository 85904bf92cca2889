import { useEffect, useMemo } from "react";
import type { Draft, MessageList, OutboxItem } from "../store/index.js";
import { useStore } from "./context.js";
import { useSelected } from "./selectors.js";

/** The messages of a conversation, and what moves and extends the part that is shown. */
export interface Messages extends MessageList {
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  jumpTo(target: number | "latest" | "first_unread"): Promise<void>;
  markRead(seq?: number): Promise<void>;
}

/** The messages of a conversation, which is open for as long as the component is shown. */
export function useMessages(id: string): Messages {
  const store = useStore();
  useEffect(() => store.open(id), [store, id]);
  const list = useSelected((from) => from.messages(id));
  return useMemo(
    () => ({
      ...list,
      loadOlder: () => store.loadOlder(id),
      loadNewer: () => store.loadNewer(id),
      jumpTo: (target) => store.jumpTo(id, target),
      markRead: (seq) => store.markRead(id, seq),
    }),
    [store, id, list],
  );
}

/** What sends messages to one conversation, and those that are not sent yet. */
export interface SendMessage {
  /** Sends a text, or a draft; answers its `client_message_id`. */
  send(draft: string | Omit<Draft, "conversation_id">): string;
  retry(clientMessageId: string): void;
  discard(clientMessageId: string): void;
  readonly unsent: readonly OutboxItem[];
}

/** Sends messages to a conversation. */
export function useSendMessage(id: string): SendMessage {
  const store = useStore();
  const unsent = useSelected((from) => from.outbox(id));
  return useMemo(
    () => ({
      send: (draft) => store.send({ ...(typeof draft === "string" ? { text: draft } : draft), conversation_id: id }),
      retry: (key) => store.retry(key),
      discard: (key) => store.discard(key),
      unsent,
    }),
    [store, id, unsent],
  );
}

/** The others who are typing in a conversation, and a way to tell them that the user is. */
export interface Typing {
  readonly userIds: readonly string[];
  /** To be called at each key; it passes on what is needed. */
  setTyping(isTyping?: boolean): void;
}

/** Who is typing in a conversation. */
export function useTyping(id: string): Typing {
  const store = useStore();
  const userIds = useSelected((from) => from.typing(id));
  return useMemo(() => ({ userIds, setTyping: (isTyping) => store.setTyping(id, isTyping) }), [store, id, userIds]);
}
