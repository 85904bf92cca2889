import type { EventData, Message } from "@vero/contracts";
import type { ReactionRedactions, SharedMessage } from "@vero/server";
import { isInWindow, reactionsSeenBy, seenBy } from "../views/messages.view.js";
import type { ConversationEvent, Envelope } from "./realtime.conversation-event.js";
import type { OutgoingEvent } from "./realtime.frames.js";

/** Makes the event of a message, which viewers are shown through their window and redacted for them. */
export function messageEvent(
  type: "message.created" | "message.updated" | "message.deleted",
  envelope: Envelope,
  shared: SharedMessage,
): ConversationEvent {
  const showing = (message: Message): OutgoingEvent =>
    type === "message.deleted"
      ? { type, ...envelope, data: { message, scope: "for_everyone" } }
      : { type, ...envelope, data: { message } };
  const common = showing(shared.message);
  return {
    change_seq: envelope.change_seq,
    seq: shared.message.seq,
    renderFor(viewer) {
      const message = seenBy(viewer, shared);
      return message === shared.message ? common : message && showing(message);
    },
  };
}

/** Makes the event of a reaction. A viewer from whom a block withholds it gets the message with its new number. */
export function reactionEvent(
  envelope: Envelope,
  data: EventData<"reaction.updated">,
  redactions: ReactionRedactions,
): ConversationEvent {
  const { seq } = data;
  const { hidden_from, withheld_from } = redactions;
  const common: OutgoingEvent = { type: "reaction.updated", ...envelope, data };
  const instead = redactions.instead && messageEvent("message.updated", envelope, redactions.instead);
  return {
    change_seq: envelope.change_seq,
    seq,
    renderFor(viewer) {
      if (instead !== undefined && withheld_from.includes(viewer.user_id)) return instead.renderFor(viewer);
      if (!isInWindow(seq, viewer) || hidden_from.includes(viewer.user_id)) return undefined;
      const reactions = reactionsSeenBy(viewer.user_id, data.reactions, redactions);
      return reactions === data.reactions ? common : { ...common, data: { ...data, reactions } };
    },
  };
}
