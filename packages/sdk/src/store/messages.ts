import type { Message, Reaction } from "../generated/client.js";
import { newestRange } from "./ranges.js";
import { markRead } from "./reads.js";
import { type Held, type StoredMessage, withEntry, withoutEntry } from "./state.js";

/** Bounds the text of the replied message that is shown with a reply, in code points, as the service does. */
const previewLength = 200;

/** As many reactions of messages that are not held are kept; then they are dropped. */
const maxLooseReactions = 200;

/** Answers the place of the first message that does not come before the seq. */
export function placeOf(messages: readonly StoredMessage[], seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle] as StoredMessage).message.seq < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function storedAt({ messages }: Pick<Held, "messages">, seq: number): StoredMessage | undefined {
  const found = messages[placeOf(messages, seq)];
  return found?.message.seq === seq ? found : undefined;
}

const previewOf = (text: string | null): string | null => {
  if (text === null) return null;
  const points = [...text.slice(0, (previewLength + 1) * 2)];
  return points.length > previewLength ? `${points.slice(0, previewLength - 1).join("")}…` : text;
};

/** A reply quotes its message as it is now; of one that the user has deleted for themselves, nothing. */
function withPreview(held: Held, stored: StoredMessage): StoredMessage {
  const { message } = stored;
  const { reply_to: reply } = message;
  if (reply === null) return stored;
  if (held.hidden.get(reply.seq) === reply.message_id) return { ...stored, message: { ...message, reply_to: null } };
  const quoted = storedAt(held, reply.seq)?.message;
  if (quoted === undefined) return stored;
  const text = previewOf(quoted.text);
  return text === reply.text ? stored : { ...stored, message: { ...message, reply_to: { ...reply, text } } };
}

/** Shows a message otherwise, until the service says more of it. */
export function showMessage(held: Held, seq: number, how: (message: Message) => Message): Held {
  const place = placeOf(held.messages, seq);
  const found = held.messages[place];
  if (found?.message.seq !== seq) return held;
  const messages = held.messages.with(place, { ...found, message: how(found.message) });
  return withReplies({ ...held, messages }, seq);
}

/** Brings the replies to a message up to date with it. */
function withReplies(held: Held, seq: number): Held {
  if (!held.messages.some(({ message }) => message.reply_to?.seq === seq)) return held;
  const messages = held.messages.map((one) => (one.message.reply_to?.seq === seq ? withPreview(held, one) : one));
  return messages.some((one, index) => one !== held.messages[index]) ? { ...held, messages } : held;
}

const expiryOf = ({ attachments }: Message): string => attachments[0]?.urls_expire_at ?? "";

/** URLs are signed anew with each read, which is no change of the message. */
const isNewer = (given: StoredMessage, before: StoredMessage): boolean =>
  given.content_seq > before.content_seq ||
  (given.content_seq === before.content_seq && expiryOf(given.message) > expiryOf(before.message));

/** Joins two states of a message: of each part the newer one. */
function merge(before: StoredMessage, given: StoredMessage): StoredMessage {
  const content = isNewer(given, before) ? given : before;
  const reactions = given.reactions_seq > before.reactions_seq ? given : before;
  const created_seq = before.created_seq ?? given.created_seq;
  if (content === before && reactions === before && created_seq === before.created_seq) return before;
  const isSame = content === before && reactions === before;
  const { content_seq } = content;
  const { reactions_seq } = reactions;
  const change_seq = Math.max(content_seq, reactions_seq);
  // Of a deleted message nothing is left to react to.
  const shown = content.message.deleted_at === null ? reactions.message.reactions : content.message.reactions;
  const message = isSame ? before.message : { ...content.message, change_seq, reactions: shown };
  return { message, content_seq, reactions_seq, created_seq };
}

/** A sender has read everything before their message. */
export const markReadBySender = (held: Held, { sender_id: id, seq, type }: Message): Held =>
  type === "system" ? held : markRead(held, id, seq);

/** Takes over a message, unless what is held is as new. */
export function putMessage(before: Held, message: Message, createdSeq?: number): Held {
  let held = markReadBySender(before, message);
  const { seq, change_seq } = message;
  if (seq > held.last_seq) held = { ...held, last_seq: seq };
  if (held.hidden.get(seq) === message.id) return held;
  const place = placeOf(held.messages, seq);
  const found = held.messages[place];
  const isKnown = found?.message.seq === seq;
  let stored: StoredMessage = {
    message,
    content_seq: change_seq,
    reactions_seq: change_seq,
    created_seq: createdSeq,
  };
  const loose = held.reactions.get(seq);
  if (loose !== undefined) {
    if (loose.change_seq > change_seq) stored = merge(stored, reacted(stored, loose.change_seq, loose.reactions));
    held = { ...held, reactions: withoutEntry(held.reactions, seq) };
  }
  if (isKnown) stored = merge(found, stored);
  if (isKnown && stored === found) return held;
  stored = withPreview(held, stored);
  held = { ...held, messages: held.messages.toSpliced(place, isKnown ? 1 : 0, stored) };
  return isKnown && stored.content_seq === found.content_seq ? held : withReplies(held, seq);
}

const reacted = (stored: StoredMessage, change_seq: number, reactions: Reaction[]): StoredMessage => ({
  ...stored,
  message: { ...stored.message, reactions },
  content_seq: 0,
  reactions_seq: change_seq,
});

/** Takes over the reactions of a message; those of one that is not held are kept for when it is. */
export function putReactions(
  held: Held,
  { seq, change_seq, reactions }: { seq: number; change_seq: number; reactions: Reaction[] },
): Held {
  const place = placeOf(held.messages, seq);
  const found = held.messages[place];
  if (found?.message.seq === seq) {
    const stored = merge(found, reacted(found, change_seq, reactions));
    return stored === found ? held : { ...held, messages: held.messages.with(place, stored) };
  }
  if (held.hidden.has(seq) || (held.reactions.get(seq)?.change_seq ?? 0) >= change_seq) return held;
  const isFull = held.reactions.size >= maxLooseReactions;
  const dropped_seq = isFull
    ? Math.max(...[...held.reactions.values()].map((one) => one.change_seq))
    : held.dropped_seq;
  const reactionsBefore = isFull ? [] : held.reactions;
  return { ...held, reactions: new Map(reactionsBefore).set(seq, { change_seq, reactions }), dropped_seq };
}

/** Hides a message that the user has deleted for themselves, or that a block has taken out of their sight. */
export function hideMessage(before: Held, { id, seq }: { id: string; seq: number }): Held {
  if (before.hidden.get(seq) === id) return before;
  const place = placeOf(before.messages, seq);
  const isHeld = before.messages[place]?.message.seq === seq;
  const held = {
    ...before,
    hidden: withEntry(before.hidden, seq, id),
    reactions: withoutEntry(before.reactions, seq),
    messages: isHeld ? before.messages.toSpliced(place, 1) : before.messages,
  };
  return withReplies(held, seq);
}

/** Answers the newest message; undefined where it is not held. */
export function lastMessageOf(held: Held): Message | null | undefined {
  const newest = held.messages.at(-1)?.message;
  const { from } = newestRange(held.ranges);
  if (newest !== undefined && newest.seq >= from) return newest;
  return from <= 1 ? null : undefined;
}
