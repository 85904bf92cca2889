import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import type { UserKey } from "../users/users.table.js";
import { storageChanges, storageTotals, storageUsage } from "./media.table.js";

/** A change of a user's storage, in bytes. */
export interface StorageChange extends UserKey {
  bytes: number;
}

/**
 * Records a change of storage. It belongs in the transaction that writes the file, and does not wait for the counters.
 */
export const addStorageChange = async (db: Executor, change: StorageChange): Promise<void> => {
  if (change.bytes !== 0) await db.insert(storageChanges).values(change);
};

/**
 * Makes the statement that gives back the bytes of deleted files; `gone` is the CTE that names them, with `tenant_id`,
 * `uploader_id` and `kept_bytes`.
 */
export const giveBack = (gone: SQL): SQL => sql`
  insert into ${storageChanges} (tenant_id, user_id, bytes)
  select tenant_id, uploader_id, -sum(kept_bytes) from ${gone} where kept_bytes > 0 group by tenant_id, uploader_id`;

/**
 * Adds all recorded changes of a tenant to its counters, and returns the totals of the tenant and of the user. The
 * tenant's row stays locked until the transaction ends, so that decisions by these totals are serialised: no other
 * upload is admitted meanwhile.
 *
 * `changes` deletes the recorded changes; `sums` adds them up for each user; `of_users` and `of_tenant` add the sums to
 * the counters.
 */
export async function lockStorage(
  db: Executor,
  { tenant_id, user_id }: UserKey,
): Promise<{ tenant: number; user: number }> {
  await db.execute(sql`
    insert into ${storageTotals} as total (tenant_id, bytes) values (${tenant_id}, 0)
    on conflict (tenant_id) do update set bytes = total.bytes`);
  // A second statement, so that it sees what was committed while the first waited for the lock.
  const [row] = await db.execute<{ tenant: string; user: string | null }>(sql`
    with changes as (
      delete from ${storageChanges} where tenant_id = ${tenant_id} returning user_id, bytes
    ), sums as (
      select user_id, sum(bytes)::bigint as bytes from changes group by user_id
    ), of_users as (
      insert into ${storageUsage} as usage (tenant_id, user_id, bytes) select ${tenant_id}, user_id, bytes from sums
      on conflict (tenant_id, user_id) do update set bytes = usage.bytes + excluded.bytes
      returning user_id, bytes
    ), of_tenant as (
      update ${storageTotals} total set bytes = total.bytes + (select coalesce(sum(bytes), 0) from sums)
      where tenant_id = ${tenant_id} returning bytes
    )
    select of_tenant.bytes as tenant, coalesce(
      (select bytes from of_users where user_id = ${user_id}),
      (select bytes from ${storageUsage} where tenant_id = ${tenant_id} and user_id = ${user_id})
    ) as "user" from of_tenant`);
  return { tenant: Number(row?.tenant), user: Number(row?.user ?? 0) };
}

/**
 * Adds the recorded changes of one tenant that has some, so that they do not pile up where nobody uploads; false when
 * no tenant has any.
 */
export async function addStorageChangesOfOne(db: Executor): Promise<boolean> {
  const [found] = await db
    .select({ tenant_id: storageChanges.tenant_id, user_id: storageChanges.user_id })
    .from(storageChanges)
    .limit(1);
  if (found !== undefined) await lockStorage(db, found);
  return found !== undefined;
}
