import type { Message } from "@vero/contracts";
import { Visibility } from "./oracle.visibility.js";
import {
  type Membership,
  newMessage,
  type OConversation,
  type OMessage,
  type OUser,
  type Role,
  refuse,
} from "./state.js";

/** The changes of blocks, conversations and participants in the model. A refusal comes before any change. */
export class ConversationModel extends Visibility {
  #now = 0;

  // Blocks.

  block(by: OUser, other: OUser): void {
    if (by === other) refuse("cannot_block_self");
    const wereBlockedPair = this.isBlockedPair(by, other);
    this.blockedBy(by).add(other);
    if (!wereBlockedPair) for (const conversation of this.conversations) this.#freezeReads(conversation, by, other);
  }

  unblock(by: OUser, other: OUser): void {
    this.blockedBy(by).delete(other);
  }

  /** Freezes the read positions of two users for each other. */
  #freezeReads(conversation: OConversation, one: OUser, other: OUser): void {
    const [membership, across] = [this.membershipOf(one, conversation), this.membershipOf(other, conversation)];
    if (membership === undefined || across === undefined) return;
    membership.shownRead.set(other, membership.read);
    across.shownRead.set(one, across.read);
  }

  // Conversations.

  /** Forgets conversations that nobody can come back to. */
  forgetGone(): void {
    this.conversations = this.conversations.filter(
      ({ isDeleted, memberships }) => !isDeleted && memberships.length > 0,
    );
  }

  createDirect(by: OUser, other: OUser): OConversation {
    this.#now += 1;
    const existing = this.conversations.find(
      ({ type, isDeleted, memberships }) =>
        type === "direct" && !isDeleted && memberships.every(({ user }) => user === by || user === other),
    );
    if (existing !== undefined) return existing;
    if (this.blockedBy(by).has(other)) refuse("you_blocked_user");
    const made = this.#create("direct", null, [by, other], "member");
    for (const membership of made.memberships) membership.isHidden = this.blockedBy(membership.user).has(by);
    return made;
  }

  createGroup(by: OUser, name: string, others: readonly OUser[]): OConversation {
    this.#now += 1;
    const willing = others.filter((one) => !this.blockedBy(one).has(by));
    return this.#create("group", name, [by, ...willing], "owner");
  }

  rename(by: OUser, conversation: OConversation, name: string): void {
    const membership = this.membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (membership.role === "member") refuse("forbidden");
    if (conversation.name === name) return;
    conversation.name = name;
    this.#record(by, conversation, { kind: "conversation_renamed", user_ids: [], name });
  }

  deleteConversation(by: OUser, conversation: OConversation, scope: "for_me" | "for_everyone"): void {
    const membership = this.membership(by, conversation);
    if (scope === "for_me") {
      // Again: nothing to delete that could be seen in a list.
      if (membership.isHidden) return;
      membership.from = conversation.messages.length;
      membership.isArchived = false;
      membership.isHidden = true;
      return;
    }
    if (conversation.type === "group" && membership.role !== "owner" && !by.isAdministrator) refuse("forbidden");
    conversation.isDeleted = true;
  }

  markRead(by: OUser, conversation: OConversation, seq: number): void {
    const membership = this.membership(by, conversation);
    if (seq > conversation.messages.length) refuse("seq_out_of_range");
    if (seq > this.ownRead(by, conversation)) membership.read = seq;
  }

  setMuted(by: OUser, conversation: OConversation, isMuted: boolean): void {
    this.membership(by, conversation).isMuted = isMuted;
  }

  setArchived(by: OUser, conversation: OConversation, isArchived: boolean): void {
    this.membership(by, conversation).isArchived = isArchived;
  }

  // Participants.

  add(
    by: OUser,
    conversation: OConversation,
    users: readonly OUser[],
    history: "all" | "from_join",
  ): { added: OUser[]; skipped: OUser[] } {
    const membership = this.membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (membership.role === "member") refuse("forbidden");
    const absent = users.filter((user) => this.membershipOf(user, conversation) === undefined);
    const skipped = absent.filter((user) => this.blockedBy(user).has(by));
    const added = absent.filter((user) => !skipped.includes(user));
    if (added.length === 0) return { added, skipped };
    const last = conversation.messages.length;
    for (const user of added) {
      this.#join(conversation, user, "member", { from: history === "all" ? 0 : last, read: last });
    }
    for (const one of added)
      for (const other of conversation.memberships) this.#freezeReads(conversation, one, other.user);
    this.#record(by, conversation, { kind: "participants_added", user_ids: added.map(({ id }) => id), name: null });
    return { added, skipped };
  }

  remove(by: OUser, conversation: OConversation, user: OUser): void {
    const membership = this.membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    const target = this.membershipOf(user, conversation);
    const ranks: Role[] = ["member", "admin", "owner"];
    if (by !== user && ranks.indexOf(membership.role) <= ranks.indexOf(target?.role ?? "member")) refuse("forbidden");
    if (target === undefined) return;
    conversation.memberships = conversation.memberships.filter((one) => one !== target);
    const heirs = [...conversation.memberships].sort((a, b) => a.joined - b.joined || (a.user.id < b.user.id ? -1 : 1));
    const heir = heirs.find(({ role }) => role === "admin") ?? heirs[0];
    if (target.role === "owner" && heir !== undefined) heir.role = "owner";
    const kind = by === user ? "participant_left" : "participant_removed";
    this.#record(by, conversation, { kind, user_ids: [user.id], name: null });
  }

  setRole(by: OUser, conversation: OConversation, user: OUser, role: Role): void {
    const membership = this.membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (membership.role !== "owner") refuse("forbidden");
    const target = this.membershipOf(user, conversation) ?? refuse("participant_not_found");
    // There is always an owner: ownership is handed over, not given up.
    if (target === membership && role !== "owner") refuse("forbidden");
    if (role === "owner") membership.role = "admin";
    target.role = role;
  }

  protected membership(user: OUser, conversation: OConversation): Membership {
    return this.membershipOf(user, conversation) ?? refuse("conversation_not_found");
  }

  #create(type: OConversation["type"], name: string | null, users: readonly OUser[], first: Role): OConversation {
    const activity = this.#now;
    const made: OConversation = { id: "", type, name, memberships: [], messages: [], isDeleted: false, activity };
    for (const user of users) this.#join(made, user, user === users[0] ? first : "member", { from: 0, read: 0 });
    this.conversations.push(made);
    return made;
  }

  #join(conversation: OConversation, user: OUser, role: Role, window: Pick<Membership, "from" | "read">): void {
    const fresh = { isMuted: false, isArchived: false, isHidden: false, joined: this.#now, known: null };
    conversation.memberships.push({ user, role, ...window, ...fresh, shownRead: new Map() });
  }

  #record(actor: OUser, conversation: OConversation, system: NonNullable<Message["system"]>): void {
    this.append(actor, conversation, { system });
  }

  /** Appends a message, which is the latest activity of its conversation. */
  protected append(sender: OUser, conversation: OConversation, content: Partial<OMessage>): OMessage {
    this.#now += 1;
    conversation.activity = this.#now;
    const message = newMessage(sender, conversation, content);
    conversation.messages.push(message);
    return message;
  }
}
