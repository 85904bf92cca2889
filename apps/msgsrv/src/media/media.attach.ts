import { AppError } from "@vero/contracts";
import { attachMedia, type Database, type Executor, listMessageViewsById, lockMedia, type MessageView } from "@vero/db";
import type { Actor } from "@vero/server";
import { refuseTowardsBlocked } from "../blocks/blocks.policy.js";
import type { ConversationLog } from "../conversation-log/conversation-log.js";
import { messageEvent } from "../events/events.pending.js";
import { readChanged } from "../messages/messages.change.js";
import { hideBeforeChange } from "../messages/messages.hide.js";

/** The maximum of files of a message. */
const maxFilesPerMessage = 30;

export type AttachingService = ReturnType<typeof createAttaching>;

/** Creates the service that attaches files to messages that were sent before. */
export function createAttaching({ database, log }: { database: Database; log: ConversationLog }) {
  async function own(db: Executor, { tenant_id, user_id }: Actor, id: string): Promise<MessageView> {
    const [view] = await listMessageViewsById(db, { tenant_id, user_id }, [id]);
    const message = view?.message;
    const isOwn = message?.sender_id === user_id && message.type !== "system" && message.deleted_at === null;
    if (view === undefined || !isOwn) throw new AppError("message_not_found");
    return view;
  }

  return {
    /** Finds a message of the actor that files can be added to. */
    find: (actor: Actor, id: string): Promise<MessageView> => own(database.executor, actor, id),

    /** Idempotent. */
    async attach(actor: Actor, { message: { id, conversation_id } }: MessageView, media_id: string): Promise<void> {
      await log.change(
        actor,
        conversation_id,
        async (change) => {
          const { tx, key, at, next, emitAll } = change;
          const { files, message } = await own(tx, actor, id);
          if (files.some((file) => file.id === media_id)) return;
          refuseTowardsBlocked(change.membership);
          if (message.forwarded_from !== null) {
            throw new AppError("forbidden", { detail: "A forwarded message is somebody else's words." });
          }
          const [found] = await lockMedia(tx, key.tenant_id, [media_id]);
          if (found === undefined) throw new AppError("media_not_found");
          if (found.is_attached) throw new AppError("media_already_attached");
          if (files.length >= maxFilesPerMessage) throw new AppError("attachment_limit");
          await hideBeforeChange(id, change);
          const messageKey = { ...key, message_id: id };
          await attachMedia(tx, { ...messageKey, media_id, position: files.length }, await next());
          emitAll([messageEvent("message.updated", await readChanged(tx, messageKey), at)]);
        },
        { absent: "message_not_found" },
      );
    },
  };
}
