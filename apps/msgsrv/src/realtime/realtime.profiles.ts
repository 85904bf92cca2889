import type { TenantBusEvent } from "@vero/server";
import { forEachLimited } from "../jobs/for-each-limited.js";
import { type Delivered, settleDelivered } from "./realtime.numbers.js";
import type { Sources } from "./realtime.sources.js";

/** Profiles read at once; the next comparison goes on. */
const maxProfiles = 100;

type OnTenantEvent = (tenantId: string, event: TenantBusEvent) => Promise<void>;

/** Finds profiles of whose change the bus brought no event, in the workspaces whose users are on this node. */
export function createProfileChanges(sources: Pick<Sources, "lastProfileSeqs" | "profilesAfter">) {
  async function catchUp(tenant_id: string, delivered: Delivered, onEvent: OnTenantEvent): Promise<void> {
    const changed = await sources.profilesAfter(tenant_id, { profileSeq: delivered.upTo, limit: maxProfiles });
    for (const { user_id, profile_seq } of changed) {
      const at = new Date().toISOString();
      await onEvent(tenant_id, { type: "user.updated", tenant_id, user_id, profile_seq, at });
    }
    // A number that a later change of the same profile replaced has nothing left to deliver.
    settleDelivered(delivered, changed.at(-1)?.profile_seq ?? 0);
  }

  return {
    /** Counts earlier changes as delivered: clients ask for those when they have connected. */
    async settle(tenantId: string, delivered: Delivered): Promise<void> {
      const [row] = await sources.lastProfileSeqs([tenantId]);
      if (row !== undefined) settleDelivered(delivered, row.last_profile_seq);
    },

    async compare(tenants: ReadonlyMap<string, { profiles: Delivered }>, onEvent: OnTenantEvent): Promise<void> {
      const ids = [...tenants.keys()];
      const found = ids.length === 0 ? [] : await sources.lastProfileSeqs(ids);
      await forEachLimited(found, async ({ tenant_id, last_profile_seq }) => {
        const delivered = tenants.get(tenant_id)?.profiles;
        if (delivered && last_profile_seq > delivered.upTo) await catchUp(tenant_id, delivered, onEvent);
      });
    },
  };
}
