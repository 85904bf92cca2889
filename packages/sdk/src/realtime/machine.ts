import { Listeners } from "./listeners.js";
import { type ConnectionInput, type ConnectionState, next } from "./state.js";

/** The state of the connection, to be read and to be listened to; made for `useSyncExternalStore` and its like. */
export interface ObservableConnection {
  readonly state: ConnectionState;
  /**
   * Calls the listener after each change of the state, until the answered function is called. When a listener changes the
   * state from within, the others are called with the newest one only.
   */
  readonly subscribe: (listener: (state: ConnectionState) => void) => () => void;
}

/** Keeps the state, and is the one place that sets it. */
export class ConnectionMachine implements ObservableConnection {
  readonly #listeners: Listeners;
  #state: ConnectionState = { status: "idle" };

  constructor(onListenerError: (error: unknown) => void) {
    this.#listeners = new Listeners(onListenerError);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  readonly subscribe: ObservableConnection["subscribe"] = (listener) =>
    this.#listeners.add("state", (state: ConnectionState) => (state === this.#state ? listener(state) : undefined));

  /**
   * Sets the state that follows, and then calls the listeners. `first` runs between the two: a listener may begin another
   * connection, so that nothing of the one before may come after it.
   */
  input(input: ConnectionInput, first?: () => void): void {
    const before = this.#state;
    const state = next(before, input);
    this.#state = state;
    first?.();
    if (state !== before) this.#listeners.emit("state", state);
  }

  /** Resolves when the connection waits for no other attempt any more. */
  waited(): Promise<void> {
    const isWaiting = () => this.#state.status === "backing_off" || this.#state.status === "offline";
    return new Promise((resolve) => {
      const look = () => {
        if (isWaiting()) return;
        stop();
        resolve();
      };
      const stop = this.subscribe(look);
      look();
    });
  }
}
