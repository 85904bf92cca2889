import { VeroError } from "../errors.js";
import { signedOut } from "../session-errors.js";
import { userOf } from "../tokens.js";
import type { Vero } from "../vero.js";
import { Actions } from "./actions.js";
import { Core } from "./core.js";
import { evict } from "./evict.js";
import { sameFields } from "./memo.js";
import type { StoreParts } from "./parts.js";
import { StoreSession } from "./session.js";
import { emptyState } from "./state.js";
import type { StoreStorage } from "./storage.js";
import type { Store } from "./store.interface.js";
import type { Draft, StoreLimits, StoreStatus } from "./types.js";
import { Windows } from "./windows.js";

/** The options of a store. */
export interface StoreOptions {
  /** Keeps chats and unsent messages across reloads; without it nothing is kept. In browsers `idbStorage()` of `@vero/sdk/store/idb`. */
  storage?: StoreStorage | undefined;
  limits?: Partial<StoreLimits> | undefined;
  /** Receives the errors of listeners. Default: `console.error`. */
  onListenerError?: ((error: unknown) => void) | undefined;
}

const defaultLimits: StoreLimits = {
  conversations: 1000,
  messages: 10_000,
  window: 1000,
  page: 50,
  storedConversations: 200,
  storedMessages: 50,
};

/** Changes between two looks at how much is held. */
const evictEvery = 100;

/** Starts and stops the session of whoever is signed in, and has the selectors and the actions of a store. */
class SessionStore extends Actions implements Store {
  readonly #storage: StoreStorage | undefined;
  #status: StoreStatus | undefined;
  #changes = 0;
  readonly subscribe = this.parts.core.subscribe;

  constructor(parts: StoreParts, storage: StoreStorage | undefined) {
    super(parts);
    this.#storage = storage;
    this.subscribe(() => this.#onChange());
  }

  async start(): Promise<void> {
    const { vero } = this.parts;
    const tokens = await vero.session.tokens();
    if (tokens === null) throw signedOut();
    const userId = userOf(tokens) ?? (await vero.auth.me()).id;
    if (this.parts.session?.userId === userId) return;
    void this.#stop();
    const onEnded = () => void this.#stop();
    this.parts.session = new StoreSession({ ...this.parts, userId, storage: this.#storage, onEnded });
    await this.parts.session.start();
  }

  close(): Promise<void> {
    return this.#stop();
  }

  clear(): Promise<void> {
    return this.#stop({ forget: true });
  }

  get status(): StoreStatus {
    const { vero, core, session } = this.parts;
    const { catchUp, userId, storageError } = session ?? {};
    const isLive = vero.connection.state.status === "live" && catchUp?.isRunning === false && catchUp.isListed;
    const isEmpty = core.state.cursor.value === undefined;
    this.#status = sameFields<StoreStatus>(this.#status, {
      phase: catchUp === undefined ? "idle" : isLive ? "live" : isEmpty ? "loading" : "catching_up",
      userId,
      storage: this.#storage === undefined ? "none" : storageError === undefined ? "ready" : "failed",
      storageError,
      error: catchUp?.error,
    });
    return this.#status;
  }

  open(id: string): () => void {
    return this.parts.windows.open(id);
  }

  loadOlder(id: string): Promise<void> {
    return this.parts.windows.loadOlder(id);
  }

  loadNewer(id: string): Promise<void> {
    return this.parts.windows.loadNewer(id);
  }

  jumpTo(id: string, target: number | "latest" | "first_unread"): Promise<void> {
    return this.parts.windows.jumpTo(id, target);
  }

  send(draft: Draft): string {
    const { session } = this.parts;
    if (session === undefined) throw new VeroError({ code: "not_connected", detail: "Call start() first." });
    return session.outbox.add(draft);
  }

  retry(clientMessageId: string): void {
    this.parts.session?.outbox.retry(clientMessageId);
  }

  discard(clientMessageId: string): void {
    this.parts.session?.outbox.discard(clientMessageId);
  }

  #stop(options?: { forget: boolean }): Promise<void> {
    const { core, windows, session } = this.parts;
    if (session === undefined) return Promise.resolve();
    const closed = session.close(options);
    this.parts.session = undefined;
    windows.close();
    this.clearSelected();
    core.reset(emptyState(""));
    return closed;
  }

  #onChange(): void {
    const { core, windows, limits, session } = this.parts;
    if (session === undefined) return;
    session.onChange();
    this.#changes += 1;
    if (this.#changes % evictEvery !== 0) return;
    const { messages, storedMessages: newest } = limits;
    core.state = evict(core.state, { messages, newest, isOpen: (id) => windows.isOpen(id) });
  }
}

/** Makes a store of the chats of whoever is signed in with the client. It does nothing until `start()`. */
export function createStore(vero: Vero, options: StoreOptions = {}): Store {
  const { storage, onListenerError = (error) => console.error(error) } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const core = new Core({ onListenerError, onIncomplete: (id) => parts.session?.catchUp.fetch(id) });
  const windows = new Windows({ core, vero, limits, isOnline: () => parts.session !== undefined });
  const parts: StoreParts = { vero, core, windows, limits, session: undefined };
  return new SessionStore(parts, storage);
}
