import type { Logger } from "../log/logger.js";
import { type Bus, createSubscriptions, publishing } from "./bus.js";

/** The bus of a deployment that is one process. */
export function createMemoryBus(log: Logger): Bus {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  return {
    // Later, as on any bus: no publisher must come to depend on its listeners being done.
    [publishing]: (channel, event) => queueMicrotask(() => subscriptions.deliver(channel, event)),
    subscribe: subscriptions.subscribe,
    onGap: () => {},
    close: async () => {},
  };
}
