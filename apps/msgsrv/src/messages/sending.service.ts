import { createHash } from "node:crypto";
import { AppError, type Issue, type msgsrvContract } from "@vero/contracts";
import {
  type Draft,
  type Executor,
  listMessageViewsByClientId,
  listParticipantsAmong,
  listReplied,
  lockMedia,
  lockSeats,
  type MessageView,
  type Replied,
  type Seat,
  type StoredFile,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import type { PendingEvent } from "../events/events.publisher.js";
import { isInWindow } from "./messages.view.js";
import type { Outcome } from "./outbox.service.js";
import { draftOf, writeMessages } from "./writing.service.js";

export type SendInput = z.output<typeof msgsrvContract.messages.send.input>;

export interface Send {
  actor: Actor;
  input: SendInput;
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

/** What each sender replies to, if they may see it. */
async function repliedBy(tx: Executor, conversationId: string, sends: readonly Send[], seats: readonly Seat[]) {
  const ids = distinct(sends.flatMap(({ input }) => input.reply_to_message_id ?? []));
  const tenantId = sends[0]?.actor.tenant_id as string;
  const found = ids.length === 0 ? [] : await listReplied(tx, tenantId, conversationId, ids);
  return ({ actor, input }: Send): Replied | null => {
    if (input.reply_to_message_id === undefined) return null;
    const seat = seats.find(({ participant }) => participant.user_id === actor.user_id);
    const replied = found.find(({ id }) => id === input.reply_to_message_id);
    const isSeen =
      seat && replied && isInWindow(replied.seq, seat.participant) && !replied.hidden_from.includes(actor.user_id);
    if (!isSeen) throw new AppError("invalid_reply");
    if (replied.deleted_at !== null) throw new AppError("replied_message_deleted");
    return replied;
  };
}

async function mentionable(tx: Executor, { tenant_id }: Actor, conversationId: string, sends: readonly Send[]) {
  const all = distinct(sends.flatMap(({ input }) => input.mentions ?? []));
  const found = all.length === 0 ? [] : await listParticipantsAmong(tx, tenant_id, conversationId, all);
  const present = new Set(found.map(({ user_id }) => user_id));
  return ({ input }: Send): string[] => {
    const issues = (input.mentions ?? []).flatMap<Issue>((id, index) =>
      present.has(id) ? [] : [{ path: `mentions.${index}`, code: "invalid_mention", message: "is not a participant" }],
    );
    if (issues.length > 0) throw new AppError("invalid_mention", { issues });
    return distinct(input.mentions ?? []);
  };
}

/** The files of each send, which nobody else can attach until the end; of two sends in here the first has them. */
async function sendable(tx: Executor, { tenant_id }: Actor, sends: readonly Send[]) {
  const ids = distinct(sends.flatMap(({ input }) => input.media_ids ?? []));
  const locked = ids.length === 0 ? [] : await lockMedia(tx, tenant_id, ids);
  const found = new Map(locked.map((one) => [one.file.id, one]));
  return ({ actor, input }: Send): StoredFile[] => {
    const chosen = (input.media_ids ?? []).map((id) => {
      const one = found.get(id);
      if (one === undefined || one.file.uploader_id !== actor.user_id) throw new AppError("media_not_found");
      if (one.file.status !== "ready") throw new AppError("media_not_ready");
      if (one.is_attached) throw new AppError("media_already_attached");
      return one;
    });
    for (const one of chosen) one.is_attached = true;
    return chosen.map(({ file }) => file);
  };
}

/**
 * Sends to one conversation, in their order, under one hold of its lock. Each is judged for itself before anything is
 * written: what is refused or was sent before takes no number, and changes nothing for the others.
 */
export async function writeSends(
  tx: Executor,
  sends: readonly Send[],
): Promise<{ outcomes: Outcome<MessageView>[]; pending: PendingEvent[] }> {
  const [first] = sends;
  if (first === undefined) return { outcomes: [], pending: [] };
  const { tenant_id } = first.actor;
  const { conversation_id } = first.input;
  const senders = distinct(sends.map(({ actor }) => actor.user_id));
  const seats = await lockSeats(tx, tenant_id, conversation_id, senders);
  const seated = new Set(seats.map(({ participant }) => participant.user_id));
  const blocking = new Set(seats.flatMap(({ participant, blocks_other }) => (blocks_other ? participant.user_id : [])));
  const allowed = sends.filter(({ actor }) => seated.has(actor.user_id));
  const earlier = await earlierOf(tx, first.actor, conversation_id, allowed);
  const repliedTo = await repliedBy(tx, conversation_id, allowed, seats);
  const mentionsOf = await mentionable(tx, first.actor, conversation_id, allowed);
  const filesOf = await sendable(tx, first.actor, allowed);

  const drafts: Draft[] = [];
  /** What is under a key: a message from before, or the place of one among the drafts. */
  const known = new Map<string, { hash: string | null; at: MessageView | number }>();
  for (const view of earlier) {
    const { sender_id, client_message_id, content_hash: hash } = view.message;
    known.set(keyOf(sender_id, client_message_id as string), { hash, at: view });
  }
  const judge = (send: Send): { at: MessageView | number } => {
    const { actor, input } = send;
    if (!seated.has(actor.user_id)) throw new AppError("conversation_not_found");
    const hash = contentHash(input);
    const key = input.client_message_id === undefined ? undefined : keyOf(actor.user_id, input.client_message_id);
    const same = key === undefined ? undefined : known.get(key);
    if (same !== undefined && same.hash !== hash) throw new AppError("idempotency_conflict");
    if (same !== undefined) return { at: same.at };
    if (blocking.has(actor.user_id)) throw new AppError("you_blocked_user");
    const replied = repliedTo(send);
    const content = {
      client_message_id: input.client_message_id ?? null,
      content_hash: hash,
      type: input.text === undefined ? ("media" as const) : ("text" as const),
      text: input.text ?? null,
      reply_to_id: replied?.id ?? null,
      mentions: mentionsOf(send),
      metadata: input.metadata ?? {},
      replied,
      files: filesOf(send),
    };
    const at = drafts.push(draftOf({ tenant_id, conversation_id, sender_id: actor.user_id }, content)) - 1;
    if (key !== undefined) known.set(key, { hash, at });
    return { at };
  };
  const judged = sends.map((send) => {
    try {
      return judge(send);
    } catch (error) {
      return { error };
    }
  });
  const { views, pending } = await writeMessages(tx, drafts);
  const outcomes = judged.map((one) => {
    if ("error" in one) return one;
    return { result: typeof one.at === "number" ? (views[one.at] as MessageView) : one.at };
  });
  return { outcomes, pending };
}
