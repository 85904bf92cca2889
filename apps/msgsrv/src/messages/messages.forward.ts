import { createHash } from "node:crypto";
import { AppError, type msgsrvContract } from "@vero/contracts";
import {
  type ConversationTx,
  claimForwardKey,
  type Database,
  type Draft,
  type ForwardKey,
  getForwardHash,
  isOutcomeUnknown,
  isUnavailable,
  keepMedia,
  listDisplayNames,
  listForwardedViews,
  listMessageViewsById,
  type MessageRow,
  type MessageView,
} from "@vero/db";
import { type Actor, invalid, maxItemsBytes, noteAnswerBytes } from "@vero/server";
import type { z } from "zod";
import { refuseTowardsBlocked } from "../blocks/blocks.policy.js";
import { appendMessages, draftOf } from "../conversation-log/append-messages.js";
import type { ConversationLog } from "../conversation-log/conversation-log.js";
import { messageBytes } from "../views/bytes.view.js";
import type { Links } from "../views/file-urls.js";
import { type StoredMessage, toMessage } from "../views/messages.view.js";

type Contract = typeof msgsrvContract.messages.forward;
type Input = z.output<Contract["input"]>;
type Output = z.output<Contract["output"]>;
type Copy = Pick<Draft, "type" | "text" | "forwarded_from" | "files">;

const hashOf = ({ message_ids, conversation_ids }: Input): string =>
  createHash("sha256")
    .update(JSON.stringify([message_ids, conversation_ids]))
    .digest("hex");

/** With the last message that carried it, a file may have gone since it was read. */
async function keepFiles(tx: ConversationTx, tenantId: string, copies: readonly Copy[]): Promise<void> {
  const ids = [...new Set(copies.flatMap(({ files }) => files.map(({ id }) => id)))];
  if (ids.length === 0) return;
  const kept = await keepMedia(tx, tenantId, ids);
  if (kept.size < ids.length) throw new AppError("message_deleted");
}

type Room = ReturnType<typeof createRoom>;

/** Counts the room of an answer: messages are in it up to the first that do not fit. */
function createRoom() {
  let left = maxItemsBytes;
  return {
    take(messages: readonly StoredMessage[]): boolean {
      const bytes = messages.reduce((sum, message) => sum + messageBytes(message) + 1, 0);
      left -= bytes;
      if (left >= 0) noteAnswerBytes(bytes);
      return left >= 0;
    },
  };
}

export type ForwardingService = ReturnType<typeof createForwarding>;

/** Copies of messages in other conversations. */
export interface ForwardingDeps {
  database: Database;
  log: ConversationLog;
  links: Pick<Links, "messages">;
}

export function createForwarding({ database, log, links }: ForwardingDeps) {
  const db = database.executor;

  /** Makes copies of the messages, in the order asked for; throws when one of them cannot be forwarded. */
  async function copiesOf({ tenant_id, user_id }: Actor, ids: readonly string[]): Promise<Copy[]> {
    const found = new Map(
      (await listMessageViewsById(db, { tenant_id, user_id }, ids)).map((view) => [view.message.id, view]),
    );
    const sources = ids.map((id, index): MessageRow & Pick<Draft, "files"> => {
      const view = found.get(id);
      if (view === undefined) throw new AppError("message_not_found");
      const { message, files } = view;
      if (message.deleted_at !== null) throw new AppError("message_deleted");
      if (message.type === "system") {
        const issue = { code: "system_message", message: "is a message of the system" } as const;
        throw invalid([{ path: `message_ids.${index}`, ...issue }]);
      }
      return { ...message, files };
    });
    const senderIds = [...new Set(sources.map(({ sender_id }) => sender_id))];
    const names = new Map(
      (await listDisplayNames(db, tenant_id, senderIds)).map(({ id, display_name }) => [id, display_name]),
    );
    return sources.map(({ id, conversation_id, sender_id, type, text, files, created_at, forwarded_from }) => ({
      type,
      text,
      files,
      forwarded_from: forwarded_from ?? {
        message_id: id,
        conversation_id,
        sender_id,
        sender_name: names.get(sender_id) ?? "",
        sent_at: created_at.toISOString(),
      },
    }));
  }

  const copyTo = (
    actor: Actor,
    conversationId: string,
    copies: readonly Copy[] | AppError,
    key: ForwardKey | undefined,
  ) =>
    log.change(actor, conversationId, async (change): Promise<MessageView[]> => {
      const { tx, membership } = change;
      const earlier =
        key === undefined ? [] : await listForwardedViews(tx, { ...key, conversation_id: conversationId });
      if (earlier.length > 0) return earlier;
      refuseTowardsBlocked(membership);
      if (copies instanceof AppError) throw copies;
      await keepFiles(tx, actor.tenant_id, copies);
      const sender = { ...change.key, sender_id: actor.user_id };
      const client_forward_id = key?.client_forward_id ?? null;
      return appendMessages(
        change,
        copies.map((copy) => draftOf(sender, { ...copy, client_forward_id })),
      );
    });

  /** Each conversation for itself: what fails here must not undo what was written elsewhere. */
  async function attempt(
    conversation_id: string,
    write: () => Promise<MessageView[]>,
    { viewerId, room }: { viewerId: string; room: Room },
  ) {
    try {
      const messages = (await write()).map((view) => toMessage(viewerId, view));
      const sent = { conversation_id, status: "sent" as const };
      return room.take(messages) ? { ...sent, messages: await links.messages(messages) } : sent;
    } catch (error) {
      const code = isUnavailable(error) ? "unavailable" : error instanceof AppError ? error.code : undefined;
      if (code === undefined) throw error;
      const status = isOutcomeUnknown(error) ? ("unknown" as const) : ("failed" as const);
      return { conversation_id, status, code };
    }
  }

  return {
    async forward(actor: Actor, input: Input): Promise<Output> {
      const { tenant_id, user_id } = actor;
      const { client_forward_id } = input;
      const key = client_forward_id === undefined ? undefined : { tenant_id, sender_id: user_id, client_forward_id };
      const hash = hashOf(input);
      const known = key && (await getForwardHash(db, key));
      if (known !== undefined && known !== hash) throw new AppError("idempotency_conflict");
      const conversationIds = [...new Set(input.conversation_ids)];
      // A repetition is answered whatever has become of the sources since: that fails what is still to be written.
      const copies = await copiesOf(actor, [...new Set(input.message_ids)]).catch((error: unknown) => {
        if (known === undefined || !(error instanceof AppError)) throw error;
        return error;
      });
      if (key !== undefined && (await claimForwardKey(db, key, hash)) !== hash) {
        throw new AppError("idempotency_conflict");
      }
      const results: Output["results"] = [];
      const room = createRoom();
      for (const id of conversationIds) {
        // Also where it is there already: only who still takes part is shown it.
        results.push(await attempt(id, () => copyTo(actor, id, copies, key), { viewerId: user_id, room }));
      }
      return { results };
    },
  };
}
