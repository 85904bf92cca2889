import { createHash } from "node:crypto";
import type { Conversation } from "@vero/contracts";
import type { Subscription } from "@vero/db";
import type { UserBusEvent } from "@vero/server";
import { forEachLimited } from "../jobs/for-each-limited.js";
import type { Feeds } from "./realtime.feeds.js";
import { eventWriter, type OutgoingEvent } from "./realtime.frames.js";
import type { Recipient } from "./realtime.subscriber.js";

/** The reads that memberships are made and compared with. */
export interface MembershipSources {
  subscriptions(tenantId: string, userId: string, conversationId?: string): Promise<Subscription[]>;
  departures(tenantId: string, userId: string, ids: readonly string[]): Promise<Departed[]>;
  conversation(tenantId: string, userId: string, id: string): Promise<Conversation | undefined>;
  /** Reads, for each user who has conversations, one text that stands for all of them and their windows. */
  membershipDigests(
    users: readonly { tenant_id: string; user_id: string }[],
  ): Promise<{ user_id: string; digest: string }[]>;
}

/**
 * A conversation that has left a user's list. The user left, was removed, or it was deleted for everyone; where none of
 * these is so, the user deleted it for themselves.
 */
interface Departed {
  conversation_id: string;
  left_reason: "removed" | "left" | null;
  is_deleted: boolean;
}

/** A connected user with the conversations that they follow. */
export interface Member extends Recipient {
  tenant_id: string;
  /** The conversations followed, each with the window that it is seen through. */
  following: Map<string, string>;
  isHere(): boolean;
}

type ListedEvent = Pick<
  Extract<UserBusEvent, { type: "conversation.created" }>,
  "conversation_id" | "change_seq" | "last_seq" | "at"
>;

type Window = Pick<Subscription, "visible_from_seq" | "visible_to_seq" | "joined_change_seq">;
const windowOf = ({ visible_from_seq, visible_to_seq, joined_change_seq }: Window): string =>
  `${visible_from_seq}:${visible_to_seq ?? ""}:${joined_change_seq}`;

const endingOf = ({ conversation_id, left_reason: reason, is_deleted }: Departed): OutgoingEvent => {
  const envelope = { conversation_id, at: new Date().toISOString() };
  if (reason !== null) return { type: "conversation.removed", ...envelope, data: { conversation_id, reason } };
  const scope = is_deleted ? "for_everyone" : "for_me";
  return { type: "conversation.deleted", ...envelope, data: { conversation_id, scope } };
};

/** Makes the digest of a user's conversations as the database does (`listMembershipDigests`). */
function digestOf(following: ReadonlyMap<string, string>): string | undefined {
  if (following.size === 0) return undefined;
  const lines = [...following].map(([id, window]) => `${id}:${window}`).sort();
  return createHash("sha256").update(lines.join(",")).digest("hex");
}

/** Keeps connected users following the conversations in their lists, by events and by comparison with the database. */
export function createMemberships({ feeds, sources }: { feeds: Feeds; sources: MembershipSources }) {
  function follow(member: Member, subscription: Subscription): void {
    member.following.set(subscription.conversation_id, windowOf(subscription));
    feeds.follow(member, member.tenant_id, subscription);
  }

  function unfollow(member: Member, id: string): void {
    member.following.delete(id);
    feeds.unfollow(member, id);
  }

  /** Delivers `conversation.created` with the conversation as it is now, and then the changes after `from`. */
  async function tell(
    member: Member,
    subscription: Subscription,
    from: { change_seq: number; last_seq: number; at?: string },
  ): Promise<void> {
    const { conversation_id: id } = subscription;
    const conversation = await sources.conversation(member.tenant_id, member.user_id, id);
    if (conversation === undefined || !member.isHere()) return;
    // An event and a comparison may both have found it.
    if (member.following.get(id) === windowOf(subscription)) return;
    unfollow(member, id);
    const { change_seq, last_seq, at = conversation.created_at } = from;
    const data = { conversation };
    member.deliver(eventWriter({ type: "conversation.created", conversation_id: id, change_seq, at, data }));
    follow(member, { ...subscription, last_change_seq: change_seq, last_seq });
    await feeds.compare([id]);
  }

  /**
   * Makes a user follow the conversations that the database lists for them, and delivers the end or the beginning of
   * those that differ.
   */
  async function correct(member: Member): Promise<void> {
    const before = digestOf(member.following);
    const subscriptions = await sources.subscriptions(member.tenant_id, member.user_id);
    // An event has changed them meanwhile, and what was read may be older: the next round compares again.
    if (!member.isHere() || digestOf(member.following) !== before) return;
    const found = new Set(subscriptions.map(({ conversation_id }) => conversation_id));
    const gone = [...member.following.keys()].filter((id) => !found.has(id));
    const departed = gone.length === 0 ? [] : await sources.departures(member.tenant_id, member.user_id, gone);
    for (const one of departed) {
      // An event has ended it meanwhile.
      if (!member.following.has(one.conversation_id)) continue;
      unfollow(member, one.conversation_id);
      member.deliver(eventWriter(endingOf(one)));
    }
    for (const subscription of subscriptions) {
      // A message in the window has a seq above its start, and a change_seq that is no lower than its seq.
      const start = subscription.visible_from_seq;
      if (member.following.get(subscription.conversation_id) !== windowOf(subscription)) {
        await tell(member, subscription, { change_seq: start, last_seq: start });
      }
    }
  }

  return {
    async settle(member: Member): Promise<void> {
      const subscriptions = await sources.subscriptions(member.tenant_id, member.user_id);
      // Gone before the answer came: nobody would undo these subscriptions.
      if (!member.isHere()) return;
      for (const subscription of subscriptions) follow(member, subscription);
    },

    /**
     * Follows a conversation that came into the user's list, and delivers the changes after the numbers of the event: a
     * message that was sent right after the beginning reaches those who were connected then.
     */
    async add(member: Member, { conversation_id, change_seq, last_seq, at }: ListedEvent): Promise<void> {
      const [subscription] = await sources.subscriptions(member.tenant_id, member.user_id, conversation_id);
      if (subscription !== undefined) await tell(member, subscription, { change_seq, last_seq, at });
    },

    unfollow,

    leave(member: Member): void {
      for (const id of [...member.following.keys()]) unfollow(member, id);
    },

    /** Compares all users by digest in one query, and corrects those whose conversations or windows differ. */
    async compare(members: readonly Member[]): Promise<void> {
      if (members.length === 0) return;
      const digests = new Map(
        (await sources.membershipDigests(members)).map(({ user_id, digest }) => [user_id, digest]),
      );
      const differing = members.filter((one) => one.isHere() && digestOf(one.following) !== digests.get(one.user_id));
      await forEachLimited(differing, correct);
    },
  };
}
