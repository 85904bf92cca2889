import type { Message } from "../generated/client.js";
import type { AnyEvent } from "../generated/frames.js";
import type { Vero } from "../vero.js";
import { CatchUp } from "./catch-up.js";
import type { Core } from "./core.js";
import { Outbox } from "./outbox.js";
import { Persistence } from "./persistence.js";
import { emptyState } from "./state.js";
import type { StoreStorage } from "./storage.js";
import type { StoreLimits } from "./types.js";
import type { Windows } from "./windows.js";

/** How often typing is looked at for what has expired, in milliseconds. */
const typingTickMs = 500;

export interface SessionOptions {
  userId: string;
  vero: Vero;
  core: Core;
  windows: Windows;
  storage: StoreStorage | undefined;
  limits: StoreLimits;
  /** Called when another user has signed in, or nobody is signed in any more. */
  onEnded(): void;
}

/** All that runs for one user, from `start()` until the store is closed or another user signs in. */
export class StoreSession {
  readonly userId: string;
  readonly catchUp: CatchUp;
  readonly outbox: Outbox;
  storageError: unknown;
  readonly #options: SessionOptions;
  readonly #persistence: Persistence | undefined;
  readonly #stops: (() => void)[] = [];
  #typingTimer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;
  /** True once the client has said that it is signed in as this user; before its first call it does not know. */
  #isKnown = false;
  /** True when who is online was heard at an earlier time. */
  #isPresenceOld = false;

  constructor(options: SessionOptions) {
    const { userId, vero, core, windows, storage, limits } = options;
    this.#options = options;
    this.userId = userId;
    core.reset(emptyState(userId));
    this.catchUp = new CatchUp({
      core,
      vero,
      maxConversations: limits.conversations,
      isCurrent: () => this.isCurrent(),
      onDone: () => windows.ensureAll(),
    });
    this.#persistence = storage && this.#persist(storage);
    this.outbox = new Outbox({
      vero,
      keep: async (id, item) => this.#persistence?.keep(id, item),
      onSent: (message: Message, stamp) => core.dispatch({ type: "messages", items: [message] }, stamp),
      onChange: () => core.changed(),
      stamp: () => core.stamp(),
    });
  }

  #persist(storage: StoreStorage): Persistence {
    const { core, userId, limits } = this.#options;
    return new Persistence({
      storage,
      userId,
      limits,
      current: () => ({ state: core.state, isComplete: this.catchUp.isListed && this.catchUp.isComplete }),
      onOutcome: (error) => {
        if (this.#isClosed || error === this.storageError) return;
        this.storageError = error;
        core.changed();
      },
    });
  }

  /** Shows what was kept, then listens, catches up and sends what is not sent yet. */
  async start(): Promise<void> {
    const { core, vero } = this.#options;
    const restored = await this.#persistence?.restore();
    if (this.#isClosed) return;
    if (restored !== undefined) {
      core.reset(restored.state);
      this.catchUp.isListed = restored.isComplete;
      this.catchUp.isComplete = restored.isComplete;
      this.#isPresenceOld = restored.state.conversations.size > 0;
      this.outbox.restore(restored.outbox);
    }
    this.#listen();
    this.catchUp.want();
    this.outbox.flush();
    // Its failure is the state of the connection.
    void vero.realtime.connect().catch(() => {});
  }

  /** Answers whether the same user is signed in, and ends the session if not. */
  isCurrent(): boolean {
    if (this.#isClosed) return false;
    const now = this.#options.vero.session.userId;
    if (now === this.userId) this.#isKnown = true;
    if (now === this.userId || (now === undefined && !this.#isKnown)) return true;
    this.#options.onEnded();
    return false;
  }

  #listen(): void {
    const { core, vero, onEnded } = this.#options;
    this.#stops.push(
      vero.realtime.on("*", (event) => this.#take(event)),
      vero.realtime.on("connected", ({ user_id }) => {
        if (user_id !== this.userId) return onEnded();
        this.catchUp.want({ presence: this.#isPresenceOld });
        this.#isPresenceOld = true;
        this.outbox.flush();
      }),
      vero.realtime.on("resync", () => this.catchUp.want()),
      vero.connection.subscribe(() => {
        if (this.isCurrent()) core.changed();
      }),
    );
  }

  #take(event: AnyEvent): void {
    if (!this.isCurrent()) return;
    this.catchUp.take(event);
    if (event.type === "conversation.created") this.#options.windows.ensureAll();
    if (event.type !== "message.created") return;
    const { message } = event.data;
    if (message.sender_id === this.userId) this.outbox.confirm(message);
  }

  /** Follows each change of the state: what is kept, and typing that expires. */
  onChange(): void {
    const { core } = this.#options;
    this.#persistence?.changed();
    if (core.state.typing.size > 0) {
      this.#typingTimer ??= setInterval(() => core.dispatch({ type: "time", now: Date.now() }), typingTickMs);
    } else {
      clearInterval(this.#typingTimer);
      this.#typingTimer = undefined;
    }
  }

  /** Ends all that runs. Resolves when what was not kept yet is, or with `forget`, when nothing is kept any more. */
  close({ forget = false } = {}): Promise<void> {
    const written = forget ? this.#persistence?.clear() : this.#persistence?.flush();
    this.#isClosed = true;
    this.catchUp.close();
    this.outbox.close();
    for (const stop of this.#stops) stop();
    clearInterval(this.#typingTimer);
    return written ?? Promise.resolve();
  }
}
