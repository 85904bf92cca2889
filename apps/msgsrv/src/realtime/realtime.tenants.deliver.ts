import { type TenantBusEvent, withoutPresence } from "@vero/server";
import type { ConnectedUser } from "./realtime.connected-user.js";
import { eventWriter } from "./realtime.frames.js";
import type { Delivered } from "./realtime.numbers.js";
import type { Sources } from "./realtime.sources.js";

/** A workspace that has connected users on this node. */
export interface LocalTenant {
  id: string;
  /** The connected users by their id. */
  users: Map<string, ConnectedUser>;
  /** The profile_seqs that were delivered. */
  profiles: Delivered;
  settled: Promise<void>;
  /** Resolves when the earlier events of the workspace have been delivered. */
  turn: Promise<void>;
  unsubscribe(): void;
}

type ProfileEvent = Pick<Extract<TenantBusEvent, { type: "user.updated" }>, "user_id" | "at">;
type PresenceEvent = Pick<Extract<TenantBusEvent, { type: "presence.changed" }>, "user_id" | "is_chosen" | "at">;

/** Delivers to the connected users of a workspace what changes in the profiles and the presence of others. */
export const createTenantDelivery = (
  sources: Pick<Sources, "user" | "presence" | "presenceWithheldFrom" | "sharing">,
) => ({
  /**
   * Delivers a profile as it is now: to those who share a conversation with the user, without presence where that is
   * withheld, and to the user's own devices.
   */
  async deliverProfile({ id: tenant_id, users }: LocalTenant, { user_id, at }: ProfileEvent): Promise<void> {
    const key = { tenant_id, user_id };
    const sharing = await sources.sharing(key, { candidates: [...users.keys()], acrossBlocks: true });
    const user = await sources.user(key);
    if (user === undefined) return;
    const withheldFrom = new Set(await sources.presenceWithheldFrom(key));
    const write = eventWriter({ type: "user.updated", at, data: { user } });
    const writeRedacted = eventWriter({ type: "user.updated", at, data: { user: withoutPresence(user) } });
    for (const viewer of new Set([...sharing, user_id])) {
      users.get(viewer)?.deliver(withheldFrom.has(viewer) ? writeRedacted : write);
    }
  },

  /**
   * Delivers a user's presence as it is now, to those who share a conversation with them and no block. Their own
   * devices get it only where the user has chosen another availability: that they came or went is no news to them.
   */
  async deliverPresence({ id: tenant_id, users }: LocalTenant, event: PresenceEvent): Promise<void> {
    const { user_id, is_chosen: isChosen = false, at } = event;
    const key = { tenant_id, user_id };
    const sharing = await sources.sharing(key, { candidates: [...users.keys()], acrossBlocks: false });
    const others = sharing.filter((viewer) => viewer !== user_id);
    const viewers = isChosen ? [...others, user_id] : others;
    if (viewers.length === 0) return;
    const data = await sources.presence(key);
    if (data === undefined) return;
    const write = eventWriter({ type: "presence.changed", at, data });
    for (const viewer of viewers) users.get(viewer)?.deliver(write);
  },
});
