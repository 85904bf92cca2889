import { isVeroError, type VeroError } from "../errors.js";
import type { Vero } from "../vero.js";
import type { PageQuestion } from "./changes.js";
import type { Core } from "./core.js";
import { trim } from "./evict.js";
import { listAll } from "./pages.js";
import { newestRange, open, type Range, rangeAt } from "./ranges.js";
import { readSeqOf } from "./reads.js";
import { type Held, withHeld } from "./state.js";

/** A conversation that is looked at. */
interface Window {
  openings: number;
  /** The seq that is looked at; undefined for the newest. */
  anchor?: number | undefined;
  /** The read position when it was opened. */
  readSeq?: number | undefined;
  loading: number;
  error?: VeroError | undefined;
  isLoadingParticipants: boolean;
}

export interface WindowsOptions {
  core: Core;
  vero: Vero;
  /** Messages of a page, and of one conversation in all. */
  limits: { page: number; window: number };
  isOnline(): boolean;
}

/** Loads the parts of conversations that are looked at. */
export class Windows {
  readonly #options: WindowsOptions;
  readonly #windows = new Map<string, Window>();

  constructor(options: WindowsOptions) {
    this.#options = options;
  }

  isOpen(id: string): boolean {
    return (this.#windows.get(id)?.openings ?? 0) > 0;
  }

  /** How the window of a conversation is getting on. */
  stateOf(id: string): Readonly<Pick<Window, "anchor" | "readSeq" | "error">> & { isLoading: boolean } {
    const { anchor, readSeq, error, loading = 0 } = this.#windows.get(id) ?? ({} as Partial<Window>);
    return { anchor, readSeq, error, isLoading: loading > 0 };
  }

  #of(id: string): Window {
    const known = this.#windows.get(id);
    if (known !== undefined) return known;
    const window: Window = { openings: 0, loading: 0, isLoadingParticipants: false };
    this.#windows.set(id, window);
    return window;
  }

  open(id: string): () => void {
    const window = this.#of(id);
    window.openings += 1;
    void this.ensure(id);
    this.#options.core.changed();
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      window.openings -= 1;
      if (window.openings > 0) return;
      this.#windows.delete(id);
      this.#options.core.changed();
    };
  }

  close(): void {
    this.#windows.clear();
  }

  /** Loads what the open conversations need and do not have. */
  ensureAll(): void {
    for (const [id, { openings }] of this.#windows) if (openings > 0) void this.ensure(id);
  }

  async ensure(id: string): Promise<void> {
    const held = this.#held(id);
    const window = this.#windows.get(id);
    if (held === undefined || window === undefined) return;
    window.readSeq ??= readSeqOf(this.#options.core.state.user_id, held);
    if (!this.#options.isOnline()) return;
    const { from } = this.range(id, held);
    const count = held.messages.filter(({ message }) => message.seq >= from).length;
    const loads = [this.#loadParticipants(id, held, window)];
    if (count < this.#options.limits.page && from > 1 && window.loading === 0) loads.push(this.loadOlder(id));
    await Promise.all(loads);
  }

  #held(id: string): Held | undefined {
    return this.#options.core.state.conversations.get(id);
  }

  /** The range that is looked at. */
  range(id: string, held: Held): Range {
    const anchor = this.#windows.get(id)?.anchor;
    const found = anchor === undefined ? undefined : rangeAt(held.ranges, anchor);
    return found ?? newestRange(held.ranges);
  }

  async loadOlder(id: string): Promise<void> {
    const held = this.#held(id);
    const from = held && this.range(id, held).from;
    if (from !== undefined && from > 1) await this.#load(id, { before_seq: from }, from - 1);
  }

  async loadNewer(id: string): Promise<void> {
    const held = this.#held(id);
    const to = held && this.range(id, held).to;
    if (to !== undefined && to !== open) await this.#load(id, { after_seq: to }, to + 1);
  }

  async jumpTo(id: string, target: number | "latest" | "first_unread"): Promise<void> {
    const held = this.#held(id);
    if (held === undefined) return;
    const window = this.#of(id);
    const readSeq = window.readSeq ?? readSeqOf(this.#options.core.state.user_id, held);
    const seq = target === "latest" ? undefined : target === "first_unread" ? readSeq + 1 : target;
    if (seq === undefined || seq > held.last_seq) window.anchor = undefined;
    else {
      if (rangeAt(held.ranges, seq) === undefined) await this.#load(id, { around_seq: seq }, seq);
      window.anchor = seq;
    }
    this.#options.core.changed();
  }

  /** Loads a page that has the seq, if that can be seen. Failures are shown with the window. */
  async #load(id: string, question: PageQuestion, seq: number): Promise<void> {
    const { core, vero, limits } = this.#options;
    const window = this.#of(id);
    window.loading += 1;
    core.changed();
    try {
      // A page may be older than what was dropped meanwhile; the next one is not.
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const stamp = core.stamp();
        const page = await vero.messages.list({ id, ...question, limit: limits.page });
        core.dispatch({ type: "page", id, question, page }, stamp);
        const held = this.#held(id);
        if (held === undefined || rangeAt(held.ranges, seq) !== undefined) break;
      }
      this.#trim(id, seq);
      window.error = undefined;
    } catch (error) {
      if (!isVeroError(error)) throw error;
      window.error = error;
    } finally {
      window.loading -= 1;
      core.changed();
    }
  }

  #trim(id: string, seq: number): void {
    const { core, limits } = this.#options;
    const held = this.#held(id);
    if (held === undefined || held.messages.length <= limits.window) return;
    const window = this.#of(id);
    core.state = withHeld(core.state, id, trim(core.state.user_id, held, { count: limits.window, at: seq }));
    // What is looked at may no longer be what is newest.
    window.anchor = seq;
    core.changed();
  }

  async #loadParticipants(id: string, held: Held, window: Window): Promise<void> {
    const { core, vero } = this.#options;
    if (held.participants_as_of >= 0 || window.isLoadingParticipants) return;
    window.isLoadingParticipants = true;
    const stamp = core.stamp();
    const as_of = held.change_seq;
    try {
      const items = await listAll((cursor) => vero.participants.list({ id, limit: 100, cursor }));
      core.dispatch({ type: "participants", id, items, as_of }, stamp);
    } catch (error) {
      if (!isVeroError(error)) throw error;
      window.error = error;
    } finally {
      window.isLoadingParticipants = false;
    }
  }
}
