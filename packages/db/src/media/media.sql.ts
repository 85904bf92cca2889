import { and, eq, getTableColumns, lt, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { conversations } from "../conversations/conversations.table.js";
import { messages } from "../messages/messages.table.js";
import { participants } from "../participants/participants.table.js";
import { canSee, ofConversation } from "../participants/participants.visibility.sql.js";
import type { UserKey } from "../users/users.table.js";
import { addStorageChange } from "./media.storage.sql.js";
import { attachments, media } from "./media.table.js";

export type MediaRow = typeof media.$inferSelect;

export interface MediaKey {
  tenant_id: string;
  id: string;
}

/** The days after which a file that no message carries is deleted. */
const unattachedDays = 7;

const theOne = ({ tenant_id, id }: MediaKey) => and(eq(media.tenant_id, tenant_id), eq(media.id, id));
const isOf = ({ tenant_id, user_id }: UserKey) => and(eq(media.tenant_id, tenant_id), eq(media.uploader_id, user_id));
/** Written out, because a partial index is not used where its condition is a parameter. */
const isPending = () => sql`${media.status} = 'pending'`;

/** Inserts a pending file. Its declared size counts for the uploader's storage from then on. */
export const insertMedia = async (db: Executor, row: typeof media.$inferInsert): Promise<void> => {
  const { tenant_id, uploader_id: user_id, size_bytes: bytes } = row;
  await db.insert(media).values(row);
  await addStorageChange(db, { tenant_id, user_id, bytes });
};

/** Counts a user's pending uploads. The count is stable only under the lock of the storage (`lockStorage`). */
export const countPendingMedia = (db: Executor, uploader: UserKey): Promise<number> =>
  db.$count(media, and(isOf(uploader), isPending()));

export async function getOwnMedia(
  db: Executor,
  key: MediaKey & { uploader_id: string },
): Promise<MediaRow | undefined> {
  const [row] = await db
    .select()
    .from(media)
    .where(and(theOne(key), eq(media.uploader_id, key.uploader_id)));
  return row;
}

const isCarried = (where: SQL): SQL => sql`exists (
  select from ${attachments}
  join ${messages} on ${messages.tenant_id} = ${attachments.tenant_id} and ${messages.id} = ${attachments.message_id}
  join ${conversations}
    on ${conversations.tenant_id} = ${messages.tenant_id} and ${conversations.id} = ${messages.conversation_id}
  ${where})`;

const ofMedia = (): SQL => sql`${attachments.tenant_id} = ${media.tenant_id} and ${attachments.media_id} = ${media.id}`;

/**
 * Gets a file if the user may read it: they can see a message that carries it, or have uploaded it themselves. The
 * uploader loses it too once all messages that carry it are in deleted conversations.
 */
export async function getVisibleMedia(
  db: Executor,
  key: MediaKey & { user_id: string },
): Promise<MediaRow | undefined> {
  const isSeen = isCarried(sql`
    join ${participants} on ${ofConversation()} and ${participants.user_id} = ${key.user_id}
    where ${ofMedia()} and ${canSee()}`);
  const isKept = isCarried(sql`where ${ofMedia()} and ${conversations.deleted_at} is null`);
  const isFree = sql`not exists (select from ${attachments} where ${ofMedia()})`;
  const [row] = await db
    .select(getTableColumns(media))
    .from(media)
    .where(and(theOne(key), sql`(${isSeen} or (${media.uploader_id} = ${key.user_id} and (${isFree} or ${isKept})))`));
  return row;
}

type Ready = Pick<MediaRow, "object_key" | "thumbnail_key" | "size_bytes" | "width" | "height">;

const attachBy = () => sql`now() + make_interval(days => ${unattachedDays})`;

/**
 * Marks a pending file as ready and counts the difference to its declared size; returns the row, or undefined when it
 * was no longer pending. Both happen in the caller's transaction, and of two confirmations at once the first to commit
 * wins.
 */
export async function setMediaReady(tx: Executor, pending: MediaRow, ready: Ready): Promise<MediaRow | undefined> {
  const [row] = await tx
    .update(media)
    .set({ ...ready, status: "ready", confirmed_at: sql`now()`, attach_by: attachBy() })
    .where(and(theOne(pending), isPending()))
    .returning();
  if (row !== undefined) await countDifference(tx, pending, row.size_bytes);
  return row;
}

/**
 * Marks a pending file as rejected, with the code of an error, and gives back its declared size; undefined when it was
 * no longer pending.
 */
export async function setMediaRejected(
  tx: Executor,
  pending: MediaRow,
  rejection: string,
): Promise<MediaRow | undefined> {
  const [row] = await tx
    .update(media)
    .set({ rejection, status: "rejected", confirmed_at: sql`now()`, attach_by: attachBy() })
    .where(and(theOne(pending), isPending()))
    .returning();
  if (row !== undefined) await countDifference(tx, pending, 0);
  return row;
}

const countDifference = (tx: Executor, { tenant_id, uploader_id, size_bytes }: MediaRow, now: number) =>
  addStorageChange(tx, { tenant_id, user_id: uploader_id, bytes: now - size_bytes });

/**
 * Lists a user's pending uploads whose URLs expired before the given time. Something may have arrived at them all the
 * same.
 */
export const listPendingMedia = (db: Executor, uploader: UserKey, expiredBefore: Date): Promise<MediaRow[]> =>
  db
    .select()
    .from(media)
    .where(and(isOf(uploader), isPending(), lt(media.upload_expires_at, expiredBefore)));
