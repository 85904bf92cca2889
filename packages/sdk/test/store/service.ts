import type {
  Conversation,
  Message,
  MessageWindow,
  Participant,
  ReadReceipt,
  SyncResult,
  User,
} from "../../src/generated/client.js";
import type { AnyEvent } from "../../src/generated/frames.js";

export const me = "user-me";
export const conversationId = "conversation-1";

const timeOf = (count: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, count)).toISOString();

export const userOf = (id: string): User => ({
  id,
  display_name: id,
  avatar_url: null,
  timezone: null,
  role: "member",
  is_online: false,
  last_seen_at: null,
  created_at: timeOf(0),
});

interface Row {
  message: Message;
  isHidden: boolean;
}
interface Member {
  user: User;
  role: Participant["role"];
  joined_at: string;
  last_read_seq: number;
  receipt_seq: number;
  change_seq: number;
}

/** A part of an event. The numbers that count a connection are of no use here. */
type Given<T> = T extends AnyEvent ? Omit<T, "t" | "s" | "at"> : never;

/** One conversation of the service, as one of its users sees it: each operation changes it and answers the events. */
export class SimulatedService {
  rows: Row[] = [];
  members = new Map<string, Member>();
  formerChange = 0;
  change = 0;
  receipt = 0;
  clock = 0;
  name: string | null = "Engines";
  updatedAt = timeOf(0);
  own = { is_muted: false, muted_until: null as string | null, archived_at: null as string | null };
  sharedChange = 0;
  stateChanges = 0;
  hiddenAt: { at: number; row: Row }[] = [];
  blocked = new Map<string, string>();
  blockedAt: { at: number; id: string }[] = [];
  userChanges: { at: number; id: string }[] = [];

  constructor(others: readonly string[]) {
    for (const id of [me, ...others]) this.#join(id, 0);
  }

  #join(id: string, change_seq: number): Participant {
    const last_read_seq = this.rows.length;
    const user = userOf(id);
    const role = id === me ? "owner" : "member";
    const member: Member = { user, role, joined_at: timeOf(this.clock), last_read_seq, receipt_seq: 0, change_seq };
    this.members.set(id, member);
    return this.#participant(member);
  }

  #participant({ user, role, joined_at, last_read_seq }: Member): Participant {
    return { user, role, joined_at, last_read_seq };
  }

  #event(event: Given<AnyEvent>): AnyEvent {
    return structuredClone({ t: "event", s: 1, at: timeOf(this.clock), ...event }) as AnyEvent;
  }

  get #mine(): Member {
    return this.members.get(me) as Member;
  }

  get unread(): number {
    return this.rows.filter(
      ({ message, isHidden }) =>
        message.seq > this.#mine.last_read_seq &&
        message.sender_id !== me &&
        message.type !== "system" &&
        message.deleted_at === null &&
        !message.from_blocked_user &&
        !isHidden,
    ).length;
  }

  get visible(): Message[] {
    return this.rows.filter(({ isHidden }) => !isHidden).map(({ message }) => this.#view(message));
  }

  #view(message: Message): Message {
    if (message.reply_to === null) return message;
    const quoted = this.rows[message.reply_to.seq - 1] as Row;
    return { ...message, reply_to: quoted.isHidden ? null : { ...message.reply_to, text: quoted.message.text } };
  }

  get conversation(): Conversation {
    const mine = this.#mine;
    return structuredClone({
      id: conversationId,
      type: "group",
      name: this.name,
      description: null,
      avatar_url: null,
      metadata: {},
      created_by: me,
      created_at: timeOf(0),
      updated_at: this.updatedAt,
      last_seq: this.rows.length,
      last_change_seq: this.change,
      last_receipt_seq: this.receipt,
      last_message: this.visible.at(-1) ?? null,
      participant_count: this.members.size,
      participants_preview: [...this.members.values()].slice(0, 5).map(({ user }) => user),
      me: {
        role: mine.role,
        joined_at: mine.joined_at,
        last_read_seq: mine.last_read_seq,
        unread_count: this.unread,
        ...this.own,
        capabilities: ["send"],
      },
    } satisfies Conversation);
  }

  #ownState(): AnyEvent {
    this.stateChanges += 1;
    const { last_read_seq, unread_count } = this.conversation.me;
    const data = {
      last_change_seq: this.change,
      last_read_seq,
      unread_count,
      ...this.own,
      capabilities: ["send" as const],
    };
    return this.#event({ type: "conversation.state_updated", conversation_id: conversationId, data });
  }

  #next(): number {
    this.clock += 1;
    this.change += 1;
    return this.change;
  }

  #changed(
    row: Row,
    change: Partial<Message>,
    type: "message.updated" | "message.deleted" | "message.created",
  ): AnyEvent[] {
    row.message = { ...row.message, ...change, change_seq: this.#next() };
    if (row.isHidden) return [];
    const message = this.#view(row.message);
    const data = type === "message.deleted" ? { message, scope: "for_everyone" as const } : { message };
    return [this.#event({ type, conversation_id: conversationId, change_seq: this.change, data } as Given<AnyEvent>)];
  }

  send(senderId: string, more: Partial<Message> = {}): AnyEvent[] {
    const seq = this.rows.length + 1;
    const message: Message = {
      id: `message-${seq}`,
      conversation_id: conversationId,
      seq,
      change_seq: 0,
      sender_id: senderId,
      client_message_id: null,
      type: "text",
      text: `text ${seq}`,
      attachments: [],
      reply_to: null,
      mentions: [],
      reactions: [],
      forwarded_from: null,
      system: null,
      metadata: {},
      created_at: timeOf(this.clock),
      edited_at: null,
      deleted_at: null,
      from_blocked_user: this.blocked.has(senderId),
      ...more,
    };
    const row = { message, isHidden: false };
    this.rows.push(row);
    const sender = this.members.get(senderId);
    if (sender !== undefined && message.type !== "system") sender.last_read_seq = seq;
    return this.#changed(row, {}, "message.created");
  }

  reply(senderId: string, seq: number): AnyEvent[] {
    const { message, isHidden } = this.rows[seq - 1] as Row;
    if (isHidden || message.deleted_at !== null) return [];
    const reply_to = { message_id: message.id, seq, sender_id: message.sender_id, text: message.text };
    return this.send(senderId, { reply_to });
  }

  edit(seq: number): AnyEvent[] {
    const row = this.rows[seq - 1] as Row;
    if (row.message.deleted_at !== null || row.message.type === "system") return [];
    return this.#changed(row, { text: `edited ${this.clock}`, edited_at: timeOf(this.clock) }, "message.updated");
  }

  deleteForEveryone(seq: number): AnyEvent[] {
    const row = this.rows[seq - 1] as Row;
    if (row.message.deleted_at !== null || row.message.type === "system") return [];
    const change = { text: null, reactions: [], deleted_at: timeOf(this.clock) };
    return this.#changed(row, change, "message.deleted");
  }

  deleteForMe(seq: number): AnyEvent[] {
    const row = this.rows[seq - 1] as Row;
    if (row.isHidden) return [];
    const before = this.unread;
    row.isHidden = true;
    this.hiddenAt.push({ at: this.stateChanges + 1, row });
    this.stateChanges += 1;
    const { message } = row;
    const data = { message: { ...message, text: null }, scope: "for_me" as const };
    const { change_seq } = message;
    const event = this.#event({ type: "message.deleted", conversation_id: conversationId, change_seq, data });
    return this.unread === before ? [event] : [event, this.#ownState()];
  }

  react(userId: string, seq: number, emoji: string): AnyEvent[] {
    const row = this.rows[seq - 1] as Row;
    if (row.message.deleted_at !== null || row.isHidden) return [];
    const { reactions } = row.message;
    const found = reactions.find((one) => one.emoji === emoji);
    const ids = found?.user_ids ?? [];
    const now = ids.includes(userId) ? ids.filter((id) => id !== userId) : [...ids, userId];
    const changed = { emoji, count: now.length, reacted: now.includes(me), user_ids: now };
    const others = reactions.filter((one) => one !== found);
    row.message = {
      ...row.message,
      change_seq: this.#next(),
      reactions: now.length === 0 ? others : [...others, changed],
    };
    const data = { message_id: row.message.id, seq, user_id: userId, reactions: row.message.reactions };
    return [this.#event({ type: "reaction.updated", conversation_id: conversationId, change_seq: this.change, data })];
  }

  read(userId: string, seq: number): AnyEvent[] {
    const member = this.members.get(userId);
    if (member === undefined || seq <= member.last_read_seq) return [];
    member.last_read_seq = seq;
    this.receipt += 1;
    member.receipt_seq = this.receipt;
    const data = { user_id: userId, last_read_seq: seq };
    const event = this.#event({ type: "conversation.read", conversation_id: conversationId, data });
    return userId === me ? [event, this.#ownState()] : [event];
  }

  mute(is_muted: boolean): AnyEvent[] {
    this.own = { ...this.own, is_muted };
    return [this.#ownState()];
  }

  archive(isArchived: boolean): AnyEvent[] {
    this.clock += 1;
    this.own = { ...this.own, archived_at: isArchived ? timeOf(this.clock) : null };
    return [this.#ownState()];
  }

  #updated(): AnyEvent {
    const change_seq = this.#next();
    this.sharedChange = change_seq;
    const data = { conversation: this.conversation };
    return this.#event({ type: "conversation.updated", conversation_id: conversationId, change_seq, data });
  }

  #system(kind: "participants_added" | "participant_left" | "conversation_renamed", ids: string[]): AnyEvent[] {
    return this.send(me, { type: "system", text: null, system: { kind, user_ids: ids, name: this.name } });
  }

  rename(): AnyEvent[] {
    this.name = `name ${this.clock}`;
    this.updatedAt = timeOf(this.clock);
    return [...this.#system("conversation_renamed", []), this.#updated()];
  }

  addMember(id: string): AnyEvent[] {
    if (this.members.has(id)) return [];
    const change_seq = this.#next();
    const data = { participants: [this.#join(id, change_seq)] };
    const event = this.#event({ type: "participant.added", conversation_id: conversationId, change_seq, data });
    return [event, ...this.#system("participants_added", [id]), this.#updated()];
  }

  removeMember(id: string): AnyEvent[] {
    if (id === me || !this.members.delete(id)) return [];
    const change_seq = this.#next();
    this.formerChange = change_seq;
    const data = { user_id: id, reason: "left" as const };
    const event = this.#event({ type: "participant.removed", conversation_id: conversationId, change_seq, data });
    return [event, ...this.#system("participant_left", [id]), this.#updated()];
  }

  setRole(id: string, role: Participant["role"]): AnyEvent[] {
    const member = this.members.get(id);
    if (member === undefined || member.role === role || id === me) return [];
    member.role = role;
    member.change_seq = this.#next();
    const data = { participant: this.#participant(member) };
    return [
      this.#event({
        type: "participant.updated",
        conversation_id: conversationId,
        change_seq: this.change,
        data,
      }),
    ];
  }

  renameUser(id: string): AnyEvent[] {
    const member = this.members.get(id);
    if (member === undefined) return [];
    this.clock += 1;
    member.user = { ...member.user, display_name: `${id} ${this.clock}` };
    this.userChanges.push({ at: this.userChanges.length + 1, id });
    return [this.#event({ type: "user.updated", data: { user: member.user } })];
  }

  block(id: string): AnyEvent[] {
    this.clock += 1;
    this.blockedAt.push({ at: this.blockedAt.length + 1, id });
    const created_at = timeOf(this.clock);
    if (this.blocked.delete(id)) return [this.#event({ type: "block.removed", data: { user_id: id } })];
    this.blocked.set(id, created_at);
    const data = { block: { user: this.members.get(id)?.user ?? userOf(id), created_at } };
    return [this.#event({ type: "block.created", data })];
  }

  participants(): Participant[] {
    return structuredClone([...this.members.values()].map((member) => this.#participant(member)));
  }

  page(question: { before_seq?: number; after_seq?: number; around_seq?: number; limit: number }): MessageWindow {
    const all = this.visible;
    const { before_seq: before, after_seq: after, around_seq: around, limit } = question;
    let items: Message[];
    if (after !== undefined) items = all.filter(({ seq }) => seq > after).slice(0, limit);
    else if (around !== undefined) {
      const place = all.findIndex(({ seq }) => seq >= around);
      const start = Math.max(0, (place < 0 ? all.length : place) - Math.floor(limit / 2));
      items = all.slice(start, start + limit);
    } else items = all.filter(({ seq }) => before === undefined || seq < before).slice(-limit);
    const first = items[0]?.seq ?? before ?? (after === undefined ? all.length + 1 : after + 1);
    const last = items.at(-1)?.seq ?? after ?? (before === undefined ? 0 : before - 1);
    return structuredClone({
      items,
      has_more_before: all.some(({ seq }) => seq < first),
      has_more_after: all.some(({ seq }) => seq > last),
      last_seq: this.rows.length,
      last_change_seq: this.change,
    });
  }

  /** Answers all that has changed since the positions. */
  sync(since: { change: number; receipt: number; state: number; users: number; blocks: number }): SyncResult {
    const messages = this.visible.filter(({ change_seq }) => change_seq > since.change);
    messages.sort((a, b) => a.change_seq - b.change_seq);
    const members = [...this.members.values()];
    const receipts: ReadReceipt[] = members
      .filter(({ user, receipt_seq }) => user.id !== me && receipt_seq > since.receipt)
      .map(({ user, last_read_seq }) => ({ user_id: user.id, last_read_seq }));
    const isShared = this.change > since.change;
    const areMembers = members.some(({ change_seq }) => change_seq > since.change) || this.formerChange > since.change;
    return structuredClone({
      conversations: [
        {
          conversation_id: conversationId,
          messages,
          next_change_seq: this.change,
          has_more: false,
          last_seq: this.rows.length,
          last_change_seq: this.change,
          reset: false,
          ...(isShared && { conversation: this.conversation }),
          ...(areMembers && { participants: this.participants() }),
          receipts,
          next_receipt_seq: this.receipt,
        },
      ],
      added: [],
      updated: this.stateChanges > since.state ? [this.conversation] : [],
      removed: [],
      hidden: this.hiddenAt
        .filter(({ at }) => at > since.state)
        .map(({ row: { message } }) => ({
          conversation_id: conversationId,
          message_id: message.id,
          seq: message.seq,
          sender_id: message.type === "system" ? null : message.sender_id,
        })),
      users: this.userChanges.slice(since.users).flatMap(({ id }) => this.members.get(id)?.user ?? []),
      blocked: this.blockedAt.slice(since.blocks).flatMap(({ id }) => {
        const created_at = this.blocked.get(id);
        return created_at === undefined ? [] : [{ user: this.members.get(id)?.user ?? userOf(id), created_at }];
      }),
      unblocked: this.blockedAt.slice(since.blocks).flatMap(({ id }) => (this.blocked.has(id) ? [] : [id])),
      user_cursor: `cursor-${this.stateChanges}`,
      has_more: false,
    } satisfies SyncResult);
  }

  get positions() {
    const { change, receipt, stateChanges: state } = this;
    return { change, receipt, state, users: this.userChanges.length, blocks: this.blockedAt.length };
  }
}
