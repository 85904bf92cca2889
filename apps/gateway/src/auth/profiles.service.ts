import type { Me } from "@vero/contracts";
import { type Database, getLoginOfUser, getTenant, getUser, updateUser } from "@vero/db";
import { type Actor, type Bus, channelOf, toUser } from "@vero/server";
import { toE164 } from "./phones.service.js";
import type { Owner } from "./sessions.service.js";

export interface ProfileChanges {
  display_name?: string | undefined;
  avatar_url?: string | null | undefined;
  timezone?: string | null | undefined;
  phone?: string | null | undefined;
}

const fields = ["display_name", "avatar_url", "timezone", "phone"] as const;

export type Profiles = ReturnType<typeof createProfiles>;

export function createProfiles({ database, bus }: { database: Database; bus: Pick<Bus, "publish"> }) {
  async function get({ tenant_id, user_id }: Owner): Promise<Me> {
    const db = database.executor;
    const [user, tenant, login] = await Promise.all([
      getUser(db, tenant_id, user_id),
      getTenant(db, tenant_id),
      getLoginOfUser(db, tenant_id, user_id),
    ]);
    if (!user || !tenant || !login) throw new Error("a user without a login or a workspace");
    return {
      ...toUser(user),
      email: login.email,
      phone: user.phone,
      tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug, created_at: tenant.created_at.toISOString() },
    };
  }

  /** Told to everybody who shares a conversation; the messaging service works out who that is. */
  function announce({ tenant_id, user_id }: Owner): void {
    bus.publish(channelOf.tenant(tenant_id), {
      type: "user.updated",
      tenant_id,
      user_id,
      at: new Date().toISOString(),
    });
  }

  return {
    get,
    announce,

    async getMine(actor: Actor): Promise<Me & { session_id: string }> {
      return { ...(await get(actor)), session_id: actor.session_id };
    },

    async update(actor: Actor, input: ProfileChanges): Promise<Me> {
      const wanted = typeof input.phone === "string" ? { ...input, phone: toE164(input.phone) } : input;
      const before = await get(actor);
      const changed = fields.filter((field) => wanted[field] !== undefined && wanted[field] !== before[field]);
      if (changed.length === 0) return before;
      const changes = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
      await updateUser(database.executor, actor.tenant_id, actor.user_id, changes);
      announce(actor);
      return get(actor);
    },
  };
}
