import type { Message, MessageWindow } from "../generated/client.js";
import { applyEvent } from "./apply.events.js";
import { applySync } from "./apply.sync.js";
import type { Change, PageQuestion } from "./changes.js";
import { putConversation, putOwn, removeConversation } from "./conversations.js";
import { hideMessage, putMessage, putReactions } from "./messages.js";
import { putAllParticipants } from "./participants.js";
import { type Range, withRange } from "./ranges.js";
import { markRead } from "./reads.js";
import { changeHeld, type Held, type State } from "./state.js";
import { expireTyping, putBlock, putBlocks, putUsers, putUsersOf } from "./users.js";

/** The part of the conversation of which a page has every message that can be seen. */
function rangeOf({ before_seq, after_seq }: PageQuestion, page: MessageWindow): Range {
  const { items, has_more_before, has_more_after, last_seq } = page;
  const first = after_seq === undefined ? items[0]?.seq : after_seq + 1;
  const last = before_seq === undefined ? items.at(-1)?.seq : before_seq - 1;
  const isFromStart = after_seq === undefined && !has_more_before;
  const isToEnd = before_seq === undefined && !has_more_after;
  const from = isFromStart ? 0 : (first ?? last_seq + 1);
  return { from, to: isToEnd ? Math.max(last_seq, last ?? 0) : (last ?? from - 1) };
}

function applyPage(before: Held, question: PageQuestion, page: MessageWindow): Held {
  // What has changed since the page was read has been dropped: it has to be asked for again.
  if (page.last_change_seq < before.dropped_seq) return before;
  let held = before;
  for (const message of page.items) held = putMessage(held, message);
  const ranges = withRange(held.ranges, rangeOf(question, page));
  return ranges === held.ranges ? held : { ...held, ranges };
}

const applyMessages = (before: State, items: readonly Message[]): State =>
  items.reduce((state, one) => changeHeld(state, one.conversation_id, (held) => putMessage(held, one)), before);

/**
 * Answers the state after a change. In whatever order changes are applied, and however often each, the state is the same:
 * each part of it goes by the number or the time that it came with.
 */
export function apply(state: State, given: Change): State {
  const { stamp } = given;
  switch (given.type) {
    case "event":
      return applyEvent(state, given.event, given);
    case "sync":
      return applySync(state, given.answer, stamp);
    case "conversations":
      return given.items.reduce((next, one) => putConversation(next, one, stamp), state);
    case "page":
      return changeHeld(state, given.id, (held) => applyPage(held, given.question, given.page));
    case "messages":
      return applyMessages(state, given.items);
    case "reactions":
      return changeHeld(state, given.id, (held) => putReactions(held, given));
    case "hidden":
      return changeHeld(state, given.id, (held) => hideMessage(held, { id: given.message_id, seq: given.seq }));
    case "participants": {
      const put = (held: Held) => putAllParticipants(held, given.items, given.as_of);
      return changeHeld(putUsersOf(state, given.items, stamp), given.id, put);
    }
    case "own":
      return changeHeld(state, given.id, (held) => putOwn(held, given.own, stamp));
    case "read":
      return changeHeld(state, given.id, (held) => markRead(held, state.user_id, given.seq));
    case "removed":
      return removeConversation(state, given.id, stamp);
    case "users":
      return putUsers(state, given.items, stamp);
    case "blocks":
      return putBlocks(state, given.items, stamp);
    case "block":
      return putBlock(state, given.user_id, given.since, stamp);
    case "time":
      return expireTyping(state, given.now);
    default:
      return given satisfies never;
  }
}
