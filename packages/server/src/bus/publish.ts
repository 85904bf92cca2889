import { type Bus, type Channel, type ChannelKind, publishing } from "./bus.js";
import type { ChannelEvents, Received } from "./events.js";

/**
 * Publishes an event on a channel of the bus. It is not exported with the rest of the package, so that the import rules
 * can hold each app to one importer: its `events/events.publisher.ts`.
 */
export const publish = <K extends ChannelKind>(
  bus: Bus,
  channel: Channel<K>,
  event: Received<ChannelEvents[K]>,
): void => bus[publishing](channel, event);
