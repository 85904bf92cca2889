import type { Subscription } from "@vero/db";
import { forEachLimited } from "../jobs/for-each-limited.js";
import { Feed, type FeedDeps } from "./realtime.feed.js";
import type { Sources } from "./realtime.sources.js";
import type { Recipient, Subscriber } from "./realtime.subscriber.js";

export type Feeds = ReturnType<typeof createFeeds>;

/** Keeps a feed for each conversation that users of this node take part in. */
export function createFeeds(deps: Omit<FeedDeps, "onStopped"> & { sources: Pick<Sources, "lastChangeSeqs"> }) {
  const feeds = new Map<string, Feed>();

  function create(tenant_id: string, from: Subscription): Feed {
    const { conversation_id } = from;
    const onStopped = () => feeds.delete(conversation_id);
    const feed = new Feed({ tenant_id, conversation_id }, from, { ...deps, onStopped });
    feeds.set(conversation_id, feed);
    return feed;
  }

  return {
    follow(recipient: Recipient, tenantId: string, from: Subscription): Subscriber {
      const feed = feeds.get(from.conversation_id) ?? create(tenantId, from);
      return feed.subscribe(recipient, from);
    },

    /**
     * Compares by primary key how far these conversations have come with what was delivered, and catches up where
     * something is missing.
     */
    async compare(ids: Iterable<string> = feeds.keys()): Promise<void> {
      const byTenant = new Map<string, string[]>();
      for (const id of ids) {
        const feed = feeds.get(id);
        if (feed === undefined) continue;
        const list = byTenant.get(feed.key.tenant_id) ?? [];
        byTenant.set(feed.key.tenant_id, list);
        list.push(id);
      }
      await forEachLimited([...byTenant], async ([tenantId, list]) => {
        const found = await deps.sources.lastChangeSeqs(tenantId, list);
        await forEachLimited(found, async ({ id, ...last }) => feeds.get(id)?.compare(last));
      });
    },
  };
}
