import { AppError, type Message, type msgsrvContract } from "@vero/contracts";
import {
  addReaction,
  type Database,
  deleteMessage,
  type Executor,
  hasHidden,
  listEdits,
  listMessageViewsById,
  type MessageView,
  removeReaction,
  searchVectorOf,
  updateText,
} from "@vero/db";
import { type Actor, decodeCursor, pageOf } from "@vero/server";
import { z } from "zod";
import type { Change, ConversationLog } from "../conversation-log/conversation-log.js";
import { messageEvent, reactionEvent } from "../events/events.pending.js";
import type { Links } from "../media/links.service.js";
import { blockersOf, hide, hideFromBlockers } from "./hiding.service.js";
import { readChanged } from "./messages.changed.service.js";
import { toMessage } from "./messages.view.js";

type Contract = typeof msgsrvContract.messages;
type Input<O extends keyof Contract> = z.output<Contract[O]["input"]>;
type Output<O extends keyof Contract> = z.output<Contract[O]["output"]>;

/** Kinds of reaction that a message can hold. */
const mostKinds = 20;

const editKey = z.tuple([z.int().min(1)]);

export type RevisionsService = ReturnType<typeof createRevisions>;

/** What becomes of a message after it was sent. */
export interface RevisionsDeps {
  database: Database;
  log: ConversationLog;
  links: Pick<Links, "message">;
}

export function createRevisions({ database, log, links }: RevisionsDeps) {
  async function visible(db: Executor, { tenant_id, user_id }: Actor, id: string): Promise<MessageView> {
    const [view] = await listMessageViewsById(db, tenant_id, user_id, [id]);
    if (view === undefined) throw new AppError("message_not_found");
    return view;
  }

  /** Where the message is does not change, so it may be looked up before; what it says is read under the lock. */
  async function changeMessage<T>(
    actor: Actor,
    id: string,
    work: (view: MessageView, change: Change) => Promise<T>,
  ): Promise<T> {
    const { message } = await visible(database.executor, actor, id);
    return log.change(
      actor,
      message.conversation_id,
      async (change) => work(await visible(change.tx, actor, id), change),
      "message_not_found",
    );
  }

  const deleteForMe = (view: MessageView, change: Change): Promise<void> => hide(view, change.actor.user_id, change);

  async function deleteForEveryone({ message }: MessageView, change: Change): Promise<void> {
    const { tx, membership, actor, at, next, emitAll } = change;
    const isOwn = message.sender_id === actor.user_id;
    const mayDeleteAny = membership.conversation.type === "group" && membership.participant.role !== "member";
    if (message.type === "system" || !(isOwn || mayDeleteAny)) throw new AppError("forbidden");
    if (message.deleted_at !== null) return;
    await deleteMessage(tx, { tenant_id: actor.tenant_id, message_id: message.id }, await next());
    emitAll([messageEvent("message.deleted", await readChanged(tx, actor.tenant_id, message.id), at)]);
  }

  return {
    async edit(actor: Actor, { id, text, expected_change_seq }: Input<"edit">): Promise<Message> {
      const edited = await changeMessage(actor, id, async (view, change) => {
        const { message } = view;
        if (message.sender_id !== actor.user_id || message.type === "system") throw new AppError("forbidden");
        if (message.deleted_at !== null) throw new AppError("message_deleted");
        if (message.forwarded_from !== null) {
          throw new AppError("forbidden", { detail: "A forwarded message is somebody else's words." });
        }
        if (expected_change_seq !== undefined && expected_change_seq !== message.change_seq) {
          throw new AppError("version_conflict", { detail: `The message's change_seq is ${message.change_seq}.` });
        }
        if (text === message.text) return toMessage(actor.user_id, view);
        const key = { tenant_id: actor.tenant_id, message_id: id };
        await hideFromBlockers(id, change);
        await updateText(change.tx, key, { text, search: searchVectorOf(text) }, await change.next());
        const edited = await readChanged(change.tx, actor.tenant_id, id);
        change.emitAll([messageEvent("message.updated", edited, change.at)]);
        return toMessage(actor.user_id, edited);
      });
      return links.message(edited);
    },

    async listEdits(actor: Actor, { id, limit, cursor }: Input<"list_edits">): Promise<Output<"list_edits">> {
      const before = decodeCursor(editKey, cursor);
      return database.snapshot(async (tx) => {
        await visible(tx, actor, id);
        const rows = await listEdits(
          tx,
          { tenant_id: actor.tenant_id, message_id: id },
          { limit: limit + 1, ...(before && { before: before[0] }) },
        );
        return pageOf(
          rows,
          limit,
          ({ text, replaced_at }) => ({ text, replaced_at: replaced_at.toISOString() }),
          ({ change_seq }) => [change_seq],
        );
      });
    },

    async delete(actor: Actor, { id, scope }: Input<"delete">): Promise<void> {
      if (scope === "for_everyone") return changeMessage(actor, id, deleteForEveryone);
      try {
        await changeMessage(actor, id, deleteForMe);
      } catch (error) {
        // To who asks again it is out of sight, and still no other answer.
        const isOutOfSight = error instanceof AppError && error.code === "message_not_found";
        const key = { tenant_id: actor.tenant_id, message_id: id };
        if (!isOutOfSight || !(await hasHidden(database.executor, key, actor.user_id))) throw error;
      }
    },

    async react(actor: Actor, { id, emoji, action }: Input<"react">): Promise<Output<"react">> {
      return changeMessage(actor, id, async (view, change) => {
        const { user_id, tenant_id } = actor;
        const { message, reactions } = view;
        if (message.deleted_at !== null) throw new AppError("message_deleted");
        if (change.membership.blocks_other) throw new AppError("you_blocked_user");
        const kind = reactions.find((one) => one.emoji === emoji);
        const hasReacted = kind?.reacted_by.includes(user_id) ?? false;
        const reacted = action === "toggle" ? !hasReacted : action === "add";
        if (reacted === hasReacted) {
          return { reacted, reactions: toMessage(user_id, view).reactions, change_seq: message.change_seq };
        }
        if (reacted && kind === undefined && reactions.length >= mostKinds) throw new AppError("reaction_limit");
        const change_seq = await change.next();
        const blockers = await blockersOf(change);
        const key = { tenant_id, message_id: id };
        const reaction = { user_id, emoji, change_seq };
        let neverSeenBy: string[] = [];
        if (reacted) await addReaction(change.tx, key, { ...reaction, withheld_from: blockers[0] ?? null });
        else neverSeenBy = await removeReaction(change.tx, key, reaction);
        // Who never saw it does not see it go either, also when the block is over.
        const now = await readChanged(change.tx, tenant_id, id);
        const withheldFrom = [...blockers, ...neverSeenBy];
        change.emitAll([reactionEvent(now, change.at, { user_id, withheldFrom })]);
        return { reacted, reactions: toMessage(user_id, now).reactions, change_seq };
      });
    },
  };
}
