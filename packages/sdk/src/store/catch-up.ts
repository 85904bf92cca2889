import { isVeroError, type VeroError } from "../errors.js";
import type { SyncPosition } from "../generated/client.js";
import type { AnyEvent } from "../generated/frames.js";
import { backoff } from "../retry.js";
import type { Vero } from "../vero.js";
import type { Core } from "./core.js";
import { listAll, walk } from "./pages.js";

/** The most conversations that one call of sync takes, and items that a page of a list has. */
const most = 100;
/** Waits between attempts, in milliseconds. */
const waits = { minDelayMs: 500, maxDelayMs: 30_000 };
/** Events that wait for the end of catching up; beyond them it is cheaper to catch up again. */
const maxWaiting = 2000;
/** Pages of the directory that are read to know who is online again. */
const maxPresencePages = 5;

export interface CatchUpOptions {
  core: Core;
  vero: Vero;
  maxConversations: number;
  /** Called when the state is that of the service. */
  onDone(): void;
  /** Answers whether it may go on: the same user is signed in. */
  isCurrent(): boolean;
}

/**
 * Brings the state up to date, and keeps it so: first the answers of sync, then the events that arrived meanwhile, so that no
 * change is overlooked between the two.
 */
export class CatchUp {
  readonly #options: CatchUpOptions;
  #isWanted = false;
  #isRunning = false;
  #isClosed = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waiting: { event: AnyEvent; stamp: number; now: number }[] = [];
  /** True once all conversations are held, or as many as may be. */
  isListed = false;
  isComplete = false;
  /** True when presence may be of an earlier time. */
  #isPresenceOld = false;
  error: VeroError | undefined;
  /** Conversations that are to be fetched with the next attempt. */
  readonly #unknown = new Set<string>();

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#isRunning || this.#isWanted;
  }

  /** Begins to catch up, now or once more after the attempt that is under way: something may have been missed. */
  want({ presence = false } = {}): void {
    this.#isWanted = true;
    this.#isPresenceOld ||= presence;
    if (this.#isRunning || this.#isClosed) return;
    clearTimeout(this.#timer);
    void this.#run();
  }

  /** Applies an event, or keeps it until what came before it is known. */
  take(event: AnyEvent): void {
    const { core } = this.#options;
    const given = { event, stamp: core.stamp(), now: Date.now() };
    const isEphemeral = event.type === "typing" || event.type === "presence.changed";
    if (!this.isRunning || isEphemeral) return this.#apply(given);
    if (this.#waiting.push(given) <= maxWaiting) return;
    this.#waiting = [];
    this.#isWanted = true;
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
  }

  #apply({ event, stamp, now }: { event: AnyEvent; stamp: number; now: number }): void {
    const { core } = this.#options;
    core.dispatch({ type: "event", event, now }, stamp);
    if (event.type !== "message.created") return;
    const { conversation_id: id } = event;
    const { conversations, gone } = core.state;
    if (!conversations.has(id) && !gone.has(id)) this.fetch(id);
  }

  /** Fetches a conversation that is not held, or not known well enough. */
  fetch(id: string): void {
    this.#unknown.add(id);
    this.want();
  }

  async #run(): Promise<void> {
    const { core, onDone, isCurrent } = this.#options;
    this.#isRunning = true;
    core.changed();
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      try {
        await this.#once();
        this.error = undefined;
        this.#failures = 0;
      } catch (error) {
        if (!isVeroError(error)) throw error;
        this.error = error;
        this.#isWanted = true;
        break;
      }
    }
    this.#isRunning = false;
    if (this.#isClosed || !isCurrent()) return;
    if (this.#isWanted) this.#later();
    else {
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const one of waiting) this.#apply(one);
      onDone();
    }
    core.changed();
  }

  #later(): void {
    const asked = (this.error?.retryAfter ?? 0) * 1000;
    const delay = Math.max(asked, backoff(this.#failures, waits));
    this.#failures += 1;
    this.#timer = setTimeout(() => this.want(), delay);
  }

  async #once(): Promise<void> {
    const { core } = this.#options;
    if (core.state.cursor.value === undefined) {
      // Before everything else: what changes from now on is in the next answer.
      await this.#sync([]);
      await this.#listBlocks();
    }
    // Before sync, which brings what happens in them meanwhile.
    await this.#fetchUnknown();
    if (this.isListed) await this.#syncAll();
    else {
      // What is held already is shown as it is now before the rest is fetched.
      if (core.state.conversations.size > 0) await this.#syncAll();
      await this.#list();
      await this.#syncAll();
      this.isListed = true;
    }
    if (this.#isPresenceOld) await this.#listPresence();
  }

  async #fetchUnknown(): Promise<void> {
    const { core, vero } = this.#options;
    for (const id of this.#unknown) {
      const stamp = core.stamp();
      try {
        core.dispatch({ type: "conversations", items: [await vero.conversations.get({ id })] }, stamp);
      } catch (error) {
        if (!isVeroError(error, "conversation_not_found")) throw error;
        core.dispatch({ type: "removed", id }, stamp);
      }
      this.#unknown.delete(id);
    }
  }

  async #list(): Promise<void> {
    const { core, vero, maxConversations } = this.#options;
    let stamp = core.stamp();
    let count = 0;
    const list = (cursor: string | undefined) => {
      stamp = core.stamp();
      return vero.conversations.list({ filter: "all", limit: most, cursor });
    };
    this.isComplete = await walk(list, (items) => {
      core.dispatch({ type: "conversations", items }, stamp);
      count += items.length;
      return count < maxConversations && !this.#isClosed;
    });
  }

  async #listBlocks(): Promise<void> {
    const { core, vero } = this.#options;
    const stamp = core.stamp();
    const items = await listAll((cursor) => vero.users.listBlocks({ limit: most, cursor }));
    core.dispatch({ type: "blocks", items }, stamp);
  }

  async #listPresence(): Promise<void> {
    const { core, vero } = this.#options;
    let pages = 0;
    let stamp = core.stamp();
    const list = (cursor: string | undefined) => {
      stamp = core.stamp();
      return vero.users.list({ limit: most, cursor });
    };
    await walk(list, (items) => {
      core.dispatch({ type: "users", items }, stamp);
      pages += 1;
      return pages < maxPresencePages;
    });
    this.#isPresenceOld = false;
  }

  async #syncAll(): Promise<void> {
    const { core } = this.#options;
    const ids = [...core.state.conversations.keys()];
    for (let at = 0; at === 0 || at < ids.length; at += most) {
      let rest: readonly string[] = ids.slice(at, at + most);
      let hasMore = true;
      while (hasMore && !this.#isClosed) ({ rest, hasMore } = await this.#sync(rest));
    }
  }

  async #sync(ids: readonly string[]): Promise<{ rest: string[]; hasMore: boolean }> {
    const { core, vero } = this.#options;
    const stamp = core.stamp();
    const { conversations: all, cursor } = core.state;
    const conversations: SyncPosition[] = ids.flatMap((id) => {
      const held = all.get(id);
      if (held === undefined) return [];
      const { last_seq, change_seq: last_change_seq, receipt_seq: last_receipt_seq } = held;
      return [
        { conversation_id: id, last_seq: Math.min(last_seq, last_change_seq), last_change_seq, last_receipt_seq },
      ];
    });
    const answer = await vero.messages.sync({ conversations, user_cursor: cursor.value });
    if (this.#isClosed) return { rest: [], hasMore: false };
    core.dispatch({ type: "sync", answer }, stamp);
    for (const { conversation_id: id, reset, conversation } of answer.conversations) {
      if (!reset || conversation !== undefined) continue;
      this.#unknown.add(id);
      this.#isWanted = true;
    }
    const rest = answer.conversations.flatMap((one) => (one.has_more && !one.reset ? one.conversation_id : []));
    return { rest, hasMore: answer.has_more || rest.length > 0 };
  }
}
