import { sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { deleteAttachmentsIn } from "./attachments.sql.js";
import { conversationRemovals, media, objectRemovals } from "./media.table.js";

const asTexts = (texts: readonly string[]) => sql`(select jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;

/** Objects that are not to be there from then on, unless somebody takes them out of the list before. */
export async function addRemovals(db: Executor, tenantId: string, keys: readonly string[], dueAt: Date): Promise<void> {
  await db.execute(sql`
    insert into ${objectRemovals} (tenant_id, key, due_at)
    select ${tenantId}::uuid, key, ${dueAt.toISOString()}::timestamptz from ${asTexts(keys)} given (key)
    on conflict (tenant_id, key) do update set due_at = excluded.due_at`);
}

/** They are to stay; false when one of them was not in the list, and may be gone. */
export async function cancelRemovals(db: Executor, tenantId: string, keys: readonly string[]): Promise<boolean> {
  const rows = await db.execute(sql`
    delete from ${objectRemovals} where tenant_id = ${tenantId} and key in ${asTexts(keys)} returning key`);
  return rows.length === keys.length;
}

/** An object to be removed. */
export type Removal = { tenant_id: string; key: string };

/**
 * Those that are due, which nobody else is told of for some time: by then their objects are removed, or whoever was to
 * remove them has failed.
 */
export const takeDueRemovals = async (db: Executor, limit: number, seconds: number): Promise<Removal[]> =>
  db.execute<Removal>(sql`
    with due as (
      select tenant_id, key from ${objectRemovals} where due_at <= now() order by due_at limit ${limit}
      for update skip locked
    )
    update ${objectRemovals} removal set due_at = now() + make_interval(secs => ${seconds}) from due
    where removal.tenant_id = due.tenant_id and removal.key = due.key
    returning removal.tenant_id, removal.key`);

/** The objects are removed. */
export async function deleteRemovals(db: Executor, removals: readonly Removal[]): Promise<void> {
  await db.execute(sql`
    delete from ${objectRemovals} removal
    using jsonb_to_recordset(${JSON.stringify(removals)}::jsonb) as done (tenant_id uuid, key text)
    where removal.tenant_id = done.tenant_id and removal.key = done.key`);
}

/** What was announced so many hours ago and not confirmed is gone, and what may have been put is to be removed. */
export async function deleteUnconfirmedMedia(db: Executor, hours: number, limit: number): Promise<number> {
  const rows = await db.execute(sql`
    with stale as (
      select tenant_id, id from ${media}
      where status = 'pending' and created_at < now() - make_interval(hours => ${hours})
      order by created_at limit ${limit} for update skip locked
    ), gone as (
      delete from ${media} using stale
      where media.tenant_id = stale.tenant_id and media.id = stale.id
      returning media.tenant_id, media.upload_key
    )
    insert into ${objectRemovals} (tenant_id, key) select tenant_id, upload_key from gone
    on conflict (tenant_id, key) do update set due_at = excluded.due_at
    returning key`);
  return rows.length;
}

export const addConversationRemoval = async (
  db: Executor,
  place: { tenant_id: string; conversation_id: string },
): Promise<void> => {
  await db.insert(conversationRemovals).values(place).onConflictDoNothing();
};

/** Lets go of some files of one of the conversations that were deleted; whether there may be more to do. */
export async function deleteAttachmentsOfRemoved(db: Executor, limit: number): Promise<boolean> {
  const [place] = await db.select().from(conversationRemovals).limit(1).for("update", { skipLocked: true });
  if (place === undefined) return false;
  const count = await deleteAttachmentsIn(db, place, limit);
  if (count < limit) {
    const { tenant_id, conversation_id } = place;
    await db.execute(sql`
      delete from ${conversationRemovals} where tenant_id = ${tenant_id} and conversation_id = ${conversation_id}`);
  }
  return true;
}
