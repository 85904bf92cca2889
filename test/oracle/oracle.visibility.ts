import type { Membership, OConversation, OMessage, OUser } from "./state.js";

/** The reads of the model: conversations, messages and read positions as each user sees them, over plain arrays. */
export class Visibility {
  conversations: OConversation[] = [];
  readonly #blocks = new Map<OUser, Set<OUser>>();

  constructor(readonly users: readonly OUser[]) {}

  membershipOf(user: OUser, conversation: OConversation): Membership | undefined {
    return conversation.isDeleted ? undefined : conversation.memberships.find((membership) => membership.user === user);
  }

  sees(user: OUser, message: OMessage): boolean {
    const membership = this.membershipOf(user, message.conversation);
    const isWithheld = message.conversation.type === "direct" && message.blockedBy.includes(user);
    return membership !== undefined && message.seq > membership.from && !message.hiddenFor.has(user) && !isWithheld;
  }

  listed(user: OUser): OConversation[] {
    const known = (one: OConversation): number => this.membershipOf(user, one)?.known ?? one.activity;
    return this.conversations
      .filter((conversation) => this.membershipOf(user, conversation)?.isHidden === false)
      .sort((a, b) => known(b) - known(a));
  }

  visible(user: OUser, conversation: OConversation): OMessage[] {
    return conversation.messages.filter((message) => this.sees(user, message));
  }

  /** Gets the user's own read position. Others are shown `read`, which deleting the conversation for oneself leaves. */
  ownRead(user: OUser, conversation: OConversation): number {
    const membership = this.membershipOf(user, conversation);
    return membership === undefined ? 0 : Math.max(membership.read, membership.from);
  }

  unread(user: OUser, conversation: OConversation): number {
    const read = this.ownRead(user, conversation);
    return this.visible(user, conversation).filter(
      (message) =>
        message.seq > read &&
        message.sender !== user &&
        message.system === null &&
        !message.isDeleted &&
        !message.blockedBy.includes(user),
    ).length;
  }

  blockedBy(user: OUser): Set<OUser> {
    const those = this.#blocks.get(user) ?? new Set();
    this.#blocks.set(user, those);
    return those;
  }

  protected isBlockedPair(one: OUser, other: OUser): boolean {
    return this.blockedBy(one).has(other) || this.blockedBy(other).has(one);
  }

  /** Lists the participants who have blocked the user. */
  protected blockersOf(user: OUser, { memberships }: OConversation): OUser[] {
    return memberships.map((membership) => membership.user).filter((one) => this.blockedBy(one).has(user));
  }

  hasBlockedOther(user: OUser, { type, memberships }: OConversation): boolean {
    return type === "direct" && memberships.some((membership) => this.blockedBy(user).has(membership.user));
  }

  /** Gets the read position of a participant that the viewer is shown: a sender has read up to their own message. */
  shownRead(viewer: OUser, conversation: OConversation, membership: Membership): number {
    if (!this.isBlockedPair(viewer, membership.user)) return membership.read;
    const sent = conversation.messages.filter(
      (message) =>
        message.sender === membership.user &&
        message.system === null &&
        !(conversation.type === "direct" && message.blockedBy.includes(viewer)),
    );
    return Math.max(membership.shownRead.get(viewer) ?? 0, ...sent.map(({ seq }) => seq));
  }
}
