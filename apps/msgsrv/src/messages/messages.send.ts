import { createHash } from "node:crypto";
import { AppError, type Issue, type Message, type msgsrvContract } from "@vero/contracts";
import {
  type ConversationTx,
  type Draft,
  type Executor,
  listPresent,
  listReplied,
  listSenders,
  listSharedMessageViews,
  lockMedia,
  type MessageView,
  type Replied,
  type Sender,
  type StoredFile,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import { refuseTowardsBlocked } from "../blocks/blocks.policy.js";
import { appendMessages, draftOf } from "../conversation-log/append-messages.js";
import type { ConversationLog } from "../conversation-log/conversation-log.js";
import type { Links } from "../views/file-urls.js";
import { isInWindow, toMessage } from "../views/messages.view.js";
import type { Outcome } from "./messages.batch.js";
import { Batcher } from "./messages.batcher.js";

type SendInput = z.output<typeof msgsrvContract.messages.send.input>;

interface Send {
  actor: Actor;
  input: SendInput;
}

/** A send in a batch. */
interface Attempt {
  send: Send;
  /** Undefined where they do not take part. */
  sender: Sender | undefined;
  /** Another transaction has locked the conversation: nothing can be said of the send yet. */
  isHeld: boolean;
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

/** A key belongs to its sender in one conversation; ids have a fixed length, so that no two keys read alike. */
const keyOf = ({ actor, input }: Send): string | undefined =>
  input.client_message_id === undefined
    ? undefined
    : `${input.conversation_id}${actor.user_id}${input.client_message_id}`;

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

/** Finds what senders reply to, if they may see it. */
async function repliedBy(tx: Executor, tenant_id: string, sends: readonly Send[]) {
  const ids = distinct(sends.flatMap(({ input }) => input.reply_to_message_id ?? []));
  const found = ids.length === 0 ? [] : await listReplied(tx, { tenant_id, ids });
  return ({ actor, input }: Send, sender: Sender): Replied | null => {
    if (input.reply_to_message_id === undefined) return null;
    const replied = found.find(({ id }) => id === input.reply_to_message_id);
    const isSeen =
      replied?.conversation_id === input.conversation_id &&
      isInWindow(replied.seq, sender) &&
      !replied.hidden_from.includes(actor.user_id);
    if (!isSeen) throw new AppError("invalid_reply");
    const { deleted_at, conversation_id: _, ...shown } = replied;
    if (deleted_at !== null) throw new AppError("replied_message_deleted");
    return shown;
  };
}

async function mentionable(tx: Executor, tenant_id: string, sends: readonly Send[]) {
  const pairs = sends.flatMap(({ input: { conversation_id, mentions = [] } }) =>
    mentions.map((user_id) => ({ conversation_id, user_id })),
  );
  const found = pairs.length === 0 ? [] : await listPresent(tx, { tenant_id, pairs });
  const present = new Set(found.map(({ conversation_id, user_id }) => conversation_id + user_id));
  return ({ input: { conversation_id, mentions = [] } }: Send): string[] => {
    const issues = mentions.flatMap<Issue>((id, index) =>
      present.has(conversation_id + id)
        ? []
        : [{ path: `mentions.${index}`, code: "invalid_mention", message: "is not a participant" }],
    );
    if (issues.length > 0) throw new AppError("invalid_mention", { issues });
    return distinct(mentions);
  };
}

/** Locks the files of sends, which nobody else can attach until the end; of two sends in here the first has them. */
async function sendable(tx: ConversationTx, tenant_id: string, sends: readonly Send[]) {
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

/** Reads the messages that were sent before under the keys of these sends. */
async function earlierOf(tx: Executor, tenant_id: string, attempts: readonly Attempt[]) {
  const ids = distinct(attempts.flatMap(({ sender }) => sender?.earlier?.id ?? []));
  const views = ids.length === 0 ? [] : await listSharedMessageViews(tx, tenant_id, ids);
  return new Map(views.map((view) => [view.message.id, view]));
}

/**
 * Classifies sends, each for itself, before anything is written: as refused, as repetitions, or as drafts. A repetition
 * is answered with the message from before, or with the index of the draft that it repeats.
 */
async function classifySends(tx: ConversationTx, tenant_id: string, attempts: readonly Attempt[]) {
  const due = attempts.filter(({ sender, isHeld }) => sender !== undefined && !isHeld);
  const allowed = due.map(({ send }) => send);
  const earlier = await earlierOf(tx, tenant_id, due);
  const repliedTo = await repliedBy(tx, tenant_id, allowed);
  const mentionsOf = await mentionable(tx, tenant_id, allowed);
  const filesOf = await sendable(tx, tenant_id, allowed);
  const drafts: Draft[] = [];
  const drafted = new Map<string, { hash: string; at: number }>();

  const classify = (send: Send, sender: Sender | undefined): { at: MessageView | number } => {
    const { actor, input } = send;
    if (sender === undefined) throw new AppError("conversation_not_found");
    const hash = contentHash(input);
    const key = keyOf(send);
    const same = key === undefined ? undefined : drafted.get(key);
    const before = sender.earlier ?? undefined;
    if (before !== undefined && before.content_hash !== hash) throw new AppError("idempotency_conflict");
    if (before !== undefined) return { at: earlier.get(before.id) as MessageView };
    if (same !== undefined && same.hash !== hash) throw new AppError("idempotency_conflict");
    if (same !== undefined) return { at: same.at };
    refuseTowardsBlocked(sender);
    const replied = repliedTo(send, sender);
    const draft = draftOf(
      { tenant_id, conversation_id: input.conversation_id, sender_id: actor.user_id },
      {
        client_message_id: input.client_message_id ?? null,
        content_hash: hash,
        type: input.text === undefined ? "media" : "text",
        text: input.text ?? null,
        reply_to_id: replied?.id ?? null,
        mentions: mentionsOf(send),
        metadata: input.metadata ?? {},
        replied,
        files: filesOf(send),
      },
    );
    const at = drafts.push(draft) - 1;
    if (key !== undefined) drafted.set(key, { hash, at });
    return { at };
  };
  const classified = attempts.map(({ send, sender, isHeld }) => {
    try {
      return isHeld ? { held: true as const } : classify(send, sender);
    } catch (error) {
      return { error };
    }
  });
  return { drafts, classified };
}

/**
 * Writes sends of one workspace, in their order, in one transaction. One that is refused or was sent before takes no
 * number, and changes nothing for the others.
 */
async function writeSends(
  log: ConversationLog,
  sends: readonly Send[],
  { waits }: { waits: boolean },
): Promise<Outcome<MessageView>[]> {
  const tenant_id = (sends[0] as Send).actor.tenant_id;
  const conversation_ids = distinct(sends.map(({ input }) => input.conversation_id));
  const keys = sends.map(({ actor, input: { conversation_id, client_message_id = null } }) => ({
    conversation_id,
    sender_id: actor.user_id,
    client_message_id,
  }));
  return log.changeSeveral(
    { tenant_id, conversation_ids, waits },
    (db) => listSenders(db, { tenant_id, keys }),
    async (work, locked, senders) => {
      const attempts = sends.map((send, index): Attempt => {
        const sender = senders[index];
        // A sender who does not take part is refused without a lock; where one does, the conversation exists.
        return { send, sender, isHeld: sender !== undefined && !locked.has(send.input.conversation_id) };
      });
      const { drafts, classified } = await classifySends(work.tx, tenant_id, attempts);
      const views = await appendMessages(work, drafts);
      return classified.map((one): Outcome<MessageView> => {
        if (!("at" in one)) return one;
        return { result: typeof one.at === "number" ? (views[one.at] as MessageView) : one.at };
      });
    },
  );
}

export type SendingService = ReturnType<typeof createSending>;

export interface SendingDeps {
  log: ConversationLog;
  links: Pick<Links, "message">;
}

export function createSending({ log, links }: SendingDeps) {
  const batcher = new Batcher<Send, MessageView>({ write: (sends, locks) => writeSends(log, sends, locks) });

  return {
    async send(actor: Actor, input: SendInput): Promise<Message> {
      const view = await batcher.add({ ...actor, ...input }, { actor, input });
      return links.message(toMessage(actor.user_id, view));
    },
  };
}
