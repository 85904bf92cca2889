import { AppError, type TenantRole, type User } from "@vero/contracts";
import {
  bumpProfileSeq,
  bumpStateSeqsOfUser,
  type Database,
  type Executor,
  getUser,
  getUserFor,
  lockOwnersAnd,
  revokeInvitesOf,
  updateUser,
} from "@vero/db";
import { type Actor, logSecurityEvent, toUser } from "@vero/server";
import type { Profiles } from "./profiles.service.js";
import type { Origin, Sessions } from "./sessions.service.js";

export interface MemberChanges {
  userId: string;
  role?: TenantRole | undefined;
  deactivated?: boolean | undefined;
}

interface Standing {
  role: TenantRole;
  deactivated: boolean;
}

const rank: Record<TenantRole, number> = { member: 0, agent: 1, admin: 2, owner: 3 };

const isOwner = ({ role, deactivated }: Standing): boolean => role === "owner" && !deactivated;

/** Tells whether a role may make a change: owners any, admins those in which nobody was or becomes an owner. */
export function mayChange(actor: TenantRole, before: Standing, after: Standing): boolean {
  if (actor === "owner") return true;
  return actor === "admin" && before.role !== "owner" && after.role !== "owner";
}

export interface MembersDeps {
  database: Database;
  sessions: Pick<Sessions, "endAll" | "announceEnd">;
  profiles: Pick<Profiles, "publishProfile">;
}

export type Members = ReturnType<typeof createMembers>;

export function createMembers({ database, sessions, profiles }: MembersDeps) {
  async function change(tx: Executor, actor: Actor, { userId, role, deactivated }: MemberChanges) {
    const member = { tenant_id: actor.tenant_id, user_id: userId };
    // Every change of a member locks the owners of the workspace, so that changes take turns: of two owners who demote
    // each other one stays, and the role of the actor is the present one.
    const locked = await lockOwnersAnd(tx, member);
    const acting = await getUser(tx, actor);
    if (acting === undefined || acting.deactivated_at !== null || !["owner", "admin"].includes(acting.role)) {
      throw new AppError("forbidden");
    }
    const target = locked.find(({ id }) => id === userId);
    if (target === undefined) throw new AppError("user_not_found");

    const before: Standing = { role: target.role, deactivated: target.deactivated_at !== null };
    const after: Standing = { role: role ?? before.role, deactivated: deactivated ?? before.deactivated };
    if (!mayChange(acting.role, before, after)) throw new AppError("forbidden");
    const isLastOwner = isOwner(before) && locked.every(({ id }) => id === userId);
    if (isLastOwner && !isOwner(after)) throw new AppError("last_owner");

    const changed = after.role !== before.role || after.deactivated !== before.deactivated;
    if (changed) {
      const keptTime = before.deactivated ? target.deactivated_at : new Date();
      await updateUser(tx, member, {
        role: after.role,
        deactivated_at: after.deactivated ? keptTime : null,
      });
    }
    // A reactivation ends sessions too: a sign-in that was in progress during the deactivation must not survive it.
    const isSwitched = after.deactivated !== before.deactivated;
    const ended = isSwitched ? await sessions.endAll(tx, member, null) : [];
    // Invites are revoked as well, which would lead back to the role that their maker has just lost.
    const isLowered = isSwitched || rank[after.role] < rank[before.role];
    const revoked = isLowered ? await revokeInvitesOf(tx, member) : [];
    // The user's state in each conversation says what the role allows, so it gets a new number, by which clients read
    // it again.
    if (after.role !== before.role) await bumpStateSeqsOfUser(tx, member);
    const profile_seq = changed ? await bumpProfileSeq(tx, member) : undefined;
    return { profile_seq, before, after, ended, revoked: revoked.map(({ id }) => id) };
  }

  return {
    async update(actor: Actor, input: MemberChanges, origin: Origin): Promise<User> {
      const owner = { tenant_id: actor.tenant_id, user_id: input.userId };
      const { profile_seq, before, after, ended, revoked } = await database.transaction((tx) =>
        change(tx, actor, input),
      );
      sessions.announceEnd(owner, ended, "user_deactivated", origin);
      if (profile_seq !== undefined) {
        profiles.publishProfile(owner, profile_seq);
        const { user_id: by, session_id } = actor;
        const { role, deactivated } = after;
        logSecurityEvent(origin, "member.changed", {
          ...owner,
          by,
          session_id,
          role,
          role_before: before.role,
          deactivated,
        });
      }
      if (revoked.length > 0)
        logSecurityEvent(origin, "invite.revoked", { ...owner, by: actor.user_id, invite_ids: revoked });
      const row = await getUserFor(database.executor, { ...owner, viewer_id: actor.user_id });
      if (row === undefined) throw new AppError("user_not_found");
      return toUser(row);
    },
  };
}
