import type { Message } from "@vero/sdk";
import type { OutboxItem } from "@vero/sdk/store";
import { dayKey } from "../ui/time.js";

/** A row of the list of messages. `isFirst` begins a group of one sender, and shows who that is. */
export type Row =
  | { kind: "day"; key: string; time: string }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; message: Message; isFirst: boolean }
  | { kind: "unsent"; key: string; item: OutboxItem; isFirst: boolean };

/** Messages of one sender that follow each other within this time are one group. */
const groupMs = 5 * 60 * 1_000;

const isOfGroup = (message: Message, previous: Message | undefined): boolean =>
  previous !== undefined &&
  previous.type !== "system" &&
  message.type !== "system" &&
  previous.sender_id === message.sender_id &&
  message.reply_to === null &&
  message.forwarded_from === null &&
  Date.parse(message.created_at) - Date.parse(previous.created_at) < groupMs;

interface Source {
  items: readonly Message[];
  unsent: readonly OutboxItem[];
  /** The message above which stands that those below are new. */
  firstUnreadSeq: number | undefined;
  myId: string | undefined;
}

/** Makes the rows of a list: days, where what is new begins, messages in groups, and what is not sent yet. */
export function rowsOf({ items, unsent, firstUnreadSeq, myId }: Source): Row[] {
  const rows: Row[] = [];
  let previous: Message | undefined;
  for (const message of items) {
    const isNewDay = previous === undefined || dayKey(previous.created_at) !== dayKey(message.created_at);
    if (isNewDay) rows.push({ kind: "day", key: `day-${message.seq}`, time: message.created_at });
    const isUnread = message.seq === firstUnreadSeq;
    if (isUnread) rows.push({ kind: "unread", key: "unread" });
    const isFirst = isNewDay || isUnread || !isOfGroup(message, previous);
    // The same key before and after it was sent: the row stays where it is.
    const isOwn = message.sender_id === myId && message.client_message_id !== null;
    rows.push({ kind: "message", key: isOwn ? `own-${message.client_message_id}` : message.id, message, isFirst });
    previous = message;
  }
  const shown = new Set(rows.map(({ key }) => key));
  let isFirst = previous === undefined || previous.sender_id !== myId || previous.type === "system";
  for (const item of unsent) {
    const key = `own-${item.client_message_id}`;
    if (shown.has(key)) continue;
    rows.push({ kind: "unsent", key, item, isFirst: isFirst || item.reply_to !== undefined });
    isFirst = false;
  }
  return rows;
}
