import type { Block, Conversation, User } from "../generated/client.js";
import type { Presence } from "./state.js";
import type {
  ConversationList,
  Draft,
  MessageKey,
  MessageList,
  OutboxItem,
  ParticipantList,
  StoreStatus,
  UnreadTotals,
} from "./types.js";

/** The selectors of a store: they answer the same object for as long as nothing in it has changed. */
export interface StoreReads {
  /** The conversations, the latest activity first; by default those that are not archived. */
  conversations(filter?: "active" | "archived" | "all"): ConversationList;

  /** A conversation, with an exact count of what is unread. */
  conversation(id: string): Conversation | undefined;

  /** The part of a conversation that is looked at: its newest messages, or where `jumpTo` has gone. */
  messages(id: string): MessageList;

  /** Those who take part in a conversation; complete while it is open. */
  participants(id: string): ParticipantList;

  /** The profile of a user, as far as it has been seen. */
  user(id: string): User | undefined;

  /** Whether a user is online, as far as that is known. */
  presence(userId: string): Presence | undefined;

  /** The ids of the others who are typing now. */
  typing(id: string): readonly string[];

  /** What is unread in all conversations. */
  unread(): UnreadTotals;

  /** The users whom the user has blocked. */
  blocks(): readonly Block[];

  /** The messages of a conversation that are not sent yet, in their order. */
  outbox(id: string): readonly OutboxItem[];
}

/** The actions of a store: they show at once what the user does, and take it back where the service refuses. */
export interface StoreActions {
  /** Edits a message; throws what `messages.edit` throws, and then shows the text from before. */
  edit(message: MessageKey, text: string): Promise<void>;

  /** Deletes a message for oneself or for everyone; throws what `messages.delete` throws, and then shows it again. */
  remove(message: MessageKey, scope: "for_me" | "for_everyone"): Promise<void>;

  /** Adds a reaction or takes it back; throws what `messages.react` throws, and then shows those from before. */
  react(message: MessageKey, emoji: string, action?: "add" | "remove" | "toggle"): Promise<void>;

  /** Marks as read up to a seq, by default the newest. Does nothing where that is read. */
  markRead(id: string, seq?: number): Promise<void>;

  /** Mutes a conversation, until a time (RFC 3339) or until it is unmuted. */
  mute(id: string, until?: string): Promise<void>;

  unmute(id: string): Promise<void>;

  archive(id: string): Promise<void>;

  unarchive(id: string): Promise<void>;

  block(userId: string): Promise<void>;

  unblock(userId: string): Promise<void>;

  /** Tells the others that the user is typing: call it at each key; it passes on what is needed, and never throws. */
  setTyping(id: string, isTyping?: boolean): void;
}

/** The chats of the user who is signed in, kept up to date by events and by sync, with what the user does shown at once. */
export interface Store extends StoreReads, StoreActions {
  /**
   * Shows what was kept, connects the socket and catches up. Resolves when what was kept is shown; what comes from the
   * service follows, and is tried again until it does: see `status`. Throws `unauthenticated` when nobody is signed in.
   */
  start(): Promise<void>;

  /** Stops, and writes what is not kept yet. The socket stays; `vero.close()` closes it. */
  close(): Promise<void>;

  /** Forgets all that was kept for the user, unsent messages too, and stops: for signing out. */
  clear(): Promise<void>;

  /** Calls the listener after changes, until the answered function is called. */
  readonly subscribe: (listener: () => void) => () => void;

  /** How the store is getting on. */
  readonly status: StoreStatus;

  /**
   * Loads the newest messages and the participants of a conversation, and keeps them, until the answered function is called:
   * for a conversation that is on the screen.
   */
  open(id: string): () => void;

  /** Loads the messages before those that `messages` has. A failure is its `error`. */
  loadOlder(id: string): Promise<void>;

  /** Loads the messages after those that `messages` has. A failure is its `error`. */
  loadNewer(id: string): Promise<void>;

  /** Looks at the messages around a seq, around the first unread one, or at the newest. */
  jumpTo(id: string, target: number | "latest" | "first_unread"): Promise<void>;

  /** Sends a message, as soon as that is possible, and answers its `client_message_id`; `outbox` shows how it is getting on. */
  send(draft: Draft): string;

  /** Tries a message again that was refused. */
  retry(clientMessageId: string): void;

  /** Gives up a message that is not on its way. */
  discard(clientMessageId: string): void;
}
