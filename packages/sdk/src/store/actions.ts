import type { Vero } from "../vero.js";
import type { Core, Given } from "./core.js";
import { storedAt } from "./messages.js";
import type { Optimistic } from "./optimism.js";
import type { OwnState } from "./state.js";
import type { MessageKey } from "./types.js";
import { readSeqOf } from "./views.js";

/** The least time between two signs that one is typing, in milliseconds: others show each for six seconds. */
const typingEveryMs = 3000;

export interface ActionsOptions {
  core: Core;
  vero: Vero;
}

/** Does what a user asks for: shows it at once, calls the service, and shows what was before where that refuses. */
export class Actions {
  readonly #options: ActionsOptions;
  /** The last call under each key: the next one of the same key waits for it, so that they arrive in their order. */
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #typed = new Map<string, number>();

  constructor(options: ActionsOptions) {
    this.#options = options;
  }

  async #do(key: string, change: Optimistic | undefined, call: () => Promise<Given>): Promise<void> {
    const { core } = this.#options;
    const userId = core.state.user_id;
    const undo = change === undefined ? undefined : core.show(change);
    const before = this.#last.get(key) ?? Promise.resolve();
    const answered = before.then(async () => {
      const stamp = core.stamp();
      const given = await call();
      if (core.state.user_id === userId) core.dispatch(given, stamp);
    });
    const settled = answered.catch(() => {});
    this.#last.set(key, settled);
    try {
      await answered;
    } finally {
      undo?.();
      if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }

  edit({ id: message_id, conversation_id: id, seq }: MessageKey, text: string): Promise<void> {
    const change: Optimistic = { type: "edit", id, message_id, seq, text, at: new Date().toISOString() };
    return this.#do(message_id, change, async () => ({
      type: "messages",
      items: [await this.#options.vero.messages.edit({ id: message_id, text })],
    }));
  }

  remove({ id: message_id, conversation_id: id, seq }: MessageKey, scope: "for_me" | "for_everyone"): Promise<void> {
    const { messages } = this.#options.vero;
    const change: Optimistic = { type: "delete", id, message_id, seq, scope, at: new Date().toISOString() };
    return this.#do(message_id, change, async () => {
      await messages.delete({ id: message_id, scope });
      if (scope === "for_me") return { type: "hidden", id, message_id, seq };
      return { type: "messages", items: [await messages.get({ id: message_id })] };
    });
  }

  react(message: MessageKey, emoji: string, action: "add" | "remove" | "toggle"): Promise<void> {
    const { core, vero } = this.#options;
    const { id: message_id, conversation_id: id, seq } = message;
    const held = core.held(id);
    const shown = held === undefined ? undefined : storedAt(held, seq)?.message;
    const hasReacted = shown?.reactions.some((one) => one.emoji === emoji && one.reacted) === true;
    const isAdded = action === "toggle" ? !hasReacted : action === "add";
    return this.#do(message_id, { type: "react", id, message_id, seq, emoji, isAdded }, async () => {
      const wanted = isAdded ? "add" : "remove";
      const { change_seq, reactions } = await vero.messages.react({ id: message_id, emoji, action: wanted });
      return { type: "reactions", id, seq, change_seq, reactions };
    });
  }

  async markRead(id: string, given?: number): Promise<void> {
    const { core, vero } = this.#options;
    const held = core.held(id);
    const seq = given ?? held?.last_seq;
    if (held === undefined || seq === undefined || readSeqOf(core.state.user_id, held) >= seq) return;
    await this.#do(`read ${id}`, { type: "read", id, seq }, async () => {
      const { last_read_seq } = await vero.conversations.markRead({ id, seq });
      return { type: "read", id, seq: last_read_seq };
    });
  }

  #setOwn(id: string, own: Partial<OwnState>, call: () => Promise<void>): Promise<void> {
    const change = { type: "own", id, own } as const;
    return this.#do(`${Object.keys(own)} ${id}`, change, async () => {
      await call();
      return change;
    });
  }

  mute(id: string, until: string | undefined): Promise<void> {
    const { conversations } = this.#options.vero;
    return this.#setOwn(id, { is_muted: true, muted_until: until ?? null }, () => conversations.mute({ id, until }));
  }

  unmute(id: string): Promise<void> {
    const { conversations } = this.#options.vero;
    return this.#setOwn(id, { is_muted: false, muted_until: null }, () => conversations.unmute({ id }));
  }

  setArchived(id: string, isArchived: boolean): Promise<void> {
    const { conversations } = this.#options.vero;
    const archived_at = isArchived ? new Date().toISOString() : null;
    return this.#setOwn(id, { archived_at }, () => conversations[isArchived ? "archive" : "unarchive"]({ id }));
  }

  setBlocked(user_id: string, isBlocked: boolean): Promise<void> {
    const { users } = this.#options.vero;
    const since = isBlocked ? new Date().toISOString() : null;
    return this.#do(`block ${user_id}`, undefined, async () => {
      await (isBlocked ? users.block({ id: user_id }) : users.unblock({ id: user_id }));
      return { type: "block", user_id, since };
    });
  }

  /** Says that the user is typing, not more often than others need it. A sign that is lost does no harm. */
  setTyping(id: string, isTyping: boolean): void {
    const last = this.#typed.get(id);
    const now = Date.now();
    if (isTyping ? last !== undefined && now - last < typingEveryMs : last === undefined) return;
    if (isTyping) this.#typed.set(id, now);
    else this.#typed.delete(id);
    this.#options.vero.conversations.setTyping({ id, is_typing: isTyping }, { retries: 0 }).catch(() => {});
  }
}
