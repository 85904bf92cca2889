import type { Message, Reaction } from "../generated/client.js";
import { hideMessage, showMessage } from "./messages.js";
import { markRead } from "./reads.js";
import type { Held, OwnState } from "./state.js";

interface OfMessage {
  /** The conversation. */
  id: string;
  message_id: string;
  seq: number;
}

/** A change that is shown before the service has answered; refused, it is not shown any more. */
export type Optimistic =
  | ({ type: "edit"; text: string; at: string } & OfMessage)
  | ({ type: "delete"; scope: "for_me" | "for_everyone"; at: string } & OfMessage)
  | ({ type: "react"; emoji: string; isAdded: boolean } & OfMessage)
  | { type: "read"; id: string; seq: number }
  | { type: "own"; id: string; own: Partial<OwnState> };

const tombstoneOf = (message: Message, at: string): Message => ({
  ...message,
  text: null,
  attachments: [],
  mentions: [],
  reactions: [],
  deleted_at: at,
});

/** Adds a user's reaction, or takes it back; the same array where it is so already. */
function withReaction(
  reactions: Reaction[],
  { userId, emoji, isAdded }: { userId: string; emoji: string; isAdded: boolean },
): Reaction[] {
  const found = reactions.find((one) => one.emoji === emoji);
  if ((found?.reacted ?? false) === isAdded) return reactions;
  if (found === undefined) return [...reactions, { emoji, count: 1, reacted: true, user_ids: [userId] }];
  const others = found.user_ids.filter((id) => id !== userId);
  const count = found.count + (isAdded ? 1 : -1);
  const user_ids = isAdded ? [...others, userId].slice(0, 10) : others;
  const now = { ...found, count, reacted: isAdded, user_ids };
  return reactions.flatMap((one) => (one !== found ? [one] : count === 0 ? [] : [now]));
}

/** Answers the conversation as it is shown while a change waits for its answer. */
function show(held: Held, change: Optimistic, userId: string): Held {
  switch (change.type) {
    case "edit":
      return showMessage(held, change.seq, (one) => ({ ...one, text: change.text, edited_at: change.at }));
    case "delete":
      if (change.scope === "for_me") return hideMessage(held, { id: change.message_id, seq: change.seq });
      return showMessage(held, change.seq, (one) => (one.deleted_at === null ? tombstoneOf(one, change.at) : one));
    case "react": {
      const { emoji, isAdded } = change;
      const how = (one: Message) => ({ ...one, reactions: withReaction(one.reactions, { userId, emoji, isAdded }) });
      return showMessage(held, change.seq, how);
    }
    case "read":
      return markRead(held, userId, change.seq);
    case "own":
      return { ...held, own: { ...held.own, value: { ...held.own.value, ...change.own } } };
    default:
      return change satisfies never;
  }
}

/** Answers the conversation with all that waits for its answer, in the order in which it was done. */
export const shown = (held: Held, changes: readonly Optimistic[], userId: string): Held =>
  changes.reduce((next, change) => show(next, change, userId), held);
