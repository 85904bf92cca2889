import { AppError, type Message, type msgsrvContract } from "@vero/contracts";
import { type Database, getSeat, listMessageViews, listMessageViewsById, type MessageView } from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import type { Links } from "../media/links.service.js";
import type { Announce } from "./announcing.service.js";
import { toMessage } from "./messages.view.js";
import { createOutbox, type Outcome } from "./outbox.service.js";
import { type Send, type SendInput, writeSends } from "./sending.service.js";

type Contract = typeof msgsrvContract.messages;
type ListInput = z.output<Contract["list"]["input"]>;
type ListOutput = z.output<Contract["list"]["output"]>;

export type MessagesService = ReturnType<typeof createMessages>;

export interface MessagesDeps {
  database: Database;
  announce: Announce;
  links: Pick<Links, "message" | "messages">;
}

export function createMessages({ database, announce, links }: MessagesDeps) {
  /** Sends to one conversation have to take turns anyway: so one connection writes what has come together meanwhile. */
  const outbox = createOutbox<Send, MessageView>({
    async write(sends): Promise<Outcome<MessageView>[]> {
      const { outcomes, told } = await database.transaction((tx) => writeSends(tx, sends));
      await announce(told);
      return outcomes;
    },
  });

  return {
    async send(actor: Actor, input: SendInput): Promise<Message> {
      const view = await outbox.add(`${actor.tenant_id} ${input.conversation_id}`, { actor, input });
      return links.message(toMessage(actor.user_id, view));
    },

    async get({ tenant_id, user_id }: Actor, id: string): Promise<Message> {
      const [view] = await listMessageViewsById(database.executor, tenant_id, user_id, [id]);
      if (view === undefined) throw new AppError("message_not_found");
      return links.message(toMessage(user_id, view));
    },

    async list(actor: Actor, input: ListInput): Promise<ListOutput> {
      const { tenant_id, user_id } = actor;
      const found = await database.snapshot(async (tx) => {
        const seat = await getSeat(tx, tenant_id, input.id, user_id);
        if (seat === undefined) throw new AppError("conversation_not_found");
        const read = (window: Omit<Parameters<typeof listMessageViews>[4], "limit">, limit: number) =>
          listMessageViews(tx, tenant_id, user_id, input.id, { ...window, limit });
        const { views, before, after } = await stretch(input, read);
        const { last_seq, last_change_seq } = seat.conversation;
        return {
          items: views.map((view) => toMessage(user_id, view)),
          has_more_before: before,
          has_more_after: after,
          last_seq,
          last_change_seq,
        };
      });
      return { ...found, items: await links.messages(found.items) };
    },
  };
}

type Read = (
  window: { before_seq?: number; after_seq?: number; from: "start" | "end" },
  limit: number,
) => Promise<MessageView[]>;

/** One more than asked for is read on each open side: its presence, not arithmetic, says whether there is more. */
async function stretch(
  input: ListInput,
  read: Read,
): Promise<{ views: MessageView[]; before: boolean; after: boolean }> {
  const { before_seq, after_seq, around_seq, limit } = input;
  if (after_seq !== undefined) {
    const views = await read({ after_seq, from: "start" }, limit + 1);
    const earlier = await read({ before_seq: after_seq + 1, from: "end" }, 1);
    return { views: views.slice(0, limit), before: earlier.length > 0, after: views.length > limit };
  }
  if (around_seq !== undefined) {
    // The message itself counts to the second half; what one half does not need, the other may use.
    const [older, newer] = [
      await read({ before_seq: around_seq, from: "end" }, limit + 1),
      await read({ after_seq: around_seq - 1, from: "start" }, limit + 1),
    ];
    const half = Math.floor(limit / 2);
    const fromOlder = Math.min(older.length, Math.max(half, limit - newer.length));
    const kept = older.slice(older.length - fromOlder);
    const rest = newer.slice(0, limit - fromOlder);
    return { views: [...kept, ...rest], before: older.length > kept.length, after: newer.length > rest.length };
  }
  const window = before_seq === undefined ? {} : { before_seq };
  const views = await read({ ...window, from: "end" }, limit + 1);
  const later = before_seq === undefined ? [] : await read({ after_seq: before_seq - 1, from: "start" }, 1);
  return { views: views.slice(-limit), before: views.length > limit, after: later.length > 0 };
}
