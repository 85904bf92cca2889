import { type Bus, channelOf, type TenantBusEvent, type UserBusEvent } from "@vero/server";
import { publish } from "@vero/server/publish";

/** An event of the gateway with its audience: one user, or a workspace. */
type PendingEvent = { to: "user"; user_id: string; event: UserBusEvent } | { to: "tenant"; event: TenantBusEvent };

export type PublishEvent = (pending: PendingEvent) => void;

/**
 * Creates the gateway's publisher, which is called after a commit; the messaging service decides whose sockets receive
 * the event.
 */
export const createPublisher =
  ({ bus }: { bus: Bus }): PublishEvent =>
  (pending) => {
    if (pending.to === "user") publish(bus, channelOf.user(pending.user_id), pending.event);
    else publish(bus, channelOf.tenant(pending.event.tenant_id), pending.event);
  };
