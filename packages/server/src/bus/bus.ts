/** What happened, told to the nodes whose sockets may care. A hint: the truth is in the database. */
export interface Announcement {
  /** The event's type in the contract, or what concerns the server only. */
  type: string;
  tenant_id: string;
  conversation_id?: string;
  user_id?: string;
  change_seq?: number;
  /** The number of a change of what is one user's own. */
  state_seq?: number;
  /** The number of a read receipt among those of its conversation. */
  receipt_seq?: number;
  /** The number of a change of a profile among those of the workspace. */
  profile_seq?: number;
  /** Who is not to learn of it although they listen: what a block keeps from them. */
  except?: string[];
  /** Whom alone it concerns, of those who listen: what the end of a block gives back to them. */
  only?: string[];
  /** When it happened, RFC 3339. */
  at: string;
  /** Absent when it was too large to be carried; then the receiver reads it from the database. */
  data?: unknown;
}

/**
 * Channels: `conversation:<id>`, `user:<id>` and `tenant:<id>`. Publishing never fails the operation that announces:
 * what is lost here is found by comparison with the database.
 */
export interface Bus {
  publish(channel: string, announcement: Announcement): void;
  subscribe(channel: string, handler: (announcement: Announcement) => void): () => void;
  /** Called when announcements may have been missed: the connection was lost and is back. */
  onGap(handler: () => void): void;
  close(): Promise<void>;
}

export const channelOf = {
  conversation: (id: string) => `conversation:${id}`,
  user: (id: string) => `user:${id}`,
  tenant: (id: string) => `tenant:${id}`,
};

/** Who listens to what in this process; both kinds of bus deliver through it. */
export function createSubscriptions(onError: (error: unknown) => void) {
  const handlers = new Map<string, Set<(announcement: Announcement) => void>>();
  return {
    deliver(channel: string, announcement: Announcement): void {
      for (const handler of handlers.get(channel) ?? []) {
        try {
          handler(announcement);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(channel: string, handler: (announcement: Announcement) => void): () => void {
      const set = handlers.get(channel) ?? new Set();
      handlers.set(channel, set.add(handler));
      return () => {
        set.delete(handler);
        if (set.size === 0 && handlers.get(channel) === set) handlers.delete(channel);
      };
    },
  };
}
