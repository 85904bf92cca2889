import type { VeroError } from "../errors.js";
import type { Conversation, Message, Participant, ReplyPreview } from "../generated/client.js";

/** The bounds of what a store keeps in memory and in its storage. */
export interface StoreLimits {
  /** Conversations in memory, those with the latest activity. Default 1,000. */
  conversations: number;
  /** Messages in memory; beyond them, those of conversations that are not open are dropped but for the newest. Default 10,000. */
  messages: number;
  /** Messages in memory of one conversation that is open. Default 1,000. */
  window: number;
  /** Messages that a page asks for. Default 50. */
  page: number;
  /** Conversations in the storage. Default 200. */
  storedConversations: number;
  /** Messages in the storage of each conversation, the newest. Default 50. */
  storedMessages: number;
}

/** How a store is getting on. */
export interface StoreStatus {
  /**
   * - `idle`: not started, or closed.
   * - `loading`: nothing is held yet.
   * - `catching_up`: what is shown may be of an earlier time.
   * - `live`: what is shown is as it is, and follows every change.
   */
  readonly phase: "idle" | "loading" | "catching_up" | "live";
  /** The user whose chats these are. */
  readonly userId: string | undefined;
  /** `failed`: what is kept is not what is shown; `storageError` is why. It is tried again with the next change. */
  readonly storage: "none" | "ready" | "failed";
  readonly storageError: unknown;
  /** The failure of the last attempt to catch up; another one follows by itself. */
  readonly error: VeroError | undefined;
}

/** The conversations in the order of their latest activity. */
export interface ConversationList {
  readonly items: readonly Conversation[];
  readonly isLoading: boolean;
  /** False while there are conversations that are not held. */
  readonly isComplete: boolean;
}

/** A part of a conversation without a gap. */
export interface MessageList {
  /** Ascending by seq, with edits, deletions and reactions that are on their way. */
  readonly items: readonly Message[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  readonly isLoading: boolean;
  /** The failure of the last load. */
  readonly error: VeroError | undefined;
  /** The user's own messages that are not sent yet, to be shown after the newest. */
  readonly unsent: readonly OutboxItem[];
  /** The first message that was unread when the conversation was opened; undefined where there is none, or it is not held. */
  readonly firstUnreadSeq: number | undefined;
}

/** The users who take part in a conversation, in the order in which they joined. */
export interface ParticipantList {
  readonly items: readonly Participant[];
  readonly isComplete: boolean;
}

/** The counts of what is unread, also in muted and archived conversations, as `conversations.listUnread` has them. */
export interface UnreadTotals {
  readonly total: number;
  /** How many conversations have something unread. */
  readonly conversations: number;
}

/** Names a message; a `Message` is one. */
export type MessageKey = Pick<Message, "id" | "conversation_id" | "seq">;

/** A message to be sent: with text, files, or both. */
export interface Draft {
  readonly conversation_id: string;
  readonly text?: string | undefined;
  /** Files that are uploaded before the message is sent, in this order. */
  readonly files?: readonly Blob[] | undefined;
  /** Files that are uploaded already. */
  readonly media_ids?: readonly string[] | undefined;
  readonly reply_to?: Message | undefined;
  readonly mentions?: readonly string[] | undefined;
  readonly metadata?: Record<string, unknown> | undefined;
}

/** A file of a message that is not sent yet. */
export interface OutboxFile {
  readonly name: string;
  readonly content_type: string;
  readonly size: number;
  readonly blob: Blob;
  /** Known once it is uploaded. */
  readonly media_id: string | undefined;
}

/** A message that is not sent yet. */
export interface OutboxItem {
  readonly client_message_id: string;
  readonly conversation_id: string;
  readonly text: string | undefined;
  readonly files: readonly OutboxFile[];
  readonly media_ids: readonly string[];
  readonly reply_to: ReplyPreview | undefined;
  readonly mentions: readonly string[];
  readonly metadata: Record<string, unknown> | undefined;
  readonly created_at: string;
  /**
   * - `queued`: it waits for its turn, or for the network.
   * - `uploading`, `sending`: it is on its way.
   * - `failed`: the service has refused it, see `error`. It stays until `retry` or `discard`.
   */
  readonly status: "queued" | "uploading" | "sending" | "failed";
  /** The part of its files that has been uploaded, from 0 to 1. */
  readonly progress: number | undefined;
  readonly error: { readonly code: string; readonly detail: string } | undefined;
}
