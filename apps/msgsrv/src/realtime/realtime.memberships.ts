import type { Subscription } from "@vero/db";
import type { UserBusEvent } from "@vero/server";
import { forEachLimited } from "../jobs/for-each-limited.js";
import type { ConnectedUser } from "./realtime.connected-user.js";
import type { Feeds } from "./realtime.feeds.js";
import { eventWriter, type OutgoingEvent } from "./realtime.frames.js";
import type { Departed, Sources } from "./realtime.sources.js";

type ListedEvent = Pick<
  Extract<UserBusEvent, { type: "conversation.created" }>,
  "conversation_id" | "change_seq" | "last_seq" | "at"
>;

const endingOf = ({ conversation_id, left_reason: reason, is_deleted }: Departed): OutgoingEvent => {
  const envelope = { conversation_id, at: new Date().toISOString() };
  if (reason !== null) return { type: "conversation.removed", ...envelope, data: { conversation_id, reason } };
  const scope = is_deleted ? "for_everyone" : "for_me";
  return { type: "conversation.deleted", ...envelope, data: { conversation_id, scope } };
};

export type Memberships = ReturnType<typeof createMemberships>;

/** Keeps connected users following the conversations in their lists, by events and by comparison with the database. */
export function createMemberships({
  feeds,
  sources,
}: {
  feeds: Feeds;
  sources: Pick<Sources, "subscriptions" | "departures" | "conversation" | "membershipDigests">;
}) {
  function follow(user: ConnectedUser, subscription: Subscription): void {
    if (user.following.has(subscription.conversation_id)) return;
    user.following.add(subscription, feeds.follow(user, user.tenant_id, subscription));
  }

  /** Delivers `conversation.created` with the conversation as it is now, and then the changes after `from`. */
  async function begin(
    user: ConnectedUser,
    subscription: Subscription,
    from: { change_seq: number; last_seq: number; at?: string },
  ): Promise<void> {
    const { conversation_id: id } = subscription;
    const conversation = await sources.conversation(user, id);
    if (conversation === undefined || !user.isHere()) return;
    // An event and a comparison may both have found it.
    if (user.following.hasAsIs(subscription)) return;
    user.following.remove(id);
    const { change_seq, last_seq, at = conversation.created_at } = from;
    const data = { conversation };
    user.deliver(eventWriter({ type: "conversation.created", conversation_id: id, change_seq, at, data }));
    follow(user, { ...subscription, last_change_seq: change_seq, last_seq });
    await feeds.compare([id]);
  }

  /** Ends conversations that are followed and that the database does not list, and delivers why. */
  async function end(user: ConnectedUser, ids: readonly string[]): Promise<void> {
    const departed = ids.length === 0 ? [] : await sources.departures(user, ids);
    for (const one of departed) {
      // An event has ended it meanwhile.
      if (!user.following.has(one.conversation_id)) continue;
      user.following.remove(one.conversation_id);
      user.deliver(eventWriter(endingOf(one)));
    }
  }

  /** Makes a user follow the conversations that the database lists for them. */
  async function correct(user: ConnectedUser): Promise<void> {
    const before = user.following.digest();
    const subscriptions = await sources.subscriptions(user);
    // An event has changed them meanwhile, and what was read may be older: the next round compares again.
    if (!user.isHere() || user.following.digest() !== before) return;
    const listed = new Set(subscriptions.map(({ conversation_id }) => conversation_id));
    const gone = user.following.ids().filter((id) => !listed.has(id));
    await end(user, gone);
    for (const subscription of subscriptions) {
      // A message in the window has a seq above its start, and a change_seq that is no lower than its seq.
      const start = subscription.visible_from_seq;
      if (user.following.hasAsIs(subscription)) continue;
      await begin(user, subscription, { change_seq: start, last_seq: start });
    }
  }

  return {
    async settle(user: ConnectedUser): Promise<void> {
      const subscriptions = await sources.subscriptions(user);
      // Gone before the answer came: nobody would undo these subscriptions.
      if (!user.isHere()) return;
      for (const subscription of subscriptions) follow(user, subscription);
    },

    /**
     * Follows a conversation that came into the user's list, and delivers the changes after the numbers of the event: a
     * message that was sent right after the beginning reaches those who were connected then.
     */
    async add(user: ConnectedUser, { conversation_id, change_seq, last_seq, at }: ListedEvent): Promise<void> {
      const [subscription] = await sources.subscriptions(user, conversation_id);
      if (subscription !== undefined) await begin(user, subscription, { change_seq, last_seq, at });
    },

    /** Compares all users by digest in one query, and corrects those whose conversations or windows differ. */
    async compare(users: readonly ConnectedUser[]): Promise<void> {
      if (users.length === 0) return;
      const rows = await sources.membershipDigests(users);
      const digests = new Map(rows.map(({ user_id, digest }) => [user_id, digest]));
      const differing = users.filter((one) => one.isHere() && one.following.digest() !== digests.get(one.user_id));
      await forEachLimited(differing, correct);
    },
  };
}
