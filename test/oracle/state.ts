import type { ErrorCode, Message } from "@vero/contracts";

export interface OUser {
  id: string;
  name: string;
  /** Owner or admin of the workspace. */
  isAdministrator: boolean;
}

export type Role = "owner" | "admin" | "member";

/** A stay in a conversation; whoever comes back begins a new one. */
export interface Membership {
  user: OUser;
  role: Role;
  /** When, in operations. */
  joined: number;
  /** Messages after this one are seen. */
  from: number;
  read: number;
  isMuted: boolean;
  isArchived: boolean;
  /** Deleted for oneself, and nothing said since. */
  isHidden: boolean;
  /** The last activity before what a block keeps from the user; null where nothing is kept from them. */
  known: number | null;
  /** How far others across a block were shown that the user had read, when it began. */
  shownRead: Map<OUser, number>;
}

export interface OMessage {
  /** Given by the service, as all ids. */
  id: string;
  conversation: OConversation;
  seq: number;
  sender: OUser;
  text: string | null;
  system: Message["system"];
  earlier: string[];
  replyTo: OMessage | null;
  /** The first that was said, when this is a copy. */
  origin: OMessage | null;
  /** In the order in which they were added. */
  reactions: { emoji: string; user: OUser; withheldFrom: OUser | undefined }[];
  isEdited: boolean;
  isDeleted: boolean;
  hiddenFor: Set<OUser>;
  /**
   * The users who had blocked the sender: they do not see it in a direct conversation, and it does not count in a
   * group.
   */
  blockedBy: OUser[];
  /** How often it was changed, itself included. */
  changes: number;
}

export interface OConversation {
  id: string;
  type: "direct" | "group";
  name: string | null;
  memberships: Membership[];
  messages: OMessage[];
  isDeleted: boolean;
  /** When something was last said in it, in operations. */
  activity: number;
}

/** Something that is not allowed, or not there. */
export class Refused extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
  }
}
export const refuse = (code: ErrorCode): never => {
  throw new Refused(code);
};

export const newMessage = (sender: OUser, conversation: OConversation, said: Partial<OMessage>): OMessage => ({
  id: "",
  conversation,
  seq: conversation.messages.length + 1,
  sender,
  text: null,
  system: null,
  earlier: [],
  replyTo: null,
  origin: null,
  reactions: [],
  isEdited: false,
  isDeleted: false,
  hiddenFor: new Set(),
  blockedBy: [],
  changes: 1,
  ...said,
});
