import type { Viewer } from "../views/messages.view.js";
import type { OutgoingEvent } from "./realtime.frames.js";

/** A user who is shown the events of a conversation: their window, and when they joined. */
export interface ConversationViewer extends Viewer {
  /** The change with which the user joined: a departure before it belongs to an earlier stay. */
  joined_change_seq: number;
}

/** The fields of a conversation's event that clients get beside its data. */
export interface Envelope {
  conversation_id: string;
  change_seq: number;
  at: string;
}

/** An event of a conversation that is rendered for each subscriber. */
export interface ConversationEvent {
  /** Absent where it is no change in the log. */
  change_seq?: number | undefined;
  /** The seq of the message that it is about. */
  seq?: number | undefined;
  /**
   * Makes the event that a viewer is shown, undefined where they are shown none; the same object for all to whom it
   * looks the same, so that it is written once.
   */
  renderFor(viewer: ConversationViewer): OutgoingEvent | undefined;
  /** Whether the viewer gets nothing of the conversation after it. */
  endsFor?(viewer: ConversationViewer): boolean;
  /** Whether the event could not be read for the viewer, whose clients then have to synchronise. */
  isUnknownTo?(viewer: ConversationViewer): boolean;
}
