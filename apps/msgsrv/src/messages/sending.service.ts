import { createHash } from "node:crypto";
import { AppError, type msgsrvContract } from "@vero/contracts";
import {
  type Executor,
  insertMessages,
  listMessageViewsByClientId,
  listMessageViewsById,
  listParticipantsAmong,
  lockSeats,
  type MessageView,
  type NewMessage,
} from "@vero/db";
import type { Actor } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import type { z } from "zod";
import type { Outcome } from "./outbox.service.js";

export type SendInput = z.output<typeof msgsrvContract.messages.send.input>;

export interface Send {
  actor: Actor;
  input: SendInput;
}

export interface Sent {
  view: MessageView;
  /** False for a repetition, which nobody is told of. */
  isNew: boolean;
}

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

/** A key belongs to its sender; ids have a fixed length, so that no two pairs read alike. */
const keyOf = (senderId: string, clientMessageId: string): string => senderId + clientMessageId;

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

async function earlierOf(tx: Executor, { tenant_id }: Actor, conversationId: string, sends: readonly Send[]) {
  const keys = sends.flatMap(({ actor, input: { client_message_id } }) =>
    client_message_id === undefined ? [] : [{ sender_id: actor.user_id, client_message_id }],
  );
  if (keys.length === 0) return [];
  return listMessageViewsByClientId(tx, tenant_id, conversationId, keys);
}

/** What each sender may see of what they reply to. Few reply at once, so a statement for each sender will do. */
async function repliedBy(tx: Executor, conversationId: string, sends: readonly Send[]) {
  const found = new Map<string, MessageView["message"]>();
  const replies = sends.filter(({ input }) => input.reply_to_message_id !== undefined);
  for (const userId of distinct(replies.map(({ actor }) => actor.user_id))) {
    const own = replies.filter(({ actor }) => actor.user_id === userId);
    const ids = distinct(own.map(({ input }) => input.reply_to_message_id as string));
    for (const { message } of await listMessageViewsById(tx, own[0]?.actor.tenant_id as string, userId, ids)) {
      if (message.conversation_id === conversationId && message.deleted_at === null) {
        found.set(userId + message.id, message);
      }
    }
  }
  return ({ actor, input }: Send): MessageView["replied"] => {
    if (input.reply_to_message_id === undefined) return null;
    const message = found.get(actor.user_id + input.reply_to_message_id);
    if (message === undefined) throw new AppError("invalid_reply");
    return message;
  };
}

async function mentionable(tx: Executor, { tenant_id }: Actor, conversationId: string, sends: readonly Send[]) {
  const all = distinct(sends.flatMap(({ input }) => input.mentions ?? []));
  const found = all.length === 0 ? [] : await listParticipantsAmong(tx, tenant_id, conversationId, all);
  const present = new Set(found.map(({ user_id }) => user_id));
  return ({ input }: Send): string[] => {
    const issues = (input.mentions ?? []).flatMap((id, index) =>
      present.has(id) ? [] : [{ path: `mentions.${index}`, code: "invalid_mention", message: "is not a participant" }],
    );
    if (issues.length > 0) throw new AppError("invalid_mention", { issues });
    return distinct(input.mentions ?? []);
  };
}

/**
 * Sends to one conversation, in their order, under one hold of its lock. Each is judged for itself before anything is
 * written: what is refused or was sent before takes no number, and changes nothing for the others.
 */
export async function writeSends(tx: Executor, sends: readonly Send[]): Promise<Outcome<Sent>[]> {
  const [first] = sends;
  if (first === undefined) return [];
  const { tenant_id } = first.actor;
  const { conversation_id } = first.input;
  const senders = distinct(sends.map(({ actor }) => actor.user_id));
  const seats = await lockSeats(tx, tenant_id, conversation_id, senders);
  const seated = new Set(seats.map(({ participant }) => participant.user_id));
  const allowed = sends.filter(({ actor }) => seated.has(actor.user_id));
  const earlier = await earlierOf(tx, first.actor, conversation_id, allowed);
  const repliedTo = await repliedBy(tx, conversation_id, allowed);
  const mentionsOf = await mentionable(tx, first.actor, conversation_id, allowed);

  const rows: { message: NewMessage; replied: MessageView["replied"] }[] = [];
  /** What is under a key: a message from before, or the place of one among `rows`. */
  const known = new Map<string, { hash: string | null; at: MessageView | number }>();
  for (const view of earlier) {
    const { sender_id, client_message_id, content_hash: hash } = view.message;
    known.set(keyOf(sender_id, client_message_id as string), { hash, at: view });
  }
  const judge = (send: Send): { at: MessageView | number; isNew: boolean } => {
    const { actor, input } = send;
    if (!seated.has(actor.user_id)) throw new AppError("conversation_not_found");
    const hash = contentHash(input);
    const key = input.client_message_id === undefined ? undefined : keyOf(actor.user_id, input.client_message_id);
    const same = key === undefined ? undefined : known.get(key);
    if (same !== undefined && same.hash !== hash) throw new AppError("idempotency_conflict");
    if (same !== undefined) return { at: same.at, isNew: false };
    const replied = repliedTo(send);
    const message: NewMessage = {
      tenant_id,
      id: uuidv7(),
      conversation_id,
      sender_id: actor.user_id,
      client_message_id: input.client_message_id ?? null,
      content_hash: hash,
      type: "text",
      text: input.text ?? null,
      reply_to_id: replied?.id ?? null,
      mentions: mentionsOf(send),
      metadata: input.metadata ?? {},
      system: null,
      forwarded_from: null,
      client_forward_id: null,
    };
    const at = rows.push({ message, replied }) - 1;
    if (key !== undefined) known.set(key, { hash, at });
    return { at, isNew: true };
  };
  const judged = sends.map((send) => {
    try {
      return judge(send);
    } catch (error) {
      return { error };
    }
  });

  const written = await insertMessages(
    tx,
    rows.map(({ message }) => message),
  );
  const views = written.map((message, index): MessageView => ({ message, replied: rows[index]?.replied ?? null }));
  return judged.map((one) => {
    if ("error" in one) return one;
    const view = typeof one.at === "number" ? (views[one.at] as MessageView) : one.at;
    return { result: { view, isNew: one.isNew } };
  });
}
