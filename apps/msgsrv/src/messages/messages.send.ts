import { createHash } from "node:crypto";
import { AppError, type Issue, type Message, type msgsrvContract } from "@vero/contracts";
import {
  type ConversationKey,
  type ConversationTx,
  type Draft,
  type Executor,
  listMessageViewsByClientId,
  listParticipantsAmong,
  listReplied,
  lockMedia,
  type Membership,
  type MessageView,
  type Replied,
  type StoredFile,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import { appendMessages, draftOf } from "../conversation-log/append-messages.js";
import type { ConversationLog, ConversationWork } from "../conversation-log/conversation-log.js";
import type { Links } from "../views/file-urls.js";
import { isInWindow, toMessage } from "../views/messages.view.js";
import { createBatcher, type Outcome } from "./messages.batcher.js";

type SendInput = z.output<typeof msgsrvContract.messages.send.input>;

interface Send {
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

async function earlierOf(
  tx: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  sends: readonly Send[],
): Promise<MessageView[]> {
  const keys = sends.flatMap(({ actor, input: { client_message_id } }) =>
    client_message_id === undefined ? [] : [{ sender_id: actor.user_id, client_message_id }],
  );
  if (keys.length === 0) return [];
  return listMessageViewsByClientId(tx, tenant_id, conversation_id, keys);
}

/** What each sender replies to, if they may see it. */
async function repliedBy(
  tx: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  sends: readonly Send[],
  memberships: readonly Membership[],
) {
  const ids = distinct(sends.flatMap(({ input }) => input.reply_to_message_id ?? []));
  const found = ids.length === 0 ? [] : await listReplied(tx, tenant_id, conversation_id, ids);
  return ({ actor, input }: Send): Replied | null => {
    if (input.reply_to_message_id === undefined) return null;
    const membership = memberships.find(({ participant }) => participant.user_id === actor.user_id);
    const replied = found.find(({ id }) => id === input.reply_to_message_id);
    const isSeen =
      membership &&
      replied &&
      isInWindow(replied.seq, membership.participant) &&
      !replied.hidden_from.includes(actor.user_id);
    if (!isSeen) throw new AppError("invalid_reply");
    if (replied.deleted_at !== null) throw new AppError("replied_message_deleted");
    return replied;
  };
}

async function mentionable(tx: Executor, { tenant_id, conversation_id }: ConversationKey, sends: readonly Send[]) {
  const all = distinct(sends.flatMap(({ input }) => input.mentions ?? []));
  const found = all.length === 0 ? [] : await listParticipantsAmong(tx, tenant_id, conversation_id, all);
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
async function sendable(tx: ConversationTx, { tenant_id }: ConversationKey, sends: readonly Send[]) {
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

/** Classifies sends, each for itself, before anything is written: as refused, as repetitions, or as drafts. */
async function draftSends({ tx, key }: ConversationWork, sends: readonly Send[], memberships: readonly Membership[]) {
  const isMember = new Set(memberships.map(({ participant }) => participant.user_id));
  const isBlocking = new Set(
    memberships.flatMap(({ participant, blocks_other }) => (blocks_other ? participant.user_id : [])),
  );
  const allowed = sends.filter(({ actor }) => isMember.has(actor.user_id));
  const earlier = await earlierOf(tx, key, allowed);
  const repliedTo = await repliedBy(tx, key, allowed, memberships);
  const mentionsOf = await mentionable(tx, key, allowed);
  const filesOf = await sendable(tx, key, allowed);

  const drafts: Draft[] = [];
  /** What is under a key: a message from before, or the index of one among the drafts. */
  const known = new Map<string, { hash: string | null; at: MessageView | number }>();
  for (const view of earlier) {
    const { sender_id, client_message_id, content_hash: hash } = view.message;
    known.set(keyOf(sender_id, client_message_id as string), { hash, at: view });
  }
  const classify = (send: Send): { at: MessageView | number } => {
    const { actor, input } = send;
    if (!isMember.has(actor.user_id)) throw new AppError("conversation_not_found");
    const hash = contentHash(input);
    const clientKey = input.client_message_id === undefined ? undefined : keyOf(actor.user_id, input.client_message_id);
    const same = clientKey === undefined ? undefined : known.get(clientKey);
    if (same !== undefined && same.hash !== hash) throw new AppError("idempotency_conflict");
    if (same !== undefined) return { at: same.at };
    if (isBlocking.has(actor.user_id)) throw new AppError("you_blocked_user");
    const replied = repliedTo(send);
    const draft = draftOf(
      { ...key, sender_id: actor.user_id },
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
    if (clientKey !== undefined) known.set(clientKey, { hash, at });
    return { at };
  };
  const classified = sends.map((send) => {
    try {
      return classify(send);
    } catch (error) {
      return { error };
    }
  });
  return { drafts, classified };
}

/**
 * Writes sends to one conversation, in their order, under one hold of its lock. What is refused or was sent before takes
 * no number, and changes nothing for the others.
 */
async function writeSends(log: ConversationLog, sends: readonly Send[]): Promise<Outcome<MessageView>[]> {
  const [first] = sends;
  if (first === undefined) return [];
  const key = { tenant_id: first.actor.tenant_id, conversation_id: first.input.conversation_id };
  const senders = distinct(sends.map(({ actor }) => actor.user_id));
  return log.changeFor(key, senders, async (work, memberships) => {
    const { drafts, classified } = await draftSends(work, sends, memberships);
    const views = await appendMessages(work, drafts);
    return classified.map((one) => {
      if ("error" in one) return one;
      return { result: typeof one.at === "number" ? (views[one.at] as MessageView) : one.at };
    });
  });
}

export type SendingService = ReturnType<typeof createSending>;

export interface SendingDeps {
  log: ConversationLog;
  links: Pick<Links, "message">;
}

export function createSending({ log, links }: SendingDeps) {
  /** Sends to one conversation have to take turns anyway: so one connection writes what has come together meanwhile. */
  const batcher = createBatcher<Send, MessageView>({ write: (sends) => writeSends(log, sends) });

  return {
    async send(actor: Actor, input: SendInput): Promise<Message> {
      const view = await batcher.add(`${actor.tenant_id} ${input.conversation_id}`, { actor, input });
      return links.message(toMessage(actor.user_id, view));
    },
  };
}
