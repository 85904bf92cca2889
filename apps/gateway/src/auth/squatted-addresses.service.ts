import { deleteLogin, type Executor, type InviteRow, isUnused, lockAddress, lockUser, updateUser } from "@vero/db";
import { logSecurityEvent } from "@vero/server";
import type { Origin, Owner, Sessions } from "./sessions.service.js";

/** An account that has lost its address, with the sessions whose end is published once that is committed. */
export interface Released extends Owner {
  session_ids: readonly string[];
}

export type SquattedAddresses = ReturnType<typeof createSquattedAddresses>;

/**
 * Takes addresses from accounts that somebody else signed up with them. A signup does not prove that its address is
 * one's own. An invite to the address is the better claim, but only against an account that was not made by such an
 * invite and was evidently never used: anybody can make such an invite, and an account in use is not to be taken from
 * its user.
 */
export function createSquattedAddresses({ sessions }: { sessions: Pick<Sessions, "endAll" | "announceEnd"> }) {
  return {
    /**
     * Returns the account that has the invited address and may have to give it up. The address is locked until the
     * transaction ends, before any user is.
     */
    async lockHolder(tx: Executor, { tenant_id, email }: InviteRow): Promise<Owner | undefined> {
      const holder = email === null ? undefined : await lockAddress(tx, email);
      return holder?.verified_at === null && holder.tenant_id !== tenant_id ? holder : undefined;
    },

    /**
     * Takes the address from its holder, deactivates them and ends their sessions, unless the account was used. The
     * caller has locked the holder, so that nobody joins their workspace meanwhile; the workspace stays, and nobody can
     * enter it any more.
     */
    async release(tx: Executor, { tenant_id, user_id }: Owner, email: string): Promise<Released | undefined> {
      if (!(await isUnused(tx, { tenant_id, user_id }))) return undefined;
      await deleteLogin(tx, email);
      await updateUser(tx, { tenant_id, user_id }, { deactivated_at: new Date() });
      const session_ids = await sessions.endAll(tx, { tenant_id, user_id }, null);
      return { tenant_id, user_id, session_ids };
    },

    announce({ session_ids, ...holder }: Released, origin: Origin): void {
      sessions.announceEnd(holder, session_ids, "user_deactivated", origin);
      logSecurityEvent(origin, "member.changed", { ...holder, deactivated: true, reason: "address_invited_elsewhere" });
    },
  };
}

/**
 * Locks users in the order of their ids, so that two signups which need the same ones take turns instead of a deadlock.
 */
export async function lockUsersInOrder(
  tx: Executor,
  wanted: readonly (Owner & { strength: "share" | "no key update" })[],
): Promise<Map<string, Awaited<ReturnType<typeof lockUser>>>> {
  const locked = new Map<string, Awaited<ReturnType<typeof lockUser>>>();
  for (const { tenant_id, user_id, strength } of [...wanted].sort((a, b) => (a.user_id < b.user_id ? -1 : 1))) {
    locked.set(user_id, await lockUser(tx, { tenant_id, user_id }, strength));
  }
  return locked;
}
