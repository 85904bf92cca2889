import type { EventData, EventType, Media, Message } from "@vero/contracts";
import type { FrozenRead } from "@vero/db";

/** A message whose files have URLs (`Media`), or none yet (whatever they are stored as). */
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

/** A message as all of its viewers share it. */
export interface SharedMessage<File = Media> {
  message: MessageWith<File>;
  redactions: MessageRedactions;
}

/** Redacts the reactions of a message. */
export interface ReactionRedactions<File = Media>
  extends Pick<MessageRedactions, "hidden_from" | "reacted_by" | "reactions_shown"> {
  /** Viewers who do not learn that somebody reacted. */
  withheld_from: readonly string[];
  /** The message with its new number, which those viewers are shown instead; absent where there are none. */
  instead?: SharedMessage<File>;
}

/** Redacts participants. */
export interface ParticipantRedactions {
  /** How far they had read, as a viewer across a block is shown it; their presence is not shown there at all. */
  frozen_reads: readonly FrozenRead[];
}

/** Redacts an event as a whole. */
export interface AudienceRedactions {
  /** Viewers across a block, who hear nothing of it. */
  withheld_from: readonly string[];
  /** The only viewers who hear of it, where the others know it already. */
  only_to?: readonly string[];
}

/** The data of an event in the contract, with its files as `File`. */
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
  /** The number of a change among those of the conversation. */
  change_seq?: number;
  /** The number of a read receipt among those of the conversation. */
  receipt_seq?: number;
}
type Change = ConversationEnvelope & { change_seq: number };

/** An event for everybody in a conversation: the same for all, and beside it what each is not to be shown. */
export type ConversationBusEvent<File = Media> =
  | (On<Change, "message.created", File> & { redactions: MessageRedactions })
  | (On<Change, "message.updated", File> & { redactions: MessageRedactions })
  | (On<Change, "message.deleted", File> & { redactions: MessageRedactions })
  | (On<Change, "reaction.updated"> & { redactions: ReactionRedactions<File> })
  | (On<Change, "participant.added"> & { redactions: ParticipantRedactions })
  | (On<Change, "participant.updated"> & { redactions: ParticipantRedactions })
  | On<Change, "participant.removed">
  /** Each node reads what its own users are to be shown. */
  | (Change & { type: "conversation.updated"; data?: undefined })
  | On<ConversationEnvelope, "conversation.deleted">
  | (On<ConversationEnvelope, "conversation.read"> & { receipt_seq: number; redactions: AudienceRedactions })
  | (On<ConversationEnvelope, "typing"> & { redactions: AudienceRedactions });

interface UserEnvelope {
  tenant_id: string;
  /** When it happened, RFC 3339. */
  at: string;
  /** The number of a change of the user's own state. */
  state_seq?: number;
}
type UserEnvelopeIn = UserEnvelope & { conversation_id: string };

/** An event that a user's own sockets pass on as it is. */
export type PersonalBusEvent<File = Media> =
  | On<UserEnvelopeIn, "conversation.deleted">
  | On<UserEnvelopeIn, "conversation.state_updated">
  | On<UserEnvelopeIn & { change_seq: number }, "message.deleted">
  | On<UserEnvelope, "block.created">
  | On<UserEnvelope, "block.removed">
  | On<UserEnvelope, "presence.changed">
  | On<UserEnvelope, "media.ready", File>
  | On<UserEnvelope, "media.rejected", File>;

/** An event for one user's sockets. */
export type UserBusEvent<File = Media> =
  | PersonalBusEvent<File>
  /** The conversation is in the user's list (again); changes after these numbers are to follow. */
  | (UserEnvelopeIn & { type: "conversation.created"; change_seq: number; last_seq: number; data?: undefined })
  /** Sessions of the user have ended: no event of the contract, their sockets are closed. */
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

/** An event for those of a workspace who may see the user; each node reads what they are to be shown. */
export type TenantBusEvent =
  /** `profile_seq` numbers the changes of profiles in the workspace. */
  | (TenantEnvelope & { type: "user.updated"; profile_seq: number; data?: undefined })
  /** `is_chosen`: the user has chosen another availability, which their other devices are to show. */
  | (TenantEnvelope & { type: "presence.changed"; is_chosen?: boolean; data?: undefined });

/** What the bus carries, by the kind of channel. */
export interface ChannelEvents {
  conversation: ConversationBusEvent;
  user: UserBusEvent;
  tenant: TenantBusEvent;
}
export type BusEvent = ChannelEvents[keyof ChannelEvents];

/** An event without its data, which was too large to be carried: whoever receives it reads the database. */
export type Hint<E> = E extends unknown
  ? Omit<E, "data" | "redactions"> & { data?: undefined; redactions?: undefined }
  : never;

/** An event as it comes from the bus. */
export type Received<E> = E | Hint<E>;
