import type { Availability, Me } from "@vero/contracts";
import { bumpProfileSeq, type Database, getAccount, updateUser } from "@vero/db";
import { type Actor, toE164, toUser } from "@vero/server";
import type { PublishEvent } from "../events/events.publisher.js";
import type { Owner } from "./sessions.service.js";

export interface ProfileChanges {
  display_name?: string | undefined;
  avatar_url?: string | null | undefined;
  timezone?: string | null | undefined;
  phone?: string | null | undefined;
  availability?: Availability | undefined;
}

const fields = ["display_name", "avatar_url", "timezone", "phone", "availability"] as const;

export type Profiles = ReturnType<typeof createProfiles>;

export function createProfiles({ database, publish }: { database: Database; publish: PublishEvent }) {
  async function get({ tenant_id, user_id }: Owner): Promise<Me> {
    const account = await getAccount(database.executor, { tenant_id, user_id });
    if (account === undefined) throw new Error("a user without a login or a workspace");
    const { user, tenant, email } = account;
    return {
      ...toUser(user),
      email,
      phone: user.phone,
      availability: user.availability,
      tenant: { id: tenant.id, name: tenant.name, slug: tenant.slug, created_at: tenant.created_at.toISOString() },
    };
  }

  /** Publishes that the profile of the user has changed; called once that has been committed. */
  function publishProfile({ tenant_id, user_id }: Owner, profile_seq: number): void {
    const at = new Date().toISOString();
    publish({ to: "tenant", event: { type: "user.updated", tenant_id, user_id, profile_seq, at } });
  }

  /**
   * Publishes the availability that the user has chosen; called only for users who are online, because nobody is shown
   * that of others.
   */
  function publishAvailability({ tenant_id, user_id }: Owner): void {
    const at = new Date().toISOString();
    publish({ to: "tenant", event: { type: "presence.changed", tenant_id, user_id, is_chosen: true, at } });
  }

  return {
    get,
    publishProfile,

    async getMine(actor: Actor): Promise<Me & { session_id: string }> {
      return { ...(await get(actor)), session_id: actor.session_id };
    },

    async update(actor: Actor, input: ProfileChanges): Promise<Me> {
      const wanted = typeof input.phone === "string" ? { ...input, phone: toE164(input.phone) } : input;
      const before = await get(actor);
      const changed = fields.filter((field) => wanted[field] !== undefined && wanted[field] !== before[field]);
      if (changed.length === 0) return before;
      const changes = Object.fromEntries(changed.map((field) => [field, wanted[field]]));
      const isSeen = changed.some((field) => field !== "availability");
      const profile_seq = await database.transaction(async (tx) => {
        await updateUser(tx, actor, changes);
        return isSeen ? bumpProfileSeq(tx, actor) : undefined;
      });
      const after = await get(actor);
      if (profile_seq !== undefined) publishProfile(actor, profile_seq);
      if (changed.includes("availability") && after.is_online) publishAvailability(actor);
      return after;
    },
  };
}
