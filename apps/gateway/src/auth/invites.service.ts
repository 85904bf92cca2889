import { createHash, randomBytes } from "node:crypto";
import { AppError, type TenantRole } from "@vero/contracts";
import {
  type Database,
  type Executor,
  getOpenInvite,
  type InviteRow,
  insertInvite,
  listOpenInvites,
  lockOpenInvite,
  lockUser,
  revokeInvite,
} from "@vero/db";
import { type Actor, listCursor, logSecurityEvent } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Origin } from "./sessions.service.js";

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/**
 * Tells whether a role may invite into another one: owners into every role, admins into every role but owner, all
 * others into none.
 */
const mayInvite = (inviter: TenantRole, role: TenantRole): boolean =>
  inviter === "owner" || (inviter === "admin" && role !== "owner");

/**
 * Returns the present role of an actor who may invite, or throws `forbidden`. The user stays locked until the
 * transaction ends: one who is being demoted must not leave an invite behind that leads back.
 */
async function mustManage(tx: Executor, actor: Actor): Promise<TenantRole> {
  const acting = await lockUser(tx, actor, "share");
  if (acting === undefined || acting.deactivated_at !== null || !mayInvite(acting.role, "member")) {
    throw new AppError("forbidden");
  }
  return acting.role;
}

const inviteView = (row: Pick<InviteRow, "id" | "role" | "email" | "expires_at">) => ({
  id: row.id,
  role: row.role,
  email: row.email,
  expires_at: row.expires_at.toISOString(),
});

export interface InviteInput {
  role: TenantRole;
  email?: string | undefined;
  expires_in_hours: number;
}

/** The ids of invites are in the order of their creation. */
const newestFirst = listCursor("auth.list_invites", { id: z.uuid() });

export type Invites = ReturnType<typeof createInvites>;

export function createInvites({ database }: { database: Database }) {
  return {
    /**
     * Returns the open invite that a token stands for. Nothing is locked: until `lock` checks it again, somebody else
     * may use or revoke it.
     */
    async get(token: string, email: string): Promise<InviteRow> {
      const invite = await getOpenInvite(database.executor, hashOf(token));
      if (invite === undefined) throw new AppError("invalid_invite");
      // The answer is the one for an unknown token: another one would reveal that the invite is for somebody else's
      // address.
      if (invite.email !== null && invite.email !== email) throw new AppError("invalid_invite");
      return invite;
    },

    /**
     * Locks the invite until the signup that takes it is committed, so that it works once. It is valid only if its
     * maker may still invite into that role. The caller has locked the maker before: a demotion locks its user, then
     * the invites of that user.
     */
    async lock(tx: Executor, { tenant_id, id }: InviteRow, maker: Awaited<ReturnType<typeof lockUser>>): Promise<void> {
      const invite = await lockOpenInvite(tx, { tenant_id, id });
      const isGood =
        invite !== undefined &&
        maker?.id === invite.created_by &&
        maker.deactivated_at === null &&
        mayInvite(maker.role, invite.role);
      if (!isGood) throw new AppError("invalid_invite");
    },

    async create(actor: Actor, input: InviteInput, origin: Origin) {
      const token = `vin_${randomBytes(32).toString("base64url")}`;
      const { tenant_id, user_id } = actor;
      const draft = {
        tenant_id,
        id: uuidv7(),
        token_hash: hashOf(token),
        role: input.role,
        email: input.email?.toLowerCase() ?? null,
        created_by: user_id,
      };
      const invite = await database.transaction(async (tx) => {
        if (!mayInvite(await mustManage(tx, actor), input.role)) {
          throw new AppError("forbidden", { detail: "Only owners may invite owners." });
        }
        return insertInvite(tx, draft, input.expires_in_hours);
      });
      const { session_id } = actor;
      logSecurityEvent(origin, "invite.created", {
        tenant_id,
        user_id,
        session_id,
        invite_id: invite.id,
        role: invite.role,
      });
      return { ...inviteView(invite), token };
    },

    async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
      const page = newestFirst.query({ limit, cursor });
      const rows = await database.transaction(async (tx) => {
        await mustManage(tx, actor);
        return listOpenInvites(tx, actor.tenant_id, page);
      });
      const view = (row: InviteRow) => ({
        ...inviteView(row),
        created_by: row.created_by,
        created_at: row.created_at.toISOString(),
      });
      return newestFirst.page(rows, { limit, view, keyOf: ({ id }) => ({ id }) });
    },

    async revoke(actor: Actor, id: string, origin: Origin): Promise<void> {
      await database.transaction(async (tx) => {
        await mustManage(tx, actor);
        if (!(await revokeInvite(tx, { tenant_id: actor.tenant_id, id }))) throw new AppError("invite_not_found");
      });
      const { tenant_id, user_id, session_id } = actor;
      logSecurityEvent(origin, "invite.revoked", { tenant_id, user_id, session_id, invite_ids: [id] });
    },
  };
}
