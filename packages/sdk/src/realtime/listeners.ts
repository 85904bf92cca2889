import { callListener } from "../call-listener.js";

type Listener = (event: never) => void;

/** Keeps the listeners by type of event. Their errors go to `onError` and stop neither the others nor the connection. */
export class Listeners {
  readonly #listeners = new Map<string, Set<{ listener: Listener }>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** Answers a function that ends this subscription and no other, even when the same function listens twice. */
  add(type: string, listener: Listener): () => void {
    const entries = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, entries);
    const entry = { listener };
    entries.add(entry);
    return () => {
      entries.delete(entry);
    };
  }

  emit(type: string, event: object): void {
    for (const { listener } of [...(this.#listeners.get(type) ?? [])]) {
      callListener(() => listener(event as never), this.#onError);
    }
  }
}
