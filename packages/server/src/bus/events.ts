import type { EventData, EventType, Media, Message } from "@vero/contracts";
import type { FrozenRead } from "@vero/db";

/** A message whose attachments are of type `File`: `Media`, which have URLs, or stored rows, which have none yet. */
export type MessageWith<File> = Omit<Message, "attachments"> & { attachments: File[] };

/** Lists, beside a message, the viewers to whom it looks different, and how. */
export interface MessageRedactions {
  /** Viewers who are not shown the message. */
  hidden_from: readonly string[];
  /** Viewers who are not shown what the message replies to. */
  reply_hidden_from: readonly string[];
  /** Viewers who had blocked the sender when the message was sent. */
  blocked_by: readonly string[];
  /** Viewers who are shown where the message was forwarded from. */
  origin_visible_to: readonly string[];
  /** For each kind of reaction, in the order of the message's, the viewers who reacted. */
  reacted_by: readonly (readonly string[])[];
  /** Viewers from whom a block withholds reactions, each with all the reactions that they are shown. */
  reactions_shown: readonly { to: string; reactions: Message["reactions"] }[];
}

/** A message in the one form that all of its viewers share, with the redactions that some of them need. */
export interface SharedMessage<File = Media> {
  message: MessageWith<File>;
  redactions: MessageRedactions;
}

/** Lists the viewers to whom a change of a message's reactions looks different, and how. */
export interface ReactionRedactions<File = Media>
  extends Pick<MessageRedactions, "hidden_from" | "reacted_by" | "reactions_shown"> {
  /** Viewers who do not learn that somebody reacted. */
  withheld_from: readonly string[];
  /** The message with its new number, which those viewers get instead; absent where there are no such viewers. */
  instead?: SharedMessage<File>;
}

/** Replaces the read positions of participants for the viewers from whom a block withholds them. */
export interface ParticipantRedactions {
  /** The read positions that viewers across a block are shown; presence is not shown to them at all. */
  frozen_reads: readonly FrozenRead[];
}

/** Restricts who receives an event. */
export interface AudienceRedactions {
  /** Viewers across a block, who do not receive the event. */
  withheld_from: readonly string[];
  /** The only viewers who receive the event, where all others have its content already. */
  only_to?: readonly string[];
}

/** The data of the contract's event, with its files as `File`. */
type DataOf<T extends EventType, File> =
  EventData<T> extends { message: Message }
    ? Omit<EventData<T>, "message"> & { message: MessageWith<File> }
    : EventData<T> extends { media: Media }
      ? { media: File }
      : EventData<T>;

type On<Envelope, T extends EventType, File = Media> = Envelope & { type: T; data: DataOf<T, File> };

interface ConversationEnvelope {
  tenant_id: string;
  conversation_id: string;
  /** When it happened, RFC 3339. */
  at: string;
  /** The number of the event among the changes of the conversation. */
  change_seq?: number;
  /** The number of the event among the read receipts of the conversation. */
  receipt_seq?: number;
}
type Change = ConversationEnvelope & { change_seq: number };

/**
 * An event for everybody in a conversation. Its data are the same for all viewers; the redactions beside them list the
 * viewers who must be shown something else.
 */
export type ConversationBusEvent<File = Media> =
  | (On<Change, "message.created", File> & { redactions: MessageRedactions })
  | (On<Change, "message.updated", File> & { redactions: MessageRedactions })
  | (On<Change, "message.deleted", File> & { redactions: MessageRedactions })
  | (On<Change, "reaction.updated"> & { redactions: ReactionRedactions<File> })
  | (On<Change, "participant.added"> & { redactions: ParticipantRedactions })
  | (On<Change, "participant.updated"> & { redactions: ParticipantRedactions })
  | On<Change, "participant.removed">
  /** Carries no data: each node reads the conversation as each of its own users may see it. */
  | (Change & { type: "conversation.updated"; data?: undefined })
  | On<ConversationEnvelope, "conversation.deleted">
  | (On<ConversationEnvelope, "conversation.read"> & { receipt_seq: number; redactions: AudienceRedactions })
  | (On<ConversationEnvelope, "typing"> & { redactions: AudienceRedactions });

interface UserEnvelope {
  tenant_id: string;
  /** When it happened, RFC 3339. */
  at: string;
  /** The number of the change in the user's own state. */
  state_seq?: number;
}
type UserEnvelopeIn = UserEnvelope & { conversation_id: string };

/** An event that is forwarded unchanged to the sockets of one user. */
export type PersonalBusEvent<File = Media> =
  | On<UserEnvelopeIn, "conversation.deleted">
  | On<UserEnvelopeIn, "conversation.state_updated">
  | On<UserEnvelopeIn & { change_seq: number }, "message.deleted">
  | On<UserEnvelope, "block.created">
  | On<UserEnvelope, "block.removed">
  | On<UserEnvelope, "presence.changed">
  | On<UserEnvelope, "media.ready", File>
  | On<UserEnvelope, "media.rejected", File>;

/** An event for one user: forwarded to their sockets, or acted on by the nodes that hold them. */
export type UserBusEvent<File = Media> =
  | PersonalBusEvent<File>
  /** The conversation is new, or back, in the user's list; events that follow have numbers after these. */
  | (UserEnvelopeIn & { type: "conversation.created"; change_seq: number; last_seq: number; data?: undefined })
  /** Sessions of the user have ended. The contract has no such event: nodes close the sockets of these sessions. */
  | (UserEnvelope & {
      type: "session.revoked";
      data: { session_ids: readonly string[]; reason: "session_revoked" | "user_deactivated" };
    });

interface TenantEnvelope {
  tenant_id: string;
  user_id: string;
  /** When it happened, RFC 3339. */
  at: string;
}

/**
 * An event for the members of a workspace who may see the user. It carries no data: each node reads what its own users
 * may see of them.
 */
export type TenantBusEvent =
  /** `profile_seq` is the number of the change among all profile changes of the workspace. */
  | (TenantEnvelope & { type: "user.updated"; profile_seq: number; data?: undefined })
  /** `is_chosen`: the user has chosen another availability, which their other devices must show. */
  | (TenantEnvelope & { type: "presence.changed"; is_chosen?: boolean; data?: undefined });

/** The events that the bus carries, by kind of channel. */
export interface ChannelEvents {
  conversation: ConversationBusEvent;
  user: UserBusEvent;
  tenant: TenantBusEvent;
}
export type BusEvent = ChannelEvents[keyof ChannelEvents];

/** An event without its data, which were too large for the bus; its receivers read the database instead. */
export type Hint<E> = E extends unknown
  ? Omit<E, "data" | "redactions"> & { data?: undefined; redactions?: undefined }
  : never;

/** An event as the bus delivers it, whole or without its data. */
export type Received<E> = E | Hint<E>;
