import type { EventData, User } from "@vero/contracts";
import { type Bus, channelOf, type Received, type TenantBusEvent, withoutPresence } from "@vero/server";
import { eventWriter } from "./realtime.frames.js";
import type { Member } from "./realtime.memberships.js";
import { type Delivered, deliveredUpTo, noteDelivered } from "./realtime.numbers.js";
import { createProfileChanges, type ProfileSources } from "./realtime.profiles.js";

/** The reads from which profiles and presence are delivered. */
export interface TenantSources extends ProfileSources {
  user(tenantId: string, userId: string): Promise<User | undefined>;
  /** Lists the users whom a block keeps apart from the user. */
  apart(tenantId: string, userId: string): Promise<string[]>;
  presence(tenantId: string, userId: string): Promise<EventData<"presence.changed"> | undefined>;
  /** Lists those of the candidates who share a conversation with the user, and the user if among them. */
  sharing(
    tenantId: string,
    userId: string,
    candidates: readonly string[],
    across: { acrossBlocks: boolean },
  ): Promise<string[]>;
}

type TenantUser = Pick<Member, "tenant_id" | "user_id" | "deliver">;
type PresenceEvent = Pick<Extract<TenantBusEvent, { type: "presence.changed" }>, "user_id" | "is_chosen" | "at">;

/** A workspace that has connected users on this node. */
interface LocalTenant {
  id: string;
  /** The connected users by their id. */
  users: Map<string, TenantUser>;
  /** The profile_seqs that were delivered. */
  profiles: Delivered;
  settled: Promise<void>;
  /** Resolves when the earlier events of the workspace have been delivered. */
  turn: Promise<void>;
  unsubscribe(): void;
}

/** Delivers to the connected users of each workspace what changes in the profiles and the presence of others. */
export function createTenants({
  bus,
  sources,
  report,
}: {
  bus: Bus;
  sources: TenantSources;
  report(error: unknown): void;
}) {
  const profiles = createProfileChanges(sources);
  const tenants = new Map<string, LocalTenant>();

  /**
   * Delivers a profile as it is now: to those who share a conversation with the user, without presence across a block,
   * and to the user's own devices.
   */
  async function deliverProfile({ id, users }: LocalTenant, userId: string, at: string): Promise<void> {
    const sharing = await sources.sharing(id, userId, [...users.keys()], { acrossBlocks: true });
    const user = await sources.user(id, userId);
    if (user === undefined) return;
    const apart = new Set(await sources.apart(id, userId));
    const write = eventWriter({ type: "user.updated", at, data: { user } });
    const writeApart = eventWriter({ type: "user.updated", at, data: { user: withoutPresence(user) } });
    for (const viewer of new Set([...sharing, userId])) {
      users.get(viewer)?.deliver(apart.has(viewer) ? writeApart : write);
    }
  }

  /**
   * Delivers a user's presence as it is now, to those who share a conversation with them and no block. Their own
   * devices get it only where the user has chosen another availability: that they came or went is no news to them.
   */
  async function deliverPresence(
    { id, users }: LocalTenant,
    { user_id: userId, is_chosen: isChosen = false, at }: PresenceEvent,
  ): Promise<void> {
    const sharing = await sources.sharing(id, userId, [...users.keys()], { acrossBlocks: false });
    const others = sharing.filter((viewer) => viewer !== userId);
    const viewers = isChosen ? [...others, userId] : others;
    if (viewers.length === 0) return;
    const data = await sources.presence(id, userId);
    if (data === undefined) return;
    const write = eventWriter({ type: "presence.changed", at, data });
    for (const viewer of viewers) users.get(viewer)?.deliver(write);
  }

  async function onEvent(tenant: LocalTenant, event: Received<TenantBusEvent>): Promise<void> {
    if (tenants.get(tenant.id) !== tenant) return;
    if (event.type === "presence.changed") await deliverPresence(tenant, event);
    else if (noteDelivered(tenant.profiles, event.profile_seq)) await deliverProfile(tenant, event.user_id, event.at);
  }

  /**
   * Handles the events of a workspace one after the other: each reads the state of then, and the newest has to arrive
   * last.
   */
  function inTurn(tenantId: string, event: Received<TenantBusEvent>): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return Promise.resolve();
    tenant.turn = tenant.turn.then(() => onEvent(tenant, event)).catch(report);
    return tenant.turn;
  }

  return {
    /** Adds a connected user; resolves when the number is known from which on their workspace's profiles are compared. */
    join(user: TenantUser): Promise<void> {
      const id = user.tenant_id;
      const known = tenants.get(id);
      const tenant: LocalTenant = known ?? {
        id,
        users: new Map(),
        profiles: deliveredUpTo(0),
        settled: Promise.resolve(),
        turn: Promise.resolve(),
        unsubscribe: bus.subscribe(channelOf.tenant(id), (event) => void inTurn(id, event)),
      };
      tenants.set(id, tenant);
      tenant.users.set(user.user_id, user);
      if (known === undefined) tenant.settled = profiles.settle(id, tenant.profiles);
      return tenant.settled;
    },

    leave(user: TenantUser): void {
      const tenant = tenants.get(user.tenant_id);
      if (tenant?.users.get(user.user_id) !== user) return;
      tenant.users.delete(user.user_id);
      if (tenant.users.size > 0) return;
      tenant.unsubscribe();
      tenants.delete(tenant.id);
    },

    /** Delivers the profiles of whose change the bus brought no event. */
    compare: (): Promise<void> => profiles.compare(tenants, inTurn),
  };
}
