import { AppError, type Message, type msgsrvContract } from "@vero/contracts";
import { type Database, getMembership, listMessageViews, listMessageViewsById, type MessageWindow } from "@vero/db";
import { type Actor, maxItemsBytes, readWithin } from "@vero/server";
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

    async list(actor: Actor, input: ListInput): Promise<ListOutput> {
      const { tenant_id, user_id } = actor;
      const found = await database.snapshot(async (tx) => {
        const membership = await getMembership(tx, { tenant_id, conversation_id: input.id, user_id });
        if (membership === undefined) throw new AppError("conversation_not_found");
        const readViews = async (window: MessageWindow) =>
          (await listMessageViews(tx, { tenant_id, user_id, conversation_id: input.id }, window)).map((view) =>
            toMessage(user_id, view),
          );
        const { last_seq, last_change_seq } = membership.conversation;
        return { ...(await readRange(input, readViews)), last_seq, last_change_seq };
      });
      return { ...found, items: await links.messages(found.items) };
    },
  };
}

type ReadWindow = (window: MessageWindow) => Promise<StoredMessage[]>;
type Range = Pick<ListOutput, "has_more_before" | "has_more_after"> & { items: StoredMessage[] };

/** Messages from one end of a window on, the nearest first: as many as asked for and as fit into an answer. */
const readFrom = (
  window: Omit<MessageWindow, "limit">,
  read: ReadWindow,
  limit: number,
  maxBytes = maxItemsBytes,
): Promise<{ rows: StoredMessage[]; hasMore: boolean }> =>
  readWithin<StoredMessage>({
    limit,
    maxBytes,
    weigh: messageBytes,
    read: async (last, count) => {
      if (window.from === "start") {
        return read({ ...window, ...(last && { after_seq: last.seq }), limit: count });
      }
      return (await read({ ...window, ...(last && { before_seq: last.seq }), limit: count })).reverse();
    },
  });

/**
 * Reads a window of messages. Whether there are more on a side is read, too, and not computed from their numbers,
 * because messages that the user cannot see do not count.
 */
async function readRange({ before_seq, after_seq, around_seq, limit }: ListInput, read: ReadWindow): Promise<Range> {
  if (after_seq !== undefined) {
    const { rows, hasMore } = await readFrom({ after_seq, from: "start" }, read, limit);
    const earlier = await read({ before_seq: after_seq + 1, from: "end", limit: 1 });
    return { items: rows, has_more_before: earlier.length > 0, has_more_after: hasMore };
  }
  if (around_seq !== undefined) {
    // The message itself counts to the second half; what one half does not need, the other may use.
    const older = await readFrom({ before_seq: around_seq, from: "end" }, read, limit, maxItemsBytes / 2);
    const newer = await readFrom({ after_seq: around_seq - 1, from: "start" }, read, limit, maxItemsBytes / 2);
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
  const window = before_seq === undefined ? {} : { before_seq };
  const { rows, hasMore } = await readFrom({ ...window, from: "end" }, read, limit);
  const later = before_seq === undefined ? [] : await read({ after_seq: before_seq - 1, from: "start", limit: 1 });
  return { items: rows.reverse(), has_more_before: hasMore, has_more_after: later.length > 0 };
}
