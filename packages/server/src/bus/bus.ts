import type { BusEvent, ChannelEvents, Received } from "./events.js";

export type ChannelKind = keyof ChannelEvents;
export type Channel<K extends ChannelKind> = `${K}:${string}`;
export type Handler<K extends ChannelKind> = (event: Received<ChannelEvents[K]>) => void;

/**
 * The symbol under which a bus has its publish method. Only `publish.ts` uses it, so that the import rules can hold
 * each app to one publisher.
 */
export const publishing = Symbol("publish");

/**
 * Carries events to the nodes whose sockets may need them. Delivery is best effort, because PostgreSQL holds the truth:
 * publishing never fails the operation, and nodes find lost events when they compare their numbers with the database's.
 */
export interface Bus {
  [publishing]<K extends ChannelKind>(channel: Channel<K>, event: Received<ChannelEvents[K]>): void;
  subscribe<K extends ChannelKind>(channel: Channel<K>, handler: Handler<K>): () => void;
  /** Registers a handler that runs when events may have been missed, because the connection was lost and is back. */
  onGap(handler: () => void): void;
  close(): Promise<void>;
}

const channel =
  <K extends ChannelKind>(kind: K) =>
  (id: string): Channel<K> =>
    `${kind}:${id}`;

export const channelOf = {
  conversation: channel("conversation"),
  user: channel("user"),
  tenant: channel("tenant"),
};

/**
 * Keeps the handlers of this process by channel; both buses deliver through it. A handler that throws is reported to
 * `onError` and does not keep the event from the others.
 */
export function createSubscriptions(onError: (error: unknown) => void) {
  // The types are loose here: the name of a channel determines the events of its handlers, which a Map cannot express.
  const handlers = new Map<string, Set<(event: Received<BusEvent>) => void>>();
  return {
    deliver(channel: string, event: Received<BusEvent>): void {
      for (const handler of handlers.get(channel) ?? []) {
        try {
          handler(event);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe<K extends ChannelKind>(channel: Channel<K>, handler: Handler<K>): () => void {
      const set = handlers.get(channel) ?? new Set();
      const added = handler as (event: Received<BusEvent>) => void;
      handlers.set(channel, set.add(added));
      return () => {
        set.delete(added);
        if (set.size === 0 && handlers.get(channel) === set) handlers.delete(channel);
      };
    },
  };
}
