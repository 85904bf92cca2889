import type { Conversation, EventData, Participant, User } from "@vero/contracts";
import type { ConversationKey, Subscription, UserKey } from "@vero/db";
import type { ConversationBusEvent, ParticipantRedactions, SharedMessage } from "@vero/server";

/** A change as it is read from the database: with the state that its subject has now. */
export type Change = { change_seq: number; at: string } & (
  | { kind: "message"; shared: SharedMessage }
  | {
      kind: "participants_added" | "participant_updated";
      participants: Participant[];
      redactions: ParticipantRedactions;
    }
  | ({ kind: "participant_removed" } & EventData<"participant.removed">)
  /** The conversation as each of the requested viewers is shown it. */
  | { kind: "conversation"; as_seen_by: ReadonlyMap<string, Conversation> }
);

/** A participant's present stay in a conversation, and the start of their window. */
export interface Stay {
  user_id: string;
  visible_from_seq: number;
  joined_change_seq: number;
}

/**
 * A conversation that has left a user's list. The user left, was removed, or it was deleted for everyone; where none of
 * these is so, the user deleted it for themselves.
 */
export interface Departed {
  conversation_id: string;
  left_reason: "removed" | "left" | null;
  is_deleted: boolean;
}

export type ReadEvent = Extract<ConversationBusEvent, { type: "conversation.read" }>;

/** Reads of the log of conversations. */
interface ConversationSources {
  /**
   * Reads the changes of a conversation after a change_seq, in their latest state and ascending: all up to `up_to`, and
   * how far the conversation has come. `viewers` are those who may be shown them; `stays` are theirs as of the same
   * snapshot.
   */
  changesAfter(
    key: ConversationKey,
    page: { changeSeq: number; limit: number; viewers: readonly string[] },
  ): Promise<{ last_change_seq: number; up_to: number; changes: Change[]; stays: Stay[] }>;
  lastChangeSeqs(
    tenantId: string,
    ids: readonly string[],
  ): Promise<{ id: string; last_change_seq: number; last_receipt_seq: number }[]>;
  /** Lists the read receipts after a number, and the number of the newest. */
  receiptsAfter(key: ConversationKey, receiptSeq: number): Promise<{ last_receipt_seq: number; receipts: ReadEvent[] }>;
}

/** Reads of the conversations in users' lists. */
interface MembershipSources {
  subscriptions(user: UserKey, conversationId?: string): Promise<Subscription[]>;
  departures(user: UserKey, ids: readonly string[]): Promise<Departed[]>;
  conversation(user: UserKey, id: string): Promise<Conversation | undefined>;
  /** Reads, for each user who has conversations, one text that stands for all of them and their windows. */
  membershipDigests(users: readonly UserKey[]): Promise<{ user_id: string; digest: string }[]>;
}

/** Reads of users, of what is their own and of what others see of them. */
interface UserSources {
  lastStateSeqs(users: readonly UserKey[]): Promise<{ user_id: string; last_state_seq: number }[]>;
  /** Lists the conversations, hidden messages and blocked users whose state_seq of this user is after a number. */
  ownChangesAfter(user: UserKey, stateSeq: number): Promise<{ subject_id: string; state_seq: number }[]>;
  endedSessions(sessionIds: readonly string[]): Promise<{ id: string; user_deactivated: boolean }[]>;
  user(user: UserKey): Promise<User | undefined>;
  presence(user: UserKey): Promise<EventData<"presence.changed"> | undefined>;
  /** Lists the users from whom the user's presence is withheld. */
  presenceWithheldFrom(user: UserKey): Promise<string[]>;
  /** Lists those of the candidates who share a conversation with the user, and the user if among them. */
  sharing(user: UserKey, among: { candidates: readonly string[]; acrossBlocks: boolean }): Promise<string[]>;
  lastProfileSeqs(tenantIds: readonly string[]): Promise<{ tenant_id: string; last_profile_seq: number }[]>;
  /** Lists the users whose profiles changed after a number, in the order of their numbers. */
  profilesAfter(
    tenantId: string,
    page: { profileSeq: number; limit: number },
  ): Promise<{ user_id: string; profile_seq: number }[]>;
}

/** All that realtime reads of the database. */
export interface Sources extends ConversationSources, MembershipSources, UserSources {}
