import { apply } from "./apply.js";
import type { Change } from "./changes.js";
import { lastMessageOf } from "./messages.js";
import { type Optimistic, shown } from "./optimism.js";
import { emptyState, type Held, type State } from "./state.js";

/** A change without the time at which it became known. */
type Unstamped<T> = T extends Change ? Omit<T, "stamp"> : never;
export type Given = Unstamped<Change>;

const none: readonly Optimistic[] = [];

/** Names the conversations whose newest message a change may have hidden. */
function hiddenIn(change: Given): readonly string[] {
  if (change.type === "hidden") return [change.id];
  if (change.type === "sync") return change.answer.hidden.map(({ conversation_id: id }) => id);
  return change.type === "event" && change.event.type === "message.deleted" ? [change.event.conversation_id] : [];
}

export interface CoreOptions {
  /** Called when the newest message of a conversation has been hidden and the one before it is not held. */
  onIncomplete(id: string): void;
  onListenerError(error: unknown): void;
}

/** The state, the changes that wait for their answers, and those who listen: the one place that sets them. */
export class Core {
  state: State = emptyState("");
  readonly #options: CoreOptions;
  readonly #listeners = new Set<() => void>();
  /** By conversation. */
  readonly #optimistic = new Map<string, readonly Optimistic[]>();
  readonly #shown = new WeakMap<Held, { changes: readonly Optimistic[]; held: Held }>();
  #stamp = 0;
  #isDue = false;
  /** Counts the states: a selector that depends on more than `state` and what is optimistic compares it. */
  version = 0;

  constructor(options: CoreOptions) {
    this.#options = options;
  }

  /** Answers the time of something that arrives, or is asked for, now. */
  stamp(): number {
    this.#stamp += 1;
    return this.#stamp;
  }

  /** Applies a change that became known at a time; now, where none is given. */
  dispatch(given: Given, stamp = this.stamp()): void {
    const before = this.state;
    this.state = apply(before, { ...given, stamp } as Change);
    if (this.state === before) return;
    for (const id of hiddenIn(given)) {
      const held = this.state.conversations.get(id);
      if (held !== undefined && lastMessageOf(held) === undefined) this.#options.onIncomplete(id);
    }
    this.changed();
  }

  /** Shows a change at once. Call the answered function when the service has answered, whatever it was. */
  show(change: Optimistic): () => void {
    const { id } = change;
    this.#optimistic.set(id, [...this.optimisticIn(id), change]);
    this.changed();
    return () => {
      const rest = this.optimisticIn(id).filter((one) => one !== change);
      if (rest.length === 0) this.#optimistic.delete(id);
      else this.#optimistic.set(id, rest);
      this.changed();
    };
  }

  optimisticIn(id: string): readonly Optimistic[] {
    return this.#optimistic.get(id) ?? none;
  }

  /** Answers a conversation with what is optimistic in it; the same object while neither changes. */
  held(id: string): Held | undefined {
    const held = this.state.conversations.get(id);
    const changes = this.optimisticIn(id);
    if (held === undefined || changes.length === 0) return held;
    const known = this.#shown.get(held);
    if (known?.changes === changes) return known.held;
    const now = shown(held, changes, this.state.user_id);
    this.#shown.set(held, { changes, held: now });
    return now;
  }

  /** Begins anew with another state: nothing of what was shown before is shown any more. */
  reset(state: State): void {
    this.state = state;
    this.#optimistic.clear();
    this.changed();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    const own = () => listener();
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  };

  /** Calls the listeners soon, once for all that changes until then. */
  changed(): void {
    this.version += 1;
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      for (const listener of [...this.#listeners]) {
        try {
          listener();
        } catch (error) {
          this.#options.onListenerError(error);
        }
      }
    });
  }
}
