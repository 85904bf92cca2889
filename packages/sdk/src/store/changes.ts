import type {
  Block,
  Conversation,
  Message,
  MessageWindow,
  Participant,
  SyncResult,
  User,
} from "../generated/client.js";
import type { AnyEvent } from "../generated/frames.js";
import type { OwnState } from "./state.js";

/** The question that a page of messages answers. */
export interface PageQuestion {
  before_seq?: number | undefined;
  after_seq?: number | undefined;
  around_seq?: number | undefined;
}

/** All that changes what the store knows. `stamp` is when it became known; see `Stamped`. */
export type Change = { readonly stamp: number } & (
  | { type: "event"; event: AnyEvent; now: number }
  | { type: "sync"; answer: SyncResult }
  | { type: "conversations"; items: readonly Conversation[] }
  | { type: "page"; id: string; question: PageQuestion; page: MessageWindow }
  | { type: "messages"; items: readonly Message[] }
  | { type: "reactions"; id: string; seq: number; change_seq: number; reactions: Message["reactions"] }
  | { type: "hidden"; id: string; message_id: string; seq: number }
  /** All participants, asked for when everything up to the change `as_of` was known. */
  | { type: "participants"; id: string; items: readonly Participant[]; as_of: number }
  | { type: "own"; id: string; own: Partial<OwnState> }
  | { type: "read"; id: string; seq: number }
  | { type: "removed"; id: string }
  | { type: "users"; items: readonly User[] }
  | { type: "blocks"; items: readonly Block[] }
  | { type: "block"; user_id: string; since: string | null }
  | { type: "time"; now: number }
);
