import type { Message, Participant, User } from "@vero/contracts";
import { withoutSignature } from "../harness/files.js";
import { type Held, type State, unreadAmong } from "./state.js";

/** Presence comes and goes with sockets; its events are ephemeral. */
const userOf = ({ is_online: _, last_seen_at: __, ...user }: User): object => user;

/**
 * Whether the ids of an origin are shown depends on what the viewer may see when asking, without any change here; and
 * URLs are signed anew from time to time.
 */
function messageOf(message: Message | null): object | null {
  if (message === null) return null;
  const { forwarded_from: from, ...rest } = message;
  return {
    ...rest,
    attachments: rest.attachments.map(withoutSignature),
    forwarded_from: from && { sender_name: from.sender_name, sent_at: from.sent_at },
  };
}

const participantOf = (state: State, held: Held, { user, ...rest }: Participant) => ({
  ...rest,
  user: userOf(user),
  last_read_seq: user.id === state.user_id ? held.conversation.me.last_read_seq : rest.last_read_seq,
});

function conversationOf(state: State, held: Held): object {
  // It also moves with changes that the user may not see (a message before their window, or one they deleted for
  // themselves). A change that they may see has its own change_seq. And receipts are held by the positions that they report.
  const {
    last_change_seq: _,
    last_receipt_seq: __,
    last_seq,
    last_message,
    participants_preview,
    ...rest
  } = held.conversation;
  return {
    ...rest,
    // So does this one in a direct conversation, with what a block keeps from them.
    last_seq: rest.type === "group" ? last_seq : "not compared",
    last_message: messageOf(last_message),
    participants_preview: participants_preview.map(userOf),
    unread_among_messages: unreadAmong(state.user_id, held),
    messages: Object.fromEntries([...held.messages].map(([seq, message]) => [seq, messageOf(message)])),
    participants: Object.fromEntries(
      [...held.participants].map(([id, participant]) => [id, participantOf(state, held, participant)]),
    ),
  };
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const sorted = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
};

/** The state as JSON with sorted keys. */
export function canonical(state: State): string {
  const conversations = [...state.conversations].map(([id, held]) => [id, conversationOf(state, held)]);
  const blocked = Object.fromEntries(state.blocked);
  return JSON.stringify(sorted({ user_id: state.user_id, blocked, conversations: Object.fromEntries(conversations) }));
}

function compare(path: string, a: Json | undefined, b: Json | undefined, found: string[]): void {
  if (
    typeof a === "object" &&
    a !== null &&
    typeof b === "object" &&
    b !== null &&
    Array.isArray(a) === Array.isArray(b)
  ) {
    const [left, right] = [a as Record<string, Json>, b as Record<string, Json>];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(path === "" ? key : `${path}.${key}`, left[key], right[key], found);
    }
  } else if (a !== b) {
    const shown = (value: Json | undefined): string =>
      value === undefined ? "nothing" : JSON.stringify(value).slice(0, 120);
    found.push(`${path}: held ${shown(a)}, is ${shown(b)}`);
  }
}

/** Where what a client holds differs from what is. */
export function differences(held: State, fresh: State): string[] {
  const [left, right] = [canonical(held), canonical(fresh)];
  if (left === right) return [];
  const found: string[] = [];
  compare("", JSON.parse(left) as Json, JSON.parse(right) as Json, found);
  return found;
}

/** Lists what no user's fresh state may show: the origin of a forwarded message that they cannot see. */
export function leaksIn(fresh: State): string[] {
  const visible = new Map<string, Message>();
  for (const { messages } of fresh.conversations.values()) {
    for (const message of messages.values()) visible.set(message.id, message);
  }
  return [...visible.values()].flatMap(({ id, forwarded_from: from }) => {
    if (from === null) return [];
    const origin = from.message_id === null ? undefined : visible.get(from.message_id);
    const canSee = origin !== undefined && origin.deleted_at === null;
    const shown = [from.message_id, from.conversation_id, from.sender_id].filter((one) => one !== null);
    return shown.length === 0 || canSee ? [] : [`${id} names an origin that cannot be seen: ${shown.join(", ")}`];
  });
}
