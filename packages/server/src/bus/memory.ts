import type { Logger } from "../log/logger.js";
import { type Bus, createSubscriptions } from "./bus.js";

/** The bus of a deployment that is one process. */
export function createMemoryBus(log: Logger): Bus {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  return {
    // Later, as on any bus: no publisher must come to depend on its listeners being done.
    publish: (channel, announcement) => queueMicrotask(() => subscriptions.deliver(channel, announcement)),
    subscribe: subscriptions.subscribe,
    onGap: () => {},
    close: async () => {},
  };
}
