import { and, desc, eq, gt, inArray, lt, notInArray, type SQL, sql } from "drizzle-orm";
import type { Executor } from "../connection/database.js";
import type { UserKey } from "../users/users.table.js";
import { knownNetworks } from "./auth.table.js";

export interface NetworkBounds {
  maxPerUser: number;
  keptDays: number;
}

const ofUser = ({ tenant_id, user_id }: UserKey) =>
  and(eq(knownNetworks.tenant_id, tenant_id), eq(knownNetworks.user_id, user_id));

const daysAgo = (days: number): SQL => sql`now() - make_interval(days => ${days})`;

/** Rows are updated at most once an hour, to save writes of users who sign in often. */
const isOld = lt(knownNetworks.last_login_at, sql`now() - interval '1 hour'`);

/** Records a network that the user has signed in from, and deletes the user's oldest ones beyond `maxPerUser`. */
export async function putNetwork(
  db: Executor,
  network: typeof knownNetworks.$inferInsert,
  { maxPerUser }: Pick<NetworkBounds, "maxPerUser">,
): Promise<void> {
  await db
    .insert(knownNetworks)
    .values(network)
    .onConflictDoUpdate({
      target: [knownNetworks.tenant_id, knownNetworks.user_id, knownNetworks.network_hash],
      set: { last_login_at: sql`now()` },
      setWhere: isOld,
    });
  const newest = db
    .select({ network_hash: knownNetworks.network_hash })
    .from(knownNetworks)
    .where(ofUser(network))
    .orderBy(desc(knownNetworks.last_login_at))
    .limit(maxPerUser);
  await db.delete(knownNetworks).where(and(ofUser(network), notInArray(knownNetworks.network_hash, newest)));
}

/**
 * Says whether the user signed in from a network within `keptDays`. The hashes are those of the same network under each
 * key that may have been in use.
 */
export async function hasNetwork(
  db: Executor,
  user: UserKey,
  hashes: readonly Buffer[],
  { keptDays }: Pick<NetworkBounds, "keptDays">,
): Promise<boolean> {
  const [row] = await db
    .select({ user_id: knownNetworks.user_id })
    .from(knownNetworks)
    .where(
      and(
        ofUser(user),
        inArray(knownNetworks.network_hash, [...hashes]),
        gt(knownNetworks.last_login_at, daysAgo(keptDays)),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export const deleteStaleNetworks = async (
  db: Executor,
  { keptDays }: Pick<NetworkBounds, "keptDays">,
): Promise<void> => {
  await db.delete(knownNetworks).where(lt(knownNetworks.last_login_at, daysAgo(keptDays)));
};
