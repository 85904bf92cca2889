import type { ErrorCode, Message } from "@vero/contracts";
import {
  type Membership,
  newMessage,
  type OConversation,
  type OMessage,
  type OUser,
  type Role,
  refuse,
} from "./state.js";

/**
 * What the API promises about conversations and messages, over plain arrays: no numbers are stored that can be counted.
 * Whatever is refused is refused before anything is changed.
 */
export class Oracle {
  conversations: OConversation[] = [];
  #now = 0;

  constructor(readonly users: readonly OUser[]) {}

  // Who may see what.

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

  /** What others see of it does not reveal that the conversation was deleted for oneself. */
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

  // Blocks.

  readonly #blocks = new Map<OUser, Set<OUser>>();

  blockedBy(user: OUser): Set<OUser> {
    const those = this.#blocks.get(user) ?? new Set();
    this.#blocks.set(user, those);
    return those;
  }

  #isApart(one: OUser, other: OUser): boolean {
    return this.blockedBy(one).has(other) || this.blockedBy(other).has(one);
  }

  /** Those who take part and have blocked the user. */
  #blockersOf(user: OUser, { memberships }: OConversation): OUser[] {
    return memberships.map((membership) => membership.user).filter((one) => this.blockedBy(one).has(user));
  }

  hasBlockedOther(user: OUser, { type, memberships }: OConversation): boolean {
    return type === "direct" && memberships.some((membership) => this.blockedBy(user).has(membership.user));
  }

  block(by: OUser, other: OUser): void {
    if (by === other) refuse("cannot_block_self");
    const wasApart = this.#isApart(by, other);
    this.blockedBy(by).add(other);
    if (!wasApart) for (const conversation of this.conversations) this.#part(conversation, by, other);
  }

  unblock(by: OUser, other: OUser): void {
    this.blockedBy(by).delete(other);
  }

  /** From now on each is shown no more of the other's reading than now. */
  #part(conversation: OConversation, one: OUser, other: OUser): void {
    const [membership, across] = [this.membershipOf(one, conversation), this.membershipOf(other, conversation)];
    if (membership === undefined || across === undefined) return;
    membership.shownRead.set(other, membership.read);
    across.shownRead.set(one, across.read);
  }

  /** How far the viewer is shown that somebody has read: whoever writes has read. */
  shownRead(viewer: OUser, conversation: OConversation, membership: Membership): number {
    if (!this.#isApart(viewer, membership.user)) return membership.read;
    const said = conversation.messages.filter(
      (message) =>
        message.sender === membership.user &&
        message.system === null &&
        !(conversation.type === "direct" && message.blockedBy.includes(viewer)),
    );
    return Math.max(membership.shownRead.get(viewer) ?? 0, ...said.map(({ seq }) => seq));
  }

  /** What nobody can come back to need not be looked for for ever. */
  forgetGone(): void {
    this.conversations = this.conversations.filter(
      ({ isDeleted, memberships }) => !isDeleted && memberships.length > 0,
    );
  }

  // Conversations.

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
    const membership = this.#membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (membership.role === "member") refuse("forbidden");
    if (conversation.name === name) return;
    conversation.name = name;
    this.#record(by, conversation, { kind: "conversation_renamed", user_ids: [], name });
  }

  deleteConversation(by: OUser, conversation: OConversation, scope: "for_me" | "for_everyone"): void {
    const membership = this.#membership(by, conversation);
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
    const membership = this.#membership(by, conversation);
    if (seq > conversation.messages.length) refuse("seq_out_of_range");
    if (seq > this.ownRead(by, conversation)) membership.read = seq;
  }

  setMuted(by: OUser, conversation: OConversation, isMuted: boolean): void {
    this.#membership(by, conversation).isMuted = isMuted;
  }

  setArchived(by: OUser, conversation: OConversation, isArchived: boolean): void {
    this.#membership(by, conversation).isArchived = isArchived;
  }

  // Participants.

  add(
    by: OUser,
    conversation: OConversation,
    users: readonly OUser[],
    history: "all" | "from_join",
  ): { added: OUser[]; skipped: OUser[] } {
    const membership = this.#membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (membership.role === "member") refuse("forbidden");
    const absent = users.filter((user) => this.membershipOf(user, conversation) === undefined);
    const skipped = absent.filter((user) => this.blockedBy(user).has(by));
    const added = absent.filter((user) => !skipped.includes(user));
    if (added.length === 0) return { added, skipped };
    const last = conversation.messages.length;
    for (const user of added) {
      this.#sit(conversation, user, "member", { from: history === "all" ? 0 : last, read: last });
    }
    for (const one of added) for (const other of conversation.memberships) this.#part(conversation, one, other.user);
    this.#record(by, conversation, { kind: "participants_added", user_ids: added.map(({ id }) => id), name: null });
    return { added, skipped };
  }

  remove(by: OUser, conversation: OConversation, user: OUser): void {
    const membership = this.#membership(by, conversation);
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
    const membership = this.#membership(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (membership.role !== "owner") refuse("forbidden");
    const target = this.membershipOf(user, conversation) ?? refuse("participant_not_found");
    // There is always an owner: ownership is handed over, not given up.
    if (target === membership && role !== "owner") refuse("forbidden");
    if (role === "owner") membership.role = "admin";
    target.role = role;
  }

  // Messages.

  send(by: OUser, conversation: OConversation, text: string, replyTo: OMessage | null): OMessage {
    this.#membership(by, conversation);
    if (this.hasBlockedOther(by, conversation)) refuse("you_blocked_user");
    if (replyTo !== null) {
      if (replyTo.conversation !== conversation || !this.sees(by, replyTo)) refuse("invalid_reply");
      if (replyTo.isDeleted) refuse("replied_message_deleted");
    }
    return this.#say(by, conversation, { text, replyTo });
  }

  edit(by: OUser, message: OMessage, text: string, isExpected: boolean): void {
    this.#seen(by, message);
    const isOwn = message.sender === by && message.system === null;
    if (!isOwn || (message.origin !== null && !message.isDeleted)) refuse("forbidden");
    if (message.isDeleted) refuse("message_deleted");
    if (!isExpected) refuse("version_conflict");
    if (message.text === text) return;
    if (message.conversation.type === "direct") {
      for (const user of this.#blockersOf(by, message.conversation)) {
        if (this.sees(user, message)) message.hiddenFor.add(user);
      }
    }
    message.earlier.unshift(message.text as string);
    message.text = text;
    message.isEdited = true;
    message.changes += 1;
  }

  deleteMessage(by: OUser, message: OMessage, scope: "for_me" | "for_everyone"): void {
    const membership = this.membershipOf(by, message.conversation);
    // What they have deleted for themselves may be deleted so again, for as long as they take part.
    if (scope === "for_me" && membership !== undefined && message.hiddenFor.has(by)) return;
    this.#seen(by, message);
    if (scope === "for_me") return void message.hiddenFor.add(by);
    const mayAny = message.conversation.type === "group" && membership?.role !== "member";
    if (message.system !== null || (message.sender !== by && !mayAny)) refuse("forbidden");
    if (message.isDeleted) return;
    Object.assign(message, { isDeleted: true, text: null, earlier: [], replyTo: null, origin: null, reactions: [] });
    message.changes += 1;
  }

  react(by: OUser, message: OMessage, emoji: string, action: "toggle" | "add" | "remove"): boolean {
    this.#seen(by, message);
    if (message.isDeleted) refuse("message_deleted");
    if (this.hasBlockedOther(by, message.conversation)) refuse("you_blocked_user");
    const others = message.reactions.filter((one) => one.user !== by || one.emoji !== emoji);
    const had = others.length < message.reactions.length;
    const has = action === "toggle" ? !had : action === "add";
    if (has === had) return has;
    const isDirect = message.conversation.type === "direct";
    const withheldFrom = isDirect ? this.#blockersOf(by, message.conversation)[0] : undefined;
    message.reactions = has ? [...others, { emoji, user: by, withheldFrom }] : others;
    message.changes += 1;
    return has;
  }

  /** For each target the copies, or why it cannot be written to. */
  forward(by: OUser, sources: readonly OMessage[], targets: readonly OConversation[]): (OMessage[] | ErrorCode)[] {
    for (const source of sources) {
      this.#seen(by, source);
      if (source.isDeleted) refuse("message_deleted");
      if (source.system !== null) refuse("validation_failed");
    }
    const copied = sources.map((source) => ({ text: source.text, origin: source.origin ?? source }));
    return targets.map((target) => {
      if (this.membershipOf(by, target) === undefined) return "conversation_not_found";
      if (this.hasBlockedOther(by, target)) return "you_blocked_user";
      return copied.map((copy) => this.#say(by, target, copy));
    });
  }

  // What they are made of.

  #membership(user: OUser, conversation: OConversation): Membership {
    return this.membershipOf(user, conversation) ?? refuse("conversation_not_found");
  }

  #seen(user: OUser, message: OMessage): void {
    if (!this.sees(user, message)) refuse("message_not_found");
  }

  #create(type: OConversation["type"], name: string | null, users: readonly OUser[], first: Role): OConversation {
    const activity = this.#now;
    const made: OConversation = { id: "", type, name, memberships: [], messages: [], isDeleted: false, activity };
    for (const user of users) this.#sit(made, user, user === users[0] ? first : "member", { from: 0, read: 0 });
    this.conversations.push(made);
    return made;
  }

  #sit(conversation: OConversation, user: OUser, role: Role, window: Pick<Membership, "from" | "read">): void {
    const fresh = { isMuted: false, isArchived: false, isHidden: false, joined: this.#now, known: null };
    conversation.memberships.push({ user, role, ...window, ...fresh, shownRead: new Map() });
  }

  /** Everybody who deleted the conversation for themselves has it again; the sender has read what they say. */
  #say(sender: OUser, conversation: OConversation, said: Partial<OMessage>): OMessage {
    const before = conversation.activity;
    const blockedBy = this.#blockersOf(sender, conversation);
    const message = this.#append(sender, conversation, { ...said, blockedBy });
    for (const membership of conversation.memberships) {
      const isKept = conversation.type === "direct" && blockedBy.includes(membership.user);
      membership.known = isKept ? (membership.known ?? before) : null;
      if (!isKept) membership.isHidden = false;
      if (membership.user === sender) membership.read = message.seq;
    }
    return message;
  }

  #record(actor: OUser, conversation: OConversation, system: NonNullable<Message["system"]>): void {
    this.#append(actor, conversation, { system });
  }

  #append(sender: OUser, conversation: OConversation, said: Partial<OMessage>): OMessage {
    this.#now += 1;
    conversation.activity = this.#now;
    const message = newMessage(sender, conversation, said);
    conversation.messages.push(message);
    return message;
  }
}
