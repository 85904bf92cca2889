import type { Given } from "./core.js";
import { storedAt } from "./messages.js";
import type { Optimistic } from "./optimism.js";
import { readSeqOf } from "./reads.js";
import { Selectors } from "./selectors.js";
import type { OwnState } from "./state.js";
import type { StoreActions } from "./store.interface.js";
import type { MessageKey } from "./types.js";

/** The least time between two signs that one is typing, in milliseconds: others show each for six seconds. */
const typingEveryMs = 3000;

/** Does what a user asks for: shows it at once, calls the service, and shows what was before where that refuses. */
export class Actions extends Selectors implements StoreActions {
  /** The last call under each key: the next one of the same key waits for it, so that they arrive in their order. */
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #typed = new Map<string, number>();

  async #do(key: string, change: Optimistic | undefined, call: () => Promise<Given>): Promise<void> {
    const { core } = this.parts;
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
      items: [await this.parts.vero.messages.edit({ id: message_id, text })],
    }));
  }

  remove({ id: message_id, conversation_id: id, seq }: MessageKey, scope: "for_me" | "for_everyone"): Promise<void> {
    const { messages } = this.parts.vero;
    const change: Optimistic = { type: "delete", id, message_id, seq, scope, at: new Date().toISOString() };
    return this.#do(message_id, change, async () => {
      await messages.delete({ id: message_id, scope });
      if (scope === "for_me") return { type: "hidden", id, message_id, seq };
      return { type: "messages", items: [await messages.get({ id: message_id })] };
    });
  }

  react(message: MessageKey, emoji: string, action: "add" | "remove" | "toggle" = "toggle"): Promise<void> {
    const { core, vero } = this.parts;
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
    const { core, vero } = this.parts;
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

  mute(id: string, until?: string): Promise<void> {
    const { conversations } = this.parts.vero;
    return this.#setOwn(id, { is_muted: true, muted_until: until ?? null }, () => conversations.mute({ id, until }));
  }

  unmute(id: string): Promise<void> {
    const { conversations } = this.parts.vero;
    return this.#setOwn(id, { is_muted: false, muted_until: null }, () => conversations.unmute({ id }));
  }

  archive(id: string): Promise<void> {
    return this.#setArchived(id, true);
  }

  unarchive(id: string): Promise<void> {
    return this.#setArchived(id, false);
  }

  #setArchived(id: string, isArchived: boolean): Promise<void> {
    const { conversations } = this.parts.vero;
    const archived_at = isArchived ? new Date().toISOString() : null;
    return this.#setOwn(id, { archived_at }, () => conversations[isArchived ? "archive" : "unarchive"]({ id }));
  }

  block(userId: string): Promise<void> {
    return this.#setBlocked(userId, true);
  }

  unblock(userId: string): Promise<void> {
    return this.#setBlocked(userId, false);
  }

  #setBlocked(user_id: string, isBlocked: boolean): Promise<void> {
    const { users } = this.parts.vero;
    const since = isBlocked ? new Date().toISOString() : null;
    return this.#do(`block ${user_id}`, undefined, async () => {
      await users[isBlocked ? "block" : "unblock"]({ id: user_id });
      return { type: "block", user_id, since };
    });
  }

  /** Says that the user is typing, not more often than others need it. A sign that is lost does no harm. */
  setTyping(id: string, isTyping = true): void {
    const last = this.#typed.get(id);
    const now = Date.now();
    if (isTyping ? last !== undefined && now - last < typingEveryMs : last === undefined) return;
    if (isTyping) this.#typed.set(id, now);
    else this.#typed.delete(id);
    this.parts.vero.conversations.setTyping({ id, is_typing: isTyping }, { retries: 0 }).catch(() => {});
  }
}
