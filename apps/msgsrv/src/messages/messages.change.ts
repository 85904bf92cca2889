import { AppError } from "@vero/contracts";
import {
  type Database,
  type Executor,
  listMessageViewsById,
  listSharedMessageViews,
  type MessageKey,
  type MessageView,
} from "@vero/db";
import type { Actor } from "@vero/server";
import type { Change, ConversationLog } from "../conversation-log/conversation-log.js";

/** Gets a message that the actor can see. */
export async function getVisible(db: Executor, { tenant_id, user_id }: Actor, id: string): Promise<MessageView> {
  const [view] = await listMessageViewsById(db, { tenant_id, user_id }, [id]);
  if (view === undefined) throw new AppError("message_not_found");
  return view;
}

/** Reads a message that has been changed, as all share it. */
export async function readChanged(tx: Executor, { tenant_id, message_id }: MessageKey): Promise<MessageView> {
  const [view] = await listSharedMessageViews(tx, tenant_id, [message_id]);
  if (view === undefined) throw new Error("a message that was changed is there");
  return view;
}

export type MessageChanges = ReturnType<typeof createMessageChanges>;

export const createMessageChanges = ({ database, log }: { database: Database; log: ConversationLog }) => ({
  /** Changes a message. Where it is does not change, so that is looked up before; what it says is read under the lock. */
  async change<T>(actor: Actor, id: string, work: (view: MessageView, change: Change) => Promise<T>): Promise<T> {
    const { message } = await getVisible(database.executor, actor, id);
    return log.change(
      actor,
      message.conversation_id,
      async (change) => work(await getVisible(change.tx, actor, id), change),
      { absent: "message_not_found" },
    );
  },
});
