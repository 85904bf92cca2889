import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { anyId } from "../connection/lists.js";
import type { ConversationKey } from "../conversation-log/conversation-log.sql.js";
import { deleteAttachmentsIn } from "./media.attach.sql.js";
import { giveBack } from "./media.storage.sql.js";
import { attachments, conversationRemovals, media, objectRemovals } from "./media.table.js";

const asTexts = (texts: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;

/**
 * Queues objects for deletion at `dueAt`, unless they are taken out of the queue before (`cancelRemovals`). A key that
 * is queued already gets the new time.
 */
export async function addRemovals(db: Executor, tenantId: string, keys: readonly string[], dueAt: Date): Promise<void> {
  await db.execute(sql`
    insert into ${objectRemovals} (tenant_id, key, due_at)
    select ${tenantId}::uuid, key, ${dueAt.toISOString()}::timestamptz from ${asTexts(keys)} given (key)
    on conflict (tenant_id, key) do update set due_at = excluded.due_at`);
}

/** Takes objects out of the queue; false when one of them was not queued any more, and so may have been deleted. */
export async function cancelRemovals(db: Executor, tenantId: string, keys: readonly string[]): Promise<boolean> {
  const rows = await db.execute(sql`
    delete from ${objectRemovals} where tenant_id = ${tenantId} and key in ${asTexts(keys)} returning key`);
  return rows.length === keys.length;
}

/** An object in the queue of deletions. */
export type Removal = { tenant_id: string; key: string };

/**
 * Takes objects that are due. No other process gets them for `retrySeconds`: by then the caller has deleted them, or has
 * failed and another may retry. `due` locks them, skipping those that another process is taking; the update postpones
 * them.
 */
export const takeDueRemovals = async (
  db: Executor,
  { limit, retrySeconds }: { limit: number; retrySeconds: number },
): Promise<Removal[]> =>
  db.execute<Removal>(sql`
    with due as (
      select tenant_id, key from ${objectRemovals} where due_at <= now() order by due_at limit ${limit}
      for update skip locked
    )
    update ${objectRemovals} removal set due_at = now() + make_interval(secs => ${retrySeconds}) from due
    where removal.tenant_id = due.tenant_id and removal.key = due.key
    returning removal.tenant_id, removal.key`);

/** Removes objects from the queue after they were deleted. */
export async function deleteRemovals(db: Executor, removals: readonly Removal[]): Promise<void> {
  await db.execute(sql`
    delete from ${objectRemovals} removal
    using jsonb_to_recordset(${JSON.stringify(removals)}::jsonb) as done (tenant_id uuid, key text)
    where removal.tenant_id = done.tenant_id and removal.key = done.key`);
}

/**
 * Makes the statement that deletes pending uploads. `stale` locks them; `gone` deletes them; `given_back` gives back
 * the bytes that they had reserved; the insert queues what may be at their upload URLs.
 */
const deletePending = (stale: SQL): SQL => sql`
    with stale as (${stale}), gone as (
      delete from ${media} using stale
      where media.tenant_id = stale.tenant_id and media.id = stale.id
      returning media.tenant_id, media.uploader_id, media.size_bytes as kept_bytes, media.upload_key
    ), given_back as (${giveBack(sql`gone`)})
    insert into ${objectRemovals} (tenant_id, key) select tenant_id, upload_key from gone
    on conflict (tenant_id, key) do update set due_at = excluded.due_at
    returning key`;

/**
 * Deletes uploads that were requested `ageHours` ago and not confirmed since, and queues for deletion whatever arrived at
 * their URLs. Returns how many there were.
 */
export async function deleteUnconfirmedMedia(
  db: Executor,
  { ageHours, limit }: { ageHours: number; limit: number },
): Promise<number> {
  const rows = await db.execute(
    deletePending(sql`
      select tenant_id, id from ${media}
      where status = 'pending' and created_at < now() - make_interval(hours => ${ageHours})
      order by created_at limit ${limit} for update skip locked`),
  );
  return rows.length;
}

/** Deletes those of the uploads that are still pending, as `deleteUnconfirmedMedia` does. */
export const deletePendingMedia = async (db: Executor, tenantId: string, ids: readonly string[]): Promise<void> => {
  await db.execute(
    deletePending(sql`
      select tenant_id, id from ${media}
      where tenant_id = ${tenantId} and id = ${anyId(ids)} and status = 'pending'
      order by id for update`),
  );
};

/**
 * Deletes files whose time to be attached has passed and that no message carries; returns how many files were looked
 * at. A file that is carried is not looked at again, since it is deleted with the last message that carries it. A
 * transaction that is attaching one of these files holds its lock, and the file is skipped; one that comes later waits
 * and finds the file gone.
 *
 * `due` says of each locked file whether a message carries it; `carried` clears the time of those; `gone` deletes the
 * others; `given_back` gives back their bytes; the insert queues their objects.
 */
export async function deleteUnattachedMedia(tx: Executor, limit: number): Promise<number> {
  const due = await tx.execute<{ tenant_id: string; id: string }>(sql`
    select tenant_id, id from ${media} where attach_by <= now() order by attach_by limit ${limit}
    for update skip locked`);
  if (due.length === 0) return 0;
  // A second statement, so that it sees what was attached until the locks were taken.
  await tx.execute(sql`
    with due as (
      select m.tenant_id, m.id, exists (
        select from ${attachments} a where a.tenant_id = m.tenant_id and a.media_id = m.id
      ) as is_carried
      from ${media} m
      join jsonb_to_recordset(${JSON.stringify(due)}::jsonb) as given (tenant_id uuid, id uuid)
        on m.tenant_id = given.tenant_id and m.id = given.id
    ), carried as (
      update ${media} m set attach_by = null from due
      where m.tenant_id = due.tenant_id and m.id = due.id and due.is_carried
    ), gone as (
      delete from ${media} m using due
      where m.tenant_id = due.tenant_id and m.id = due.id and not due.is_carried
      returning m.tenant_id, m.uploader_id, m.object_key, m.thumbnail_key,
        case m.status when 'ready' then m.size_bytes else 0 end as kept_bytes
    ), given_back as (${giveBack(sql`gone`)})
    insert into ${objectRemovals} (tenant_id, key)
    select tenant_id, key from gone, unnest(array[object_key, thumbnail_key]) key where key is not null`);
  return due.length;
}

/** Queues the files of a conversation that is deleted for everyone for being detached. */
export const addConversationRemoval = async (db: Executor, conversation: ConversationKey): Promise<void> => {
  await db.insert(conversationRemovals).values(conversation).onConflictDoNothing();
};

/**
 * Detaches some files of one conversation that was deleted for everyone; false when no such conversation is left.
 * Conversations that another process is working on are skipped.
 */
export async function deleteAttachmentsOfRemoved(db: Executor, limit: number): Promise<boolean> {
  const [conversation] = await db.select().from(conversationRemovals).limit(1).for("update", { skipLocked: true });
  if (conversation === undefined) return false;
  const count = await deleteAttachmentsIn(db, conversation, limit);
  if (count < limit) {
    const { tenant_id, conversation_id } = conversation;
    await db.execute(sql`
      delete from ${conversationRemovals} where tenant_id = ${tenant_id} and conversation_id = ${conversation_id}`);
  }
  return true;
}
