import type { Logger } from "../log/logger.js";
import { type Bus, createSubscriptions, publishing } from "./bus.js";

/** Creates the bus of a deployment that is a single process. */
export function createMemoryBus(log: Logger): Bus {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  return {
    // Delivered later, as by any bus, so that no publisher comes to rely on its handlers having run.
    [publishing]: (channel, event) => queueMicrotask(() => subscriptions.deliver(channel, event)),
    subscribe: subscriptions.subscribe,
    onGap: () => {},
    close: async () => {},
  };
}
