import { type Bus, channelOf, type TenantBusEvent, type UserBusEvent } from "@vero/server";
import { publish } from "@vero/server/publish";

/** An event of the gateway's, and for whom it is. */
type PendingEvent = { to: "user"; user_id: string; event: UserBusEvent } | { to: "tenant"; event: TenantBusEvent };

export type PublishEvent = (pending: PendingEvent) => void;

/** Publishes what the gateway has committed; the messaging service works out whose sockets are to hear it. */
export const createPublisher =
  ({ bus }: { bus: Bus }): PublishEvent =>
  (pending) => {
    if (pending.to === "user") publish(bus, channelOf.user(pending.user_id), pending.event);
    else publish(bus, channelOf.tenant(pending.event.tenant_id), pending.event);
  };
