import { AppError, type Message, type msgsrvContract } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getMessagePage,
  listMessageViews,
  listMessageViewsById,
  type MessageWindow,
} from "@vero/db";
import { type Actor, firstPortion, isOnePortion, maxItemsBytes, readWithin } from "@vero/server";
import type { z } from "zod";
import { messageBytes } from "../views/bytes.view.js";
import type { Links } from "../views/file-urls.js";
import { type StoredMessage, toMessage } from "../views/messages.view.js";

type Contract = typeof msgsrvContract.messages;
type ListInput = z.output<Contract["list"]["input"]>;
type ListOutput = z.output<Contract["list"]["output"]>;

export type MessagesService = ReturnType<typeof createMessages>;

export interface MessagesDeps {
  database: Database;
  links: Pick<Links, "message" | "messages">;
}

export function createMessages({ database, links }: MessagesDeps) {
  return {
    async get({ tenant_id, user_id }: Actor, id: string): Promise<Message> {
      const [view] = await listMessageViewsById(database.executor, { tenant_id, user_id }, [id]);
      if (view === undefined) throw new AppError("message_not_found");
      return links.message(toMessage(user_id, view));
    },

    async list({ tenant_id, user_id }: Actor, { id, limit, ...range }: ListInput): Promise<ListOutput> {
      const key = { tenant_id, user_id, conversation_id: id };
      const window = windowOf(range);
      const readIn = async (tx: Executor) => {
        const page = await getMessagePage(tx, key, { ...window, limit: firstPortion(limit) });
        if (page === undefined) throw new AppError("conversation_not_found");
        const { messages, has_beyond, last_seq, last_change_seq } = page;
        const read = async (next: MessageWindow) =>
          (await listMessageViews(tx, key, next)).map((view) => toMessage(user_id, view));
        const first = { window, rows: messages.map((view) => toMessage(user_id, view)), has_beyond };
        return { ...(await readRange({ ...range, limit }, first, read)), last_seq, last_change_seq };
      };
      // A page around a message is read in two ways.
      const isOneStatement = isOnePortion(limit) && range.around_seq === undefined;
      const found = isOneStatement ? await readIn(database.executor) : await database.snapshot(readIn);
      return { ...found, items: await links.messages(found.items) };
    },
  };
}

type Bounds = Omit<ListInput, "id" | "limit">;
type Window = Omit<MessageWindow, "limit">;
type ReadWindow = (window: MessageWindow) => Promise<StoredMessage[]>;
type Range = Pick<ListOutput, "has_more_before" | "has_more_after"> & { items: StoredMessage[] };

/** The first messages of a page, which are read with the position of the conversation. */
interface First {
  window: Window;
  rows: StoredMessage[];
  has_beyond: boolean;
}

/** Answers the window of a page; around a message, that of its older half. */
function windowOf({ before_seq, after_seq, around_seq }: Bounds): Window {
  if (after_seq !== undefined) return { after_seq, from: "start" };
  const end = around_seq ?? before_seq;
  return { ...(end !== undefined && { before_seq: end }), from: "end" };
}

/** Messages from one end of a window on, the nearest first: as many as asked for and as fit into an answer. */
const readFrom = (
  window: Window,
  read: ReadWindow,
  { limit, maxBytes = maxItemsBytes, first }: { limit: number; maxBytes?: number; first?: StoredMessage[] },
): Promise<{ rows: StoredMessage[]; hasMore: boolean }> =>
  readWithin<StoredMessage>({
    limit,
    maxBytes,
    weigh: messageBytes,
    read: async (last, count) => {
      if (last === undefined && first !== undefined) return first;
      const next = last && (window.from === "start" ? { after_seq: last.seq } : { before_seq: last.seq });
      return read({ ...window, ...next, limit: count });
    },
  });

/**
 * Reads a window of messages. Whether there are more on a side is read, too, and not computed from their numbers,
 * because messages that the user cannot see do not count.
 */
async function readRange(
  { after_seq, around_seq, limit }: Bounds & { limit: number },
  { window, rows: first, has_beyond }: First,
  read: ReadWindow,
): Promise<Range> {
  if (around_seq === undefined) {
    const { rows, hasMore } = await readFrom(window, read, { limit, first });
    return after_seq === undefined
      ? { items: rows.reverse(), has_more_before: hasMore, has_more_after: has_beyond }
      : { items: rows, has_more_before: has_beyond, has_more_after: hasMore };
  }
  // The message itself counts to the second half; what one half does not need, the other may use.
  const maxBytes = maxItemsBytes / 2;
  const older = await readFrom(window, read, { limit, maxBytes, first });
  const newer = await readFrom({ after_seq: around_seq - 1, from: "start" }, read, { limit, maxBytes });
  const half = Math.floor(limit / 2);
  const fromOlder = Math.min(older.rows.length, Math.max(half, limit - newer.rows.length));
  const kept = older.rows.slice(0, fromOlder).reverse();
  const rest = newer.rows.slice(0, limit - fromOlder);
  return {
    items: [...kept, ...rest],
    has_more_before: older.hasMore || older.rows.length > kept.length,
    has_more_after: newer.hasMore || newer.rows.length > rest.length,
  };
}
