import { type Bus, channelOf, type Received, type TenantBusEvent } from "@vero/server";
import type { ConnectedUser } from "./realtime.connected-user.js";
import { deliveredUpTo, noteDelivered } from "./realtime.numbers.js";
import { createProfileChanges } from "./realtime.profiles.js";
import type { Sources } from "./realtime.sources.js";
import { createTenantDelivery, type LocalTenant } from "./realtime.tenants.deliver.js";

export type Tenants = ReturnType<typeof createTenants>;

/** Keeps the workspaces of connected users, for the changes in the profiles and the presence of others. */
export function createTenants(deps: {
  bus: Pick<Bus, "subscribe">;
  sources: Pick<
    Sources,
    "user" | "presence" | "presenceWithheldFrom" | "sharing" | "lastProfileSeqs" | "profilesAfter"
  >;
  onError(error: unknown): void;
}) {
  const { bus, sources, onError } = deps;
  const profiles = createProfileChanges(sources);
  const { deliverProfile, deliverPresence } = createTenantDelivery(sources);
  const tenants = new Map<string, LocalTenant>();

  async function onEvent(tenant: LocalTenant, event: Received<TenantBusEvent>): Promise<void> {
    if (tenants.get(tenant.id) !== tenant) return;
    if (event.type === "presence.changed") await deliverPresence(tenant, event);
    else if (noteDelivered(tenant.profiles, event.profile_seq)) await deliverProfile(tenant, event);
  }

  /**
   * Handles the events of a workspace one after the other: each reads the state of then, and the newest has to arrive
   * last.
   */
  function inTurn(tenantId: string, event: Received<TenantBusEvent>): Promise<void> {
    const tenant = tenants.get(tenantId);
    if (tenant === undefined) return Promise.resolve();
    tenant.turn = tenant.turn.then(() => onEvent(tenant, event)).catch(onError);
    return tenant.turn;
  }

  function create(id: string): LocalTenant {
    const delivered = deliveredUpTo(0);
    const tenant: LocalTenant = {
      id,
      users: new Map(),
      profiles: delivered,
      unsubscribe: bus.subscribe(channelOf.tenant(id), (event) => void inTurn(id, event)),
      settled: profiles.settle(id, delivered),
      turn: Promise.resolve(),
    };
    tenants.set(id, tenant);
    return tenant;
  }

  return {
    /** Adds a connected user; resolves when the number is known from which on their workspace's profiles are compared. */
    join(user: ConnectedUser): Promise<void> {
      const tenant = tenants.get(user.tenant_id) ?? create(user.tenant_id);
      tenant.users.set(user.user_id, user);
      return tenant.settled;
    },

    leave(user: ConnectedUser): void {
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
