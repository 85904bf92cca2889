import type { BusEvent, ChannelEvents, Received } from "./events.js";

export type ChannelKind = keyof ChannelEvents;
export type Channel<K extends ChannelKind> = `${K}:${string}`;
export type Handler<K extends ChannelKind> = (event: Received<ChannelEvents[K]>) => void;

/** The key of a bus's method that publishes: only `publish.ts` uses it, and of that each app has one importer. */
export const publishing = Symbol("publish");

/**
 * Carries events to the nodes whose sockets may need them. It is a hint, the truth is in the database: publishing never
 * fails the operation, and an event that is lost here is found by comparison with the database.
 */
export interface Bus {
  [publishing]<K extends ChannelKind>(channel: Channel<K>, event: Received<ChannelEvents[K]>): void;
  subscribe<K extends ChannelKind>(channel: Channel<K>, handler: Handler<K>): () => void;
  /** Called when events may have been missed: the connection was lost and is back. */
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

/** Keeps the handlers of this process by channel; both kinds of bus deliver through it. */
export function createSubscriptions(onError: (error: unknown) => void) {
  // The name of a channel says which events its handlers take.
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
