import { AppError, type msgsrvContract } from "@vero/contracts";
import { type Database, deleteMessage, hasHidden, type MessageView } from "@vero/db";
import type { Actor } from "@vero/server";
import type { z } from "zod";
import type { Change } from "../conversation-log/conversation-log.js";
import { messageEvent } from "../events/events.pending.js";
import { type MessageChanges, readChanged } from "./messages.change.js";
import { hide } from "./messages.hide.js";

type Input = z.output<(typeof msgsrvContract.messages)["delete"]["input"]>;

const deleteForMe = (view: MessageView, change: Change): Promise<void> => hide(view, change.actor.user_id, change);

async function deleteForEveryone({ message }: MessageView, change: Change): Promise<void> {
  const { tx, membership, actor, at, next, emitAll } = change;
  const isOwn = message.sender_id === actor.user_id;
  const mayDeleteAny = membership.conversation.type === "group" && membership.participant.role !== "member";
  if (message.type === "system" || !(isOwn || mayDeleteAny)) throw new AppError("forbidden");
  if (message.deleted_at !== null) return;
  const key = { tenant_id: actor.tenant_id, message_id: message.id };
  await deleteMessage(tx, key, await next());
  emitAll([messageEvent("message.deleted", await readChanged(tx, key), at)]);
}

export type DeletionsService = ReturnType<typeof createDeletions>;

export const createDeletions = ({ database, changes }: { database: Database; changes: MessageChanges }) => ({
  async delete(actor: Actor, { id, scope }: Input): Promise<void> {
    if (scope === "for_everyone") return changes.change(actor, id, deleteForEveryone);
    try {
      await changes.change(actor, id, deleteForMe);
    } catch (error) {
      // To who asks again it is out of sight, and still no other answer.
      const isOutOfSight = error instanceof AppError && error.code === "message_not_found";
      const key = { tenant_id: actor.tenant_id, message_id: id, user_id: actor.user_id };
      if (!isOutOfSight || !(await hasHidden(database.executor, key))) throw error;
    }
  },
});
