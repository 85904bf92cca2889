import type {
  Availability,
  Capability,
  Conversation,
  ConversationRole,
  Message,
  Reaction,
  User,
} from "../generated/client.js";
import type { Range } from "./ranges.js";

/**
 * A value with the time by this client's own counter from which it is known: the arrival of an event, or the request of an
 * answer. An answer was read after its request, so it is newer than every event that had arrived by then; and of what
 * changes after it was read, an event arrives later. So whichever has the higher number counts.
 */
export interface Stamped<T> {
  readonly value: T;
  readonly stamp: number;
}

/** A message with the numbers of the changes that its parts are from: events bring reactions without the rest. */
export interface StoredMessage {
  readonly message: Message;
  readonly content_seq: number;
  readonly reactions_seq: number;
  /** The change that created it, where an event has said so. */
  readonly created_seq: number | undefined;
}

/** The reactions of a message that is not held. */
interface LooseReactions {
  readonly change_seq: number;
  readonly reactions: Reaction[];
}

export interface StoredParticipant {
  readonly role: ConversationRole;
  readonly joined_at: string;
  /** The change that this is as of. */
  readonly as_of: number;
  readonly is_removed: boolean;
}

/** The caller's own state in a conversation, apart from what is unread. */
export interface OwnState {
  readonly role: ConversationRole;
  readonly joined_at: string;
  readonly is_muted: boolean;
  readonly muted_until: string | null;
  readonly archived_at: string | null;
  readonly capabilities: Capability[];
}

/** A count of what is unread as the service gave it, and what it was counted from. */
export interface UnreadBase {
  readonly count: number;
  readonly last_read_seq: number;
  /** The change up to which it counts. */
  readonly as_of: number;
  /** No message that it counts has a higher seq. */
  readonly last_seq: number;
  readonly stamp: number;
}

/** The fields of a conversation that all its participants share, as of its `last_change_seq`. */
type SharedFields = Omit<
  Conversation,
  "last_seq" | "last_change_seq" | "last_receipt_seq" | "last_message" | "participants_preview" | "me"
>;

/** A conversation as the store holds it. */
export interface Held {
  readonly shared: Stamped<SharedFields & { readonly as_of: number; readonly preview_ids: readonly string[] }>;
  readonly own: Stamped<OwnState>;
  readonly unread: UnreadBase;
  readonly last_seq: number;
  /** Every change up to this one has been applied. */
  readonly change_seq: number;
  readonly receipt_seq: number;
  /** Ascending by seq: those of the ranges, and others that changed while they were held nowhere. */
  readonly messages: readonly StoredMessage[];
  /** The parts of the conversation that are held without a gap, ascending; the last one has no end. */
  readonly ranges: readonly Range[];
  readonly reactions: ReadonlyMap<number, LooseReactions>;
  /** Messages that the user deleted for themselves, by seq: nothing brings them back. */
  readonly hidden: ReadonlyMap<number, string>;
  /** Numbers of changes of messages that were dropped: an older page would bring them as they were. */
  readonly dropped_seq: number;
  readonly participants: ReadonlyMap<string, StoredParticipant>;
  /** All who took part as of this change are held; -1 where not all are. */
  readonly participants_as_of: number;
  /** Read positions by user, oneself included. They never move back. */
  readonly reads: ReadonlyMap<string, number>;
  /** When the conversation appeared in the list. */
  readonly stamp: number;
}

/** Whether a user is online, as far as that is known. */
export interface Presence {
  readonly is_online: boolean;
  readonly last_seen_at: string | null;
  /** Known once it has changed. */
  readonly availability: Availability | undefined;
}

/** All that the store knows of one user's chats. It is never changed: each change makes another one that shares the rest. */
export interface State {
  readonly user_id: string;
  readonly conversations: ReadonlyMap<string, Held>;
  /** Conversations that have left the list, with the time: what is still received of them is dropped. */
  readonly gone: ReadonlyMap<string, number>;
  readonly users: ReadonlyMap<string, Stamped<User>>;
  readonly presence: ReadonlyMap<string, Stamped<Presence>>;
  /** The time of the block; null where it has ended. */
  readonly blocks: ReadonlyMap<string, Stamped<string | null>>;
  /** When typing expires, in milliseconds since 1970, by conversation and user. */
  readonly typing: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly cursor: Stamped<string | undefined>;
}

export const emptyState = (userId: string): State => ({
  user_id: userId,
  conversations: new Map(),
  gone: new Map(),
  users: new Map(),
  presence: new Map(),
  blocks: new Map(),
  typing: new Map(),
  cursor: { value: undefined, stamp: 0 },
});

/** Answers a copy of the map with the entry, or the map itself where it has it already. */
export function withEntry<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return map.get(key) === value ? map : new Map(map).set(key, value);
}

export function withoutEntry<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map;
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

export const withHeld = (state: State, id: string, held: Held): State =>
  state.conversations.get(id) === held ? state : { ...state, conversations: withEntry(state.conversations, id, held) };

/** Answers the state with a conversation changed, where it is held. */
export function changeHeld(state: State, id: string, how: (held: Held) => Held): State {
  const held = state.conversations.get(id);
  return held === undefined ? state : withHeld(state, id, how(held));
}
