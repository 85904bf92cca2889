import { createHash, randomBytes } from "node:crypto";
import { AppError, type TenantRole } from "@vero/contracts";
import {
  type Database,
  type Executor,
  type InviteRow,
  insertInvite,
  listOpenInvites,
  lockOpenInvite,
  lockUser,
  revokeInvite,
} from "@vero/db";
import { type Actor, decodeCursor, pageOf } from "@vero/server";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/**
 * What the actor may is what they may now, and until the transaction ends: whoever has just been demoted must not leave
 * an invite behind that leads back.
 */
async function mustManage(tx: Executor, { tenant_id, user_id }: Actor): Promise<TenantRole> {
  const acting = await lockUser(tx, tenant_id, user_id, "share");
  if (acting === undefined || acting.deactivated_at !== null) throw new AppError("forbidden");
  if (acting.role !== "owner" && acting.role !== "admin") throw new AppError("forbidden");
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

export type Invites = ReturnType<typeof createInvites>;

export function createInvites({ database }: { database: Database }) {
  return {
    /** Held until the signup that takes it is committed, so that it works once. */
    async lock(tx: Executor, token: string, email: string): Promise<InviteRow> {
      const invite = await lockOpenInvite(tx, hashOf(token));
      if (invite === undefined) throw new AppError("invalid_invite");
      // No other answer than for an unknown one: it would say whom the invite is for.
      if (invite.email !== null && invite.email !== email) throw new AppError("invalid_invite");
      return invite;
    },

    async create(actor: Actor, input: InviteInput) {
      const token = `vin_${randomBytes(32).toString("base64url")}`;
      const invite = {
        tenant_id: actor.tenant_id,
        id: uuidv7(),
        token_hash: hashOf(token),
        role: input.role,
        email: input.email?.toLowerCase() ?? null,
        created_by: actor.user_id,
        expires_at: new Date(Date.now() + input.expires_in_hours * 3_600_000),
      };
      await database.transaction(async (tx) => {
        const role = await mustManage(tx, actor);
        if (input.role === "owner" && role !== "owner") {
          throw new AppError("forbidden", { detail: "Only owners may invite owners." });
        }
        await insertInvite(tx, invite);
      });
      return { ...inviteView(invite), token };
    },

    async list(actor: Actor, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
      const beforeId = decodeCursor(z.uuid(), cursor);
      const page = { limit: limit + 1, ...(beforeId === undefined ? {} : { beforeId }) };
      const rows = await database.transaction(async (tx) => {
        await mustManage(tx, actor);
        return listOpenInvites(tx, actor.tenant_id, page);
      });
      const view = (row: InviteRow) => ({
        ...inviteView(row),
        created_by: row.created_by,
        created_at: row.created_at.toISOString(),
      });
      return pageOf(rows, limit, view, (row) => row.id);
    },

    async revoke(actor: Actor, id: string): Promise<void> {
      await database.transaction(async (tx) => {
        await mustManage(tx, actor);
        if (!(await revokeInvite(tx, actor.tenant_id, id))) throw new AppError("invite_not_found");
      });
    },
  };
}
