import type { TokenVault } from "./token-vault.js";
import { type StoredTokens, stored, type Tokens } from "./tokens.js";

/** The tokens that the store had while the session was the one with this number. */
export interface Snapshot {
  tokens: StoredTokens | null;
  generation: number;
}

export interface SessionTokensOptions {
  vault: TokenVault;
  /** Stored at the first read, where the store has none. */
  initial: Tokens | undefined;
  /** Receives what was read, before anything else can happen. */
  onRead(tokens: StoredTokens | null): void;
  /** Called when another tab may have written. */
  onWritten(): void;
}

/** The tokens of one client in the store, in the order in which this client writes and reads them. */
export class SessionTokens {
  readonly #options: SessionTokensOptions;
  /** The tokens that the store does not have yet. */
  #initial: Tokens | undefined;
  /** The write of the initial tokens, while it is under way. */
  #seeding: Promise<unknown> | undefined;
  /** The last write of a sign-in or sign-out of this client. */
  #writing: Promise<unknown> | undefined;
  #unsubscribe: (() => void) | undefined;
  #generation = 0;

  constructor(options: SessionTokensOptions) {
    this.#options = options;
    this.#initial = options.initial;
  }

  /** Counts sign-ins and sign-outs of this client: the end of an earlier session must not end a later one. */
  get generation(): number {
    return this.#generation;
  }

  /** Listens to the writes of other tabs. */
  watch(): void {
    this.#unsubscribe ??= this.#options.vault.subscribe(() => this.#options.onWritten());
  }

  /** Stops listening, for good: a client that was closed leaves nothing behind. */
  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = () => {};
  }

  /** Leaves the initial tokens: somebody has signed in or out with this client. */
  dropInitial(): void {
    this.#initial = undefined;
  }

  async read(): Promise<Snapshot> {
    this.watch();
    await this.#seed();
    // A write that failed was thrown to whoever signed in or out.
    await this.#writing?.catch(() => {});
    const generation = this.#generation;
    const tokens = await this.#options.vault.read();
    // Somebody has signed in or out with this client: those are not the tokens of now.
    if (generation !== this.#generation) return this.read();
    this.#options.onRead(tokens);
    return { tokens, generation };
  }

  /** Begins a session, or ends it. The lock of the store keeps writes in order, also after that of the initial tokens. */
  replace(tokens: StoredTokens | null, isDue: (now: StoredTokens | null) => boolean): Promise<unknown> {
    this.#generation += 1;
    this.#writing = this.#options.vault.replace(tokens, isDue);
    return this.#writing;
  }

  /** Stores the initial tokens where there are none. What could not be written is tried again by the next call. */
  async #seed(): Promise<void> {
    const initial = this.#initial;
    if (initial === undefined) return;
    const write = async () => {
      await this.#options.vault.replace(stored(initial), (now) => now === null);
      this.#initial = undefined;
    };
    this.#seeding ??= write().finally(() => {
      this.#seeding = undefined;
    });
    await this.#seeding;
  }
}
