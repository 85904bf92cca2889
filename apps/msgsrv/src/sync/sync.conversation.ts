import type { msgsrvContract } from "@vero/contracts";
import {
  type Executor,
  listMessageViewsChangedAfter,
  listParticipantsChangedAfter,
  type SyncMembership,
  type UserKey,
} from "@vero/db";
import { bytesOf, readWithin } from "@vero/server";
import type { z } from "zod";
import { listParticipantsFor } from "../participants/participants.list.js";
import { conversationBytes, messageBytes } from "../views/bytes.view.js";
import type { StoredConversation } from "../views/conversations.view.js";
import { type StoredMessage, toMessage } from "../views/messages.view.js";
import type { Answer, Room } from "./sync.room.js";

/** A conversation in a request: how far the client knows it. */
type Asked = z.output<(typeof msgsrvContract.messages.sync)["input"]>["conversations"][number];

/** A client that missed more changes than this is answered `reset`: listing the conversation afresh costs less. */
const widestGap = 2_000;

const needsReset = (asked: Asked, membership: SyncMembership): boolean => {
  const { last_seq, last_change_seq } = asked;
  const missed =
    last_change_seq === undefined ? membership.last_seq - last_seq : membership.last_change_seq - last_change_seq;
  // Numbers ahead of the database are of another past, such as one from before a backup was restored; a change_seq
  // below that of the joining is of an earlier stay.
  const isForeign = missed < 0 || last_seq > membership.last_seq;
  return isForeign || missed > widestGap || (last_change_seq ?? Number.MAX_SAFE_INTEGER) < membership.joined_change_seq;
};

interface CatchUp {
  asked: Asked;
  membership: SyncMembership;
  /** The number of messages that the answer may have. */
  limit: number;
  room: Room;
  readEntity(id: string): Promise<StoredConversation | undefined>;
}

/** Reads the changes of one conversation, as far as there is room and at most `limit` messages. */
export async function catchUp(
  tx: Executor,
  { tenant_id, user_id }: UserKey,
  { asked, membership, limit, room, readEntity }: CatchUp,
): Promise<Omit<Answer, "receipts">> {
  const { conversation_id: id, last_seq, last_change_seq } = membership;
  const key = { tenant_id, user_id, conversation_id: id };
  const numbers = { conversation_id: id, last_seq, last_change_seq };
  const after =
    asked.last_change_seq === undefined
      ? // Only messages after the seq are due; the change_seq of each is no lower than its seq.
        { change_seq: asked.last_seq, seq: asked.last_seq }
      : { change_seq: asked.last_change_seq, seq: 0 };
  const later = { ...numbers, messages: [], next_change_seq: after.change_seq, has_more: true, reset: false };
  if (room.bytes <= 0) return later;
  const conversation = await readEntity(id);
  const common = { ...numbers, ...(conversation && { conversation }) };
  const bytes = room.bytes - (conversation === undefined ? 0 : conversationBytes(conversation));
  if (bytes <= 0 && !room.isWhole) return later;
  if (needsReset(asked, membership)) {
    return { ...common, messages: [], next_change_seq: last_change_seq, has_more: false, reset: true };
  }
  if (limit < 1) return later;
  const changed = await listParticipantsChangedAfter(tx, key, after.change_seq);
  const participants = changed.length === 0 ? undefined : await listParticipantsFor(tx, key, {});
  const bytesOfMessages = bytes - bytesOf(participants ?? []);
  if (bytesOfMessages <= 0 && !room.isWhole) return later;
  const { rows, hasMore } = await readWithin<StoredMessage>({
    limit,
    maxBytes: bytesOfMessages,
    weigh: messageBytes,
    read: async (last, count) => {
      const from = last === undefined ? after : { ...after, change_seq: last.change_seq };
      const views = await listMessageViewsChangedAfter(tx, key, { ...from, limit: count });
      return views.map((view) => toMessage(user_id, view));
    },
  });
  // The first message is read whatever it weighs; it is answered where nothing else has taken of the room.
  const [first] = rows;
  if (first !== undefined && messageBytes(first) > bytesOfMessages && !room.isWhole) return later;
  return {
    ...common,
    messages: rows,
    // Every change below the last number of the page is on it or on an earlier one.
    next_change_seq: hasMore ? (rows.at(-1)?.change_seq as number) : last_change_seq,
    has_more: hasMore,
    reset: false,
    ...(participants && { participants }),
  };
}
