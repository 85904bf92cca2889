import { createHash } from "node:crypto";
import { AppError, type Message, type msgsrvContract } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getMessageByClientId,
  getSeat,
  insertMessage,
  listMessageViews,
  listMessageViewsById,
  listParticipantsAmong,
  lockSeat,
  type MessageView,
} from "@vero/db";
import { type Actor, type Bus, channelOf } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import { toMessage } from "./messages.view.js";

type Contract = typeof msgsrvContract.messages;
type SendInput = z.output<Contract["send"]["input"]>;
type ListInput = z.output<Contract["list"]["input"]>;
type ListOutput = z.output<Contract["list"]["output"]>;

/** Tells a retry from a different message under the same key: JSON with the keys of every object in order. */
function contentHash({ text, media_ids, reply_to_message_id, mentions, metadata }: SendInput): string {
  const content = [text ?? null, media_ids ?? [], reply_to_message_id ?? null, mentions ?? [], metadata ?? {}];
  const canonical = JSON.stringify(content, (_key, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(canonical).digest("hex");
}

export type MessagesService = ReturnType<typeof createMessages>;

export function createMessages({ database, bus }: { database: Database; bus: Pick<Bus, "publish"> }) {
  async function repliedTo(tx: Executor, actor: Actor, input: SendInput): Promise<MessageView["replied"]> {
    if (input.reply_to_message_id === undefined) return null;
    const [view] = await listMessageViewsById(tx, actor.tenant_id, actor.user_id, [input.reply_to_message_id]);
    if (view?.message.conversation_id !== input.conversation_id || view.message.deleted_at !== null) {
      throw new AppError("invalid_reply");
    }
    return view.message;
  }

  async function checkMentions(tx: Executor, actor: Actor, input: SendInput): Promise<void> {
    const mentions = input.mentions ?? [];
    if (mentions.length === 0) return;
    const found = await listParticipantsAmong(tx, actor.tenant_id, input.conversation_id, mentions);
    const present = new Set(found.map(({ user_id }) => user_id));
    const issues = mentions.flatMap((id, index) =>
      present.has(id) ? [] : [{ path: `mentions.${index}`, code: "invalid_mention", message: "is not a participant" }],
    );
    if (issues.length > 0) throw new AppError("invalid_mention", { issues });
  }

  /** Everything under the conversation's lock: the place in it, the look for an earlier attempt, and the counters. */
  async function write(tx: Executor, actor: Actor, input: SendInput): Promise<{ view: MessageView; isNew: boolean }> {
    const seat = await lockSeat(tx, actor.tenant_id, input.conversation_id, actor.user_id);
    if (seat === undefined) throw new AppError("conversation_not_found");
    const hash = contentHash(input);
    if (input.client_message_id !== undefined) {
      const { tenant_id, user_id } = actor;
      const earlier = await getMessageByClientId(
        tx,
        tenant_id,
        input.conversation_id,
        user_id,
        input.client_message_id,
      );
      if (earlier !== undefined && earlier.message.content_hash !== hash) throw new AppError("idempotency_conflict");
      if (earlier !== undefined) return { view: earlier, isNew: false };
    }
    const replied = await repliedTo(tx, actor, input);
    await checkMentions(tx, actor, input);
    const message = await insertMessage(tx, {
      tenant_id: actor.tenant_id,
      id: uuidv7(),
      conversation_id: input.conversation_id,
      sender_id: actor.user_id,
      client_message_id: input.client_message_id ?? null,
      content_hash: hash,
      type: "text",
      text: input.text ?? null,
      reply_to_id: replied?.id ?? null,
      mentions: [...new Set(input.mentions)],
      metadata: input.metadata ?? {},
    });
    return { view: { message, replied }, isNew: true };
  }

  return {
    async send(actor: Actor, input: SendInput): Promise<Message> {
      // Until files can be uploaded there is none that could be sent: every id is unknown.
      if (input.media_ids && input.media_ids.length > 0) throw new AppError("media_not_found");
      const { view, isNew } = await database.transaction((tx) => write(tx, actor, input));
      const message = toMessage(view);
      if (isNew) {
        bus.publish(channelOf.conversation(message.conversation_id), {
          type: "message.created",
          tenant_id: actor.tenant_id,
          conversation_id: message.conversation_id,
          change_seq: message.change_seq,
          at: message.created_at,
          data: { message },
        });
      }
      return message;
    },

    async get({ tenant_id, user_id }: Actor, id: string): Promise<Message> {
      const [view] = await listMessageViewsById(database.executor, tenant_id, user_id, [id]);
      if (view === undefined) throw new AppError("message_not_found");
      return toMessage(view);
    },

    async list(actor: Actor, input: ListInput): Promise<ListOutput> {
      const { tenant_id, user_id } = actor;
      return database.snapshot(async (tx) => {
        const seat = await getSeat(tx, tenant_id, input.id, user_id);
        if (seat === undefined) throw new AppError("conversation_not_found");
        const read = (window: Omit<Parameters<typeof listMessageViews>[4], "limit">, limit: number) =>
          listMessageViews(tx, tenant_id, user_id, input.id, { ...window, limit });
        const { views, before, after } = await stretch(input, read);
        const { last_seq, last_change_seq } = seat.conversation;
        return {
          items: views.map(toMessage),
          has_more_before: before,
          has_more_after: after,
          last_seq,
          last_change_seq,
        };
      });
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
