import { VeroError } from "../errors.js";
import type { Block, Conversation, User } from "../generated/client.js";
import { userOf } from "../tokens.js";
import type { Vero } from "../vero.js";
import { Actions } from "./actions.js";
import { Core } from "./core.js";
import { evict } from "./evict.js";
import { sameFields } from "./memo.js";
import { Selectors } from "./selectors.js";
import { StoreSession } from "./session.js";
import { emptyState, type Presence } from "./state.js";
import type { StoreStorage } from "./storage.js";
import type {
  ConversationList,
  Draft,
  MessageKey,
  MessageList,
  OutboxItem,
  ParticipantList,
  StoreLimits,
  StoreStatus,
  UnreadTotals,
} from "./types.js";
import { Windows } from "./windows.js";

/** The options of a store. */
export interface StoreOptions {
  /** Keeps chats and unsent messages across reloads; without it nothing is kept. In browsers `idbStorage()`. */
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
const noItems: readonly OutboxItem[] = [];

/**
 * The chats of the user who is signed in, kept up to date by events and by sync, with what the user does shown at once. Its
 * selectors answer the same object for as long as nothing in it has changed.
 */
export class Store {
  readonly #vero: Vero;
  readonly #options: StoreOptions;
  readonly #limits: StoreLimits;
  readonly #core: Core;
  readonly #windows: Windows;
  readonly #selectors: Selectors;
  readonly #actions: Actions;
  #session: StoreSession | undefined;
  #status: StoreStatus = {
    phase: "idle",
    userId: undefined,
    storage: "none",
    storageError: undefined,
    error: undefined,
  };
  #changes = 0;

  constructor(vero: Vero, options: StoreOptions = {}) {
    this.#vero = vero;
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    const onListenerError = options.onListenerError ?? ((error: unknown) => console.error(error));
    this.#core = new Core({ onListenerError, onIncomplete: (id) => this.#session?.catchUp.fetch(id) });
    this.#windows = new Windows({
      core: this.#core,
      vero,
      limits: this.#limits,
      isOnline: () => this.#session !== undefined,
    });
    this.#selectors = new Selectors({
      core: this.#core,
      windows: this.#windows,
      catchUp: () => this.#session?.catchUp,
      outbox: (id) => this.outbox(id),
    });
    this.#actions = new Actions({ core: this.#core, vero });
    this.#core.subscribe(() => this.#onChange());
  }

  /**
   * Shows what was kept, connects the socket and catches up. Resolves when what was kept is shown; what comes from the
   * service follows, and is tried again until it does: see `status`. Throws `unauthenticated` when nobody is signed in.
   */
  async start(): Promise<void> {
    const tokens = await this.#vero.session.tokens();
    if (tokens === null) throw new VeroError({ code: "unauthenticated", detail: "Nobody is signed in." });
    const userId = userOf(tokens) ?? (await this.#vero.auth.me()).id;
    if (this.#session?.userId === userId) return;
    void this.#stop();
    this.#session = new StoreSession({
      userId,
      vero: this.#vero,
      core: this.#core,
      windows: this.#windows,
      storage: this.#options.storage,
      limits: this.#limits,
      onEnded: () => void this.#stop(),
    });
    await this.#session.start();
  }

  /** Stops, and writes what is not kept yet. The socket stays; `vero.close()` closes it. */
  close(): Promise<void> {
    return this.#stop();
  }

  /** Forgets all that was kept for the user, unsent messages too, and stops: for signing out. */
  clear(): Promise<void> {
    return this.#stop({ forget: true });
  }

  /** Calls the listener after changes, until the answered function is called. */
  readonly subscribe = (listener: () => void): (() => void) => this.#core.subscribe(listener);

  /** How the store is getting on. */
  get status(): StoreStatus {
    const { catchUp, userId, storageError } = this.#session ?? {};
    const isLive = this.#vero.connection.state.status === "live" && catchUp?.isRunning === false && catchUp.isListed;
    const isEmpty = this.#core.state.cursor.value === undefined;
    const storage = this.#options.storage === undefined ? "none" : storageError === undefined ? "ready" : "failed";
    this.#status = sameFields<StoreStatus>(this.#status, {
      phase: catchUp === undefined ? "idle" : isLive ? "live" : isEmpty ? "loading" : "catching_up",
      userId,
      storage,
      storageError,
      error: catchUp?.error,
    });
    return this.#status;
  }

  /** The conversations, the latest activity first; by default those that are not archived. */
  conversations(filter: "active" | "archived" | "all" = "active"): ConversationList {
    return this.#selectors.conversations(filter);
  }

  /** A conversation, with an exact count of what is unread. */
  conversation(id: string): Conversation | undefined {
    return this.#selectors.conversation(id);
  }

  /** The part of a conversation that is looked at: its newest messages, or where `jumpTo` has gone. */
  messages(id: string): MessageList {
    return this.#selectors.messages(id);
  }

  /** Those who take part in a conversation; complete while it is open. */
  participants(id: string): ParticipantList {
    return this.#selectors.participants(id);
  }

  /** The profile of a user, as far as it has been seen. */
  user(id: string): User | undefined {
    return this.#selectors.user(id);
  }

  /** Whether a user is online, as far as that is known. */
  presence(userId: string): Presence | undefined {
    return this.#selectors.presence(userId);
  }

  /** The ids of the others who are typing now. */
  typing(id: string): readonly string[] {
    return this.#selectors.typing(id);
  }

  /** What is unread in all conversations. */
  unread(): UnreadTotals {
    return this.#selectors.unread();
  }

  /** The users whom the user has blocked. */
  blocks(): readonly Block[] {
    return this.#selectors.blocks();
  }

  /** The messages of a conversation that are not sent yet, in their order. */
  outbox(id: string): readonly OutboxItem[] {
    return this.#session?.outbox.items(id) ?? noItems;
  }

  /**
   * Loads the newest messages and the participants of a conversation, and keeps them, until the answered function is called:
   * for a conversation that is on the screen.
   */
  open(id: string): () => void {
    return this.#windows.open(id);
  }

  /** Loads the messages before those that `messages` has. A failure is its `error`. */
  loadOlder(id: string): Promise<void> {
    return this.#windows.loadOlder(id);
  }

  /** Loads the messages after those that `messages` has. A failure is its `error`. */
  loadNewer(id: string): Promise<void> {
    return this.#windows.loadNewer(id);
  }

  /** Looks at the messages around a seq, around the first unread one, or at the newest. */
  jumpTo(id: string, target: number | "latest" | "first_unread"): Promise<void> {
    return this.#windows.jumpTo(id, target);
  }

  /** Sends a message, as soon as that is possible, and answers its `client_message_id`; `outbox` shows how it is getting on. */
  send(draft: Draft): string {
    if (this.#session === undefined) throw new VeroError({ code: "not_connected", detail: "Call start() first." });
    return this.#session.outbox.add(draft);
  }

  /** Tries a message again that was refused. */
  retry(clientMessageId: string): void {
    this.#session?.outbox.retry(clientMessageId);
  }

  /** Gives up a message that is not on its way. */
  discard(clientMessageId: string): void {
    this.#session?.outbox.discard(clientMessageId);
  }

  /** Edits a message; throws what `messages.edit` throws, and then shows the text from before. */
  edit(message: MessageKey, text: string): Promise<void> {
    return this.#actions.edit(message, text);
  }

  /** Deletes a message for oneself or for everyone; throws what `messages.delete` throws, and then shows it again. */
  remove(message: MessageKey, scope: "for_me" | "for_everyone"): Promise<void> {
    return this.#actions.remove(message, scope);
  }

  /** Adds a reaction or takes it back; throws what `messages.react` throws, and then shows those from before. */
  react(message: MessageKey, emoji: string, action: "add" | "remove" | "toggle" = "toggle"): Promise<void> {
    return this.#actions.react(message, emoji, action);
  }

  /** Marks as read up to a seq, by default the newest. Does nothing where that is read. */
  markRead(id: string, seq?: number): Promise<void> {
    return this.#actions.markRead(id, seq);
  }

  /** Mutes a conversation, until a time (RFC 3339) or until it is unmuted. */
  mute(id: string, until?: string): Promise<void> {
    return this.#actions.mute(id, until);
  }

  unmute(id: string): Promise<void> {
    return this.#actions.unmute(id);
  }

  archive(id: string): Promise<void> {
    return this.#actions.setArchived(id, true);
  }

  unarchive(id: string): Promise<void> {
    return this.#actions.setArchived(id, false);
  }

  block(userId: string): Promise<void> {
    return this.#actions.setBlocked(userId, true);
  }

  unblock(userId: string): Promise<void> {
    return this.#actions.setBlocked(userId, false);
  }

  /** Tells the others that the user is typing: call it at each key; it passes on what is needed, and never throws. */
  setTyping(id: string, isTyping = true): void {
    this.#actions.setTyping(id, isTyping);
  }

  #stop(options?: { forget: boolean }): Promise<void> {
    const session = this.#session;
    if (session === undefined) return Promise.resolve();
    const closed = session.close(options);
    this.#session = undefined;
    this.#windows.close();
    this.#selectors.clear();
    this.#core.reset(emptyState(""));
    return closed;
  }

  #onChange(): void {
    if (this.#session === undefined) return;
    this.#session.onChange();
    this.#changes += 1;
    if (this.#changes % evictEvery !== 0) return;
    const { messages, storedMessages: newest } = this.#limits;
    this.#core.state = evict(this.#core.state, { messages, newest, isOpen: (id) => this.#windows.isOpen(id) });
  }
}

/** Makes a store of the chats of whoever is signed in with the client. It does nothing until `start()`. */
export const createStore = (vero: Vero, options?: StoreOptions): Store => new Store(vero, options);
