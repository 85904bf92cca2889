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
import type { Changes, Changing } from "../conversations/changes.service.js";
import type { Links } from "../media/links.service.js";
import { blockersOf, hide, hideFromBlockers } from "./hiding.service.js";
import { toMessage } from "./messages.view.js";
import { messageEvent, reactionEvent, readChanged } from "./writing.service.js";

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
  changes: Changes;
  links: Pick<Links, "message">;
}

export function createRevisions({ database, changes, links }: RevisionsDeps) {
  async function visible(db: Executor, { tenant_id, user_id }: Actor, id: string): Promise<MessageView> {
    const [view] = await listMessageViewsById(db, tenant_id, user_id, [id]);
    if (view === undefined) throw new AppError("message_not_found");
    return view;
  }

  /** Where the message is does not change, so it may be looked up before; what it says is read under the lock. */
  async function changeMessage<T>(
    actor: Actor,
    id: string,
    work: (view: MessageView, changing: Changing) => Promise<T>,
  ): Promise<T> {
    const { message } = await visible(database.executor, actor, id);
    return changes.change(
      actor,
      message.conversation_id,
      async (changing) => work(await visible(changing.tx, actor, id), changing),
      "message_not_found",
    );
  }

  const deleteForMe = (view: MessageView, changing: Changing): Promise<void> =>
    hide(view, changing.actor.user_id, changing);

  async function deleteForEveryone({ message }: MessageView, changing: Changing): Promise<void> {
    const { tx, seat, actor, at, next, emitAll } = changing;
    const isOwn = message.sender_id === actor.user_id;
    const mayDeleteAny = seat.conversation.type === "group" && seat.participant.role !== "member";
    if (message.type === "system" || !(isOwn || mayDeleteAny)) throw new AppError("forbidden");
    if (message.deleted_at !== null) return;
    await deleteMessage(tx, { tenant_id: actor.tenant_id, message_id: message.id }, await next());
    emitAll([messageEvent("message.deleted", await readChanged(tx, actor.tenant_id, message.id), at)]);
  }

  return {
    async edit(actor: Actor, { id, text, expected_change_seq }: Input<"edit">): Promise<Message> {
      const edited = await changeMessage(actor, id, async (view, changing) => {
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
        await hideFromBlockers(id, changing);
        await updateText(changing.tx, key, { text, search: searchVectorOf(text) }, await changing.next());
        const edited = await readChanged(changing.tx, actor.tenant_id, id);
        changing.emitAll([messageEvent("message.updated", edited, changing.at)]);
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
      return changeMessage(actor, id, async (view, changing) => {
        const { user_id, tenant_id } = actor;
        const { message, reactions } = view;
        if (message.deleted_at !== null) throw new AppError("message_deleted");
        if (changing.seat.blocks_other) throw new AppError("you_blocked_user");
        const kind = reactions.find((one) => one.emoji === emoji);
        const hasReacted = kind?.reacted_by.includes(user_id) ?? false;
        const reacted = action === "toggle" ? !hasReacted : action === "add";
        if (reacted === hasReacted) {
          return { reacted, reactions: toMessage(user_id, view).reactions, change_seq: message.change_seq };
        }
        if (reacted && kind === undefined && reactions.length >= mostKinds) throw new AppError("reaction_limit");
        const change_seq = await changing.next();
        const blockers = await blockersOf(changing);
        const key = { tenant_id, message_id: id };
        const reaction = { user_id, emoji, change_seq };
        let neverSeenBy: string[] = [];
        if (reacted) await addReaction(changing.tx, key, { ...reaction, withheld_from: blockers[0] ?? null });
        else neverSeenBy = await removeReaction(changing.tx, key, reaction);
        // Who never saw it does not see it go either, also when the block is over.
        const now = await readChanged(changing.tx, tenant_id, id);
        const withheldFrom = [...blockers, ...neverSeenBy];
        changing.emitAll([reactionEvent(now, changing.at, { user_id, withheldFrom })]);
        return { reacted, reactions: toMessage(user_id, now).reactions, change_seq };
      });
    },
  };
}
