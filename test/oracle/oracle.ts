import type { Message } from "@vero/contracts";
import { newMessage, type OConversation, type OMessage, type OUser, type Role, refuse, type Seat } from "./state.js";

/**
 * What the API promises about conversations and messages, over plain arrays: no numbers are stored that can be counted.
 * Whatever is refused is refused before anything is changed.
 */
export class Oracle {
  conversations: OConversation[] = [];
  #now = 0;

  constructor(readonly users: readonly OUser[]) {}

  // Who may see what.

  seatOf(user: OUser, conversation: OConversation): Seat | undefined {
    return conversation.isDeleted ? undefined : conversation.seats.find((seat) => seat.user === user);
  }

  sees(user: OUser, message: OMessage): boolean {
    const seat = this.seatOf(user, message.conversation);
    return seat !== undefined && message.seq > seat.from && !message.hiddenFor.has(user);
  }

  listed(user: OUser): OConversation[] {
    return this.conversations
      .filter((conversation) => this.seatOf(user, conversation)?.isHidden === false)
      .sort((a, b) => b.activity - a.activity);
  }

  visible(user: OUser, conversation: OConversation): OMessage[] {
    return conversation.messages.filter((message) => this.sees(user, message));
  }

  /** What others see of it does not tell that the conversation was deleted for oneself. */
  ownRead(user: OUser, conversation: OConversation): number {
    const seat = this.seatOf(user, conversation);
    return seat === undefined ? 0 : Math.max(seat.read, seat.from);
  }

  unread(user: OUser, conversation: OConversation): number {
    const read = this.ownRead(user, conversation);
    return this.visible(user, conversation).filter(
      (message) => message.seq > read && message.sender !== user && message.system === null && !message.isDeleted,
    ).length;
  }

  /** What nobody can come back to need not be looked for for ever. */
  forgetGone(): void {
    this.conversations = this.conversations.filter(({ isDeleted, seats }) => !isDeleted && seats.length > 0);
  }

  // Conversations.

  createDirect(by: OUser, other: OUser): OConversation {
    this.#now += 1;
    const existing = this.conversations.find(
      ({ type, isDeleted, seats }) =>
        type === "direct" && !isDeleted && seats.every(({ user }) => user === by || user === other),
    );
    return existing ?? this.#create("direct", null, [by, other], "member");
  }

  createGroup(by: OUser, name: string, others: readonly OUser[]): OConversation {
    this.#now += 1;
    return this.#create("group", name, [by, ...others], "owner");
  }

  rename(by: OUser, conversation: OConversation, name: string): void {
    const seat = this.#seat(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (seat.role === "member") refuse("forbidden");
    if (conversation.name === name) return;
    conversation.name = name;
    this.#record(by, conversation, { kind: "conversation_renamed", user_ids: [], name });
  }

  deleteConversation(by: OUser, conversation: OConversation, scope: "for_me" | "for_everyone"): void {
    const seat = this.#seat(by, conversation);
    if (scope === "for_me") {
      // Again: nothing to delete that could be seen in a list.
      if (seat.isHidden) return;
      seat.from = conversation.messages.length;
      seat.isArchived = false;
      seat.isHidden = true;
      return;
    }
    if (conversation.type === "group" && seat.role !== "owner" && !by.isAdministrator) refuse("forbidden");
    conversation.isDeleted = true;
  }

  markRead(by: OUser, conversation: OConversation, seq: number): void {
    const seat = this.#seat(by, conversation);
    if (seq > conversation.messages.length) refuse("seq_out_of_range");
    if (seq > this.ownRead(by, conversation)) seat.read = seq;
  }

  setMuted(by: OUser, conversation: OConversation, isMuted: boolean): void {
    this.#seat(by, conversation).isMuted = isMuted;
  }

  setArchived(by: OUser, conversation: OConversation, isArchived: boolean): void {
    this.#seat(by, conversation).isArchived = isArchived;
  }

  // Participants.

  add(by: OUser, conversation: OConversation, users: readonly OUser[], history: "all" | "from_join"): OUser[] {
    const seat = this.#seat(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (seat.role === "member") refuse("forbidden");
    const added = users.filter((user) => this.seatOf(user, conversation) === undefined);
    if (added.length === 0) return added;
    const last = conversation.messages.length;
    for (const user of added) {
      this.#sit(conversation, user, "member", { from: history === "all" ? 0 : last, read: last });
    }
    this.#record(by, conversation, { kind: "participants_added", user_ids: added.map(({ id }) => id), name: null });
    return added;
  }

  remove(by: OUser, conversation: OConversation, user: OUser): void {
    const seat = this.#seat(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    const target = this.seatOf(user, conversation);
    const ranks: Role[] = ["member", "admin", "owner"];
    if (by !== user && ranks.indexOf(seat.role) <= ranks.indexOf(target?.role ?? "member")) refuse("forbidden");
    if (target === undefined) return;
    conversation.seats = conversation.seats.filter((one) => one !== target);
    const heirs = [...conversation.seats].sort((a, b) => a.joined - b.joined || (a.user.id < b.user.id ? -1 : 1));
    const heir = heirs.find(({ role }) => role === "admin") ?? heirs[0];
    if (target.role === "owner" && heir !== undefined) heir.role = "owner";
    const kind = by === user ? "participant_left" : "participant_removed";
    this.#record(by, conversation, { kind, user_ids: [user.id], name: null });
  }

  setRole(by: OUser, conversation: OConversation, user: OUser, role: Role): void {
    const seat = this.#seat(by, conversation);
    if (conversation.type === "direct") refuse("direct_conversation_immutable");
    if (seat.role !== "owner") refuse("forbidden");
    const target = this.seatOf(user, conversation) ?? refuse("participant_not_found");
    // There is always an owner: ownership is handed over, not given up.
    if (target === seat && role !== "owner") refuse("forbidden");
    if (role === "owner") seat.role = "admin";
    target.role = role;
  }

  // Messages.

  send(by: OUser, conversation: OConversation, text: string, replyTo: OMessage | null): OMessage {
    this.#seat(by, conversation);
    const isGood =
      replyTo === null || (replyTo.conversation === conversation && this.sees(by, replyTo) && !replyTo.isDeleted);
    if (!isGood) refuse("invalid_reply");
    return this.#say(by, conversation, { text, replyTo });
  }

  edit(by: OUser, message: OMessage, text: string, isExpected: boolean): void {
    this.#seen(by, message);
    const isOwn = message.sender === by && message.system === null;
    if (!isOwn || (message.origin !== null && !message.isDeleted)) refuse("forbidden");
    if (message.isDeleted) refuse("message_deleted");
    if (!isExpected) refuse("version_conflict");
    if (message.text === text) return;
    message.earlier.unshift(message.text as string);
    message.text = text;
    message.isEdited = true;
    message.changes += 1;
  }

  deleteMessage(by: OUser, message: OMessage, scope: "for_me" | "for_everyone"): void {
    const seat = this.seatOf(by, message.conversation);
    // What they have deleted for themselves may be deleted so again, for as long as they take part.
    if (scope === "for_me" && seat !== undefined && message.hiddenFor.has(by)) return;
    this.#seen(by, message);
    if (scope === "for_me") return void message.hiddenFor.add(by);
    const mayAny = message.conversation.type === "group" && seat?.role !== "member";
    if (message.system !== null || (message.sender !== by && !mayAny)) refuse("forbidden");
    if (message.isDeleted) return;
    Object.assign(message, { isDeleted: true, text: null, earlier: [], replyTo: null, origin: null, reactions: [] });
    message.changes += 1;
  }

  react(by: OUser, message: OMessage, emoji: string, action: "toggle" | "add" | "remove"): boolean {
    this.#seen(by, message);
    if (message.isDeleted) refuse("message_deleted");
    const others = message.reactions.filter((one) => one.user !== by || one.emoji !== emoji);
    const had = others.length < message.reactions.length;
    const has = action === "toggle" ? !had : action === "add";
    if (has === had) return has;
    message.reactions = has ? [...others, { emoji, user: by }] : others;
    message.changes += 1;
    return has;
  }

  /** For each target the copies, or nothing where it cannot be written to. */
  forward(by: OUser, sources: readonly OMessage[], targets: readonly OConversation[]): (OMessage[] | undefined)[] {
    for (const source of sources) {
      this.#seen(by, source);
      if (source.isDeleted) refuse("message_deleted");
      if (source.system !== null) refuse("validation_failed");
    }
    const copied = sources.map((source) => ({ text: source.text, origin: source.origin ?? source }));
    return targets.map((target) => this.seatOf(by, target) && copied.map((copy) => this.#say(by, target, copy)));
  }

  // What they are made of.

  #seat(user: OUser, conversation: OConversation): Seat {
    return this.seatOf(user, conversation) ?? refuse("conversation_not_found");
  }

  #seen(user: OUser, message: OMessage): void {
    if (!this.sees(user, message)) refuse("message_not_found");
  }

  #create(type: OConversation["type"], name: string | null, users: readonly OUser[], first: Role): OConversation {
    const activity = this.#now;
    const made: OConversation = { id: "", type, name, seats: [], messages: [], isDeleted: false, activity };
    for (const user of users) this.#sit(made, user, user === users[0] ? first : "member", { from: 0, read: 0 });
    this.conversations.push(made);
    return made;
  }

  #sit(conversation: OConversation, user: OUser, role: Role, window: Pick<Seat, "from" | "read">): void {
    const fresh = { isMuted: false, isArchived: false, isHidden: false, joined: this.#now };
    conversation.seats.push({ user, role, ...window, ...fresh });
  }

  /** Everybody who deleted the conversation for themselves has it again; the sender has read what they say. */
  #say(sender: OUser, conversation: OConversation, said: Partial<OMessage>): OMessage {
    const message = this.#append(sender, conversation, said);
    for (const seat of conversation.seats) {
      seat.isHidden = false;
      if (seat.user === sender) seat.read = message.seq;
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
