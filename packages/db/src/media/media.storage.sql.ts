import { type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import { storageChanges, storageTotals, storageUsage } from "./media.table.js";

/** Whose storage, and by how much it changes. */
export interface StorageChange {
  tenant_id: string;
  user_id: string;
  bytes: number;
}

/** In the transaction that writes the file. */
export const addStorageChange = async (db: Executor, change: StorageChange): Promise<void> => {
  if (change.bytes !== 0) await db.insert(storageChanges).values(change);
};

/** Gives back the bytes of files that a statement has deleted: `gone` names them, with `tenant_id`, `uploader_id` and `kept_bytes`. */
export const giveBack = (gone: SQL): SQL => sql`
  insert into ${storageChanges} (tenant_id, user_id, bytes)
  select tenant_id, uploader_id, -sum(kept_bytes) from ${gone} where kept_bytes > 0 group by tenant_id, uploader_id`;

/**
 * Adds the changes to what is kept, and answers it for the tenant and the user. Until the end of the transaction nobody
 * else in the tenant does: what is decided by the sums holds.
 */
export async function lockStorage(
  db: Executor,
  { tenant_id, user_id }: { tenant_id: string; user_id: string },
): Promise<{ tenant: number; user: number }> {
  await db.execute(sql`
    insert into ${storageTotals} as total (tenant_id, bytes) values (${tenant_id}, 0)
    on conflict (tenant_id) do update set bytes = total.bytes`);
  // By a statement of its own: it sees what was committed while this one waited for the lock.
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

/** Adds the changes of one tenant, if there are any, so that they do not pile up where nobody uploads; whether there were. */
export async function addStorageChangesOfOne(db: Executor): Promise<boolean> {
  const [found] = await db
    .select({ tenant_id: storageChanges.tenant_id, user_id: storageChanges.user_id })
    .from(storageChanges)
    .limit(1);
  if (found !== undefined) await lockStorage(db, found);
  return found !== undefined;
}
