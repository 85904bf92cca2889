import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import { type ConversationKey, type ConversationTx, enter } from "../conversation-log/conversation-log.sql.js";
import { messages } from "../messages/messages.table.js";
import type { MediaRow } from "./media.sql.js";
import { giveBack } from "./media.storage.sql.js";
import { attachments, media, objectRemovals } from "./media.table.js";

/** A file as far as a message shows it, with the keys under which it is stored. */
export type StoredFile = Pick<
  MediaRow,
  | "id"
  | "status"
  | "file_name"
  | "content_type"
  | "size_bytes"
  | "width"
  | "height"
  | "object_key"
  | "thumbnail_key"
  | "uploader_id"
  | "created_at"
>;

/** Selects the files of a message, in their order. Expects `messages` in the query. */
export const filesOfMessage = (): SQL<StoredFile[]> =>
  sql`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', m.id, 'status', m.status, 'file_name', m.file_name, 'content_type', m.content_type,
      'size_bytes', m.size_bytes, 'width', m.width, 'height', m.height, 'object_key', m.object_key,
      'thumbnail_key', m.thumbnail_key, 'uploader_id', m.uploader_id, 'created_at', m.created_at
    ) order by a.position), '[]')
    from ${attachments} a join ${media} m on m.tenant_id = a.tenant_id and m.id = a.media_id
    where a.tenant_id = ${messages.tenant_id} and a.message_id = ${messages.id})`.mapWith((files: StoredFile[]) =>
    files.map((file) => ({ ...file, created_at: new Date(file.created_at) })),
  );

const among = (tenantId: string, ids: readonly string[]) =>
  and(eq(media.tenant_id, tenantId), sql`${media.id} = ${anyId(ids)}`);

/**
 * Locks files that are to be attached to messages, in the order of their ids, and reads whether they are attached
 * already. It serialises transactions that attach or delete the same files.
 */
export async function lockMedia(
  tx: ConversationTx,
  tenantId: string,
  ids: readonly string[],
): Promise<{ file: MediaRow; is_attached: boolean }[]> {
  const locked = enter(tx, "files");
  await locked.select({ id: media.id }).from(media).where(among(tenantId, ids)).orderBy(media.id).for("no key update");
  // A second statement, because the snapshot of the one that waited for the locks is from before it waited.
  return locked
    .select({
      file: media,
      is_attached: sql<boolean>`exists (
        select from ${attachments} a where a.tenant_id = ${media.tenant_id} and a.media_id = ${media.id}
      )`,
    })
    .from(media)
    .where(among(tenantId, ids));
}

/**
 * Locks those of the files that still exist, in the order of their ids: nobody can delete them until the transaction
 * ends.
 */
export async function keepMedia(tx: ConversationTx, tenantId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await enter(tx, "files")
    .select({ id: media.id })
    .from(media)
    .where(among(tenantId, ids))
    .orderBy(media.id)
    .for("key share");
  return new Set(rows.map(({ id }) => id));
}

/**
 * Attaches files to messages, for any number of rows with the same text of the statement. The files must be locked
 * (`lockMedia`, `keepMedia`).
 */
export async function insertAttachments(
  tx: ConversationTx,
  rows: readonly (typeof attachments.$inferInsert)[],
): Promise<void> {
  await tx.execute(sql`
    insert into ${attachments} (tenant_id, message_id, position, media_id, conversation_id)
    select tenant_id, message_id, position, media_id, conversation_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      tenant_id uuid, message_id uuid, position smallint, media_id uuid, conversation_id uuid
    )`);
}

/** Attaches a file to an existing message, as a change of the message. */
export async function attachMedia(
  tx: ConversationTx,
  row: typeof attachments.$inferInsert,
  changeSeq: number,
): Promise<void> {
  await insertAttachments(tx, [row]);
  await tx
    .update(messages)
    .set({ change_seq: changeSeq })
    .where(and(eq(messages.tenant_id, row.tenant_id), eq(messages.id, row.message_id)));
}

/**
 * Detaches files from messages and returns how many there were. A file that no other message carries is deleted, its
 * bytes are given back to the uploader and its objects are queued for deletion. The files' rows are locked before: of
 * two messages that lose the same file at once, the later transaction sees that the earlier has detached it.
 *
 * `gone` deletes the files without attachments; `given_back` writes the change of storage; the insert queues their
 * objects.
 */
async function detach(unlocked: Executor, tenantId: string, where: SQL | undefined, limit = 1_000): Promise<number> {
  const db = enter(unlocked, "files");
  const rows = await db
    .select({ message_id: attachments.message_id, media_id: attachments.media_id })
    .from(attachments)
    .where(and(eq(attachments.tenant_id, tenantId), where))
    .limit(limit);
  if (rows.length === 0) return 0;
  const ids = [...new Set(rows.map(({ media_id }) => media_id))];
  await db.select({ id: media.id }).from(media).where(among(tenantId, ids)).orderBy(media.id).for("update");
  await db.execute(sql`
    delete from ${attachments} a
    using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (message_id uuid, media_id uuid)
    where a.tenant_id = ${tenantId} and a.message_id = given.message_id and a.media_id = given.media_id`);
  await db.execute(sql`
    with gone as (
      delete from ${media} m where m.tenant_id = ${tenantId} and m.id = ${anyId(ids)}
        and not exists (select from ${attachments} a where a.tenant_id = m.tenant_id and a.media_id = m.id)
      returning tenant_id, uploader_id, size_bytes as kept_bytes, object_key, thumbnail_key
    ), given_back as (${giveBack(sql`gone`)})
    insert into ${objectRemovals} (tenant_id, key)
    select tenant_id, key from gone, unnest(array[object_key, thumbnail_key]) key where key is not null`);
  return rows.length;
}

export const deleteAttachments = async (
  db: Executor,
  { tenant_id, message_id }: { tenant_id: string; message_id: string },
): Promise<void> => {
  await detach(db, tenant_id, eq(attachments.message_id, message_id));
};

/** Detaches up to `limit` files from the messages of a conversation; returns how many there were. */
export const deleteAttachmentsIn = (
  db: Executor,
  { tenant_id, conversation_id }: ConversationKey,
  limit: number,
): Promise<number> => detach(db, tenant_id, eq(attachments.conversation_id, conversation_id), limit);
