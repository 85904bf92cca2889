import { abortable } from "./abort.js";
import { isVeroError, VeroError } from "./errors.js";
import { isTransient } from "./retry.js";
import type { TokenVault } from "./token-vault.js";
import { type StoredTokens, stored, type Tokens, userOf } from "./tokens.js";

/** The session of the user who is signed in, as this client sees it. */
export interface SessionControl {
  /**
   * The id of the user whom this client is signed in as, once it has read the tokens. It stays when the session has ended,
   * until somebody signs in or out with this client: calls under another user are refused.
   */
  readonly userId: string | undefined;
  /** The tokens in use, or null when signed out, or when the store has those of another user. */
  tokens(): Promise<StoredTokens | null>;
  /** Renews the tokens now; calls that run at the same time share one renewal. Throws `unauthenticated` when signed out. */
  refresh(): Promise<StoredTokens>;
  /** Forgets the tokens here, without telling the server; `auth.logout` does both. */
  clear(): Promise<void>;
}

export interface SessionOptions {
  vault: TokenVault;
  /** Used when the store is empty at the first call. */
  initial?: Tokens | undefined;
  /** POST /auth/refresh. */
  renew(refreshToken: string): Promise<Tokens>;
  onSignedOut(error: VeroError): void;
}

/** Answers how long before its end a token is renewed, lest it expire on its way: 30 s, or a tenth of a short life. */
const skewOf = (tokens: StoredTokens): number => Math.min(30_000, tokens.expires_in * 100);

const signedOut = (): VeroError => new VeroError({ code: "unauthenticated", detail: "Nobody is signed in." });

const userChanged = (): VeroError =>
  new VeroError({ code: "user_changed", detail: "Another user has signed in, in another tab or with another client." });

/** Answers whether the server has refused this refresh token for good. */
const isFinal = (error: unknown): error is VeroError =>
  isVeroError(error, "invalid_refresh_token") || isVeroError(error, "token_reused");

/**
 * Keeps one user signed in. The store belongs to all tabs, and another tab may sign in somebody else: this client then
 * refuses the tokens, and its session has ended.
 */
export class SessionKeeper implements SessionControl {
  readonly #options: SessionOptions;
  #renewal: Promise<StoredTokens> | undefined;
  /** The write of a sign-in or sign-out of this client, and before the first one that of the initial tokens. */
  #writing: Promise<unknown> | undefined;
  #user: string | undefined;
  /** The user whose tokens the store had last; null for none. A change of it is made known once. */
  #holder: string | null | undefined;
  #unsubscribe: (() => void) | undefined;
  /** Counts sign-ins and sign-outs of this client: the end of an earlier session must not end a later one. */
  generation = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  get userId(): string | undefined {
    return this.#user;
  }

  async tokens(): Promise<StoredTokens | null> {
    const tokens = await this.#read();
    return tokens !== null && this.#isOwn(tokens) ? tokens : null;
  }

  /** Looks whether the store still has the tokens of this user, and ends the session if not. */
  async check(): Promise<void> {
    if (this.#user !== undefined) await this.#read();
  }

  /** Hears no more of what other tabs write. */
  close(): void {
    this.#unsubscribe?.();
    // Called again it listens no more: a client that was closed leaves nothing behind.
    this.#unsubscribe = () => {};
  }

  async signIn(tokens: Tokens): Promise<void> {
    const next = stored({ ...tokens, expires_at: undefined });
    const before = this.#user;
    this.#watch();
    this.#user = userOf(next);
    try {
      await this.#replace(next, () => true);
      this.#holder = this.#user;
    } catch (error) {
      this.#user = before;
      throw error;
    }
  }

  /** Signs this client out. The tokens of another user, whom another tab has signed in, stay. */
  async clear(): Promise<void> {
    const user = this.#user;
    this.#user = undefined;
    this.#holder = null;
    await this.#replace(null, (now) => now === null || user === undefined || userOf(now) === user);
  }

  /** The server has ended the session. Does nothing when another one has begun since `generation`. */
  async end(error: VeroError, generation: number): Promise<void> {
    if (generation !== this.generation) return;
    this.#holder = null;
    try {
      await this.#replace(null, (now) => now !== null && userOf(now) === this.#user);
    } catch {
      // Tokens that the server refuses and that the store does not let go of: the session is over all the same.
    }
    this.#options.onSignedOut(error);
  }

  /**
   * Answers tokens for a call of the user `as`, renewed first when they are about to expire. `as` is the `userId` of the
   * moment when the call was made, or undefined where there was none yet. Throws `user_changed` when they are another's.
   */
  async grant(as: string | undefined, signal: AbortSignal | undefined): Promise<StoredTokens> {
    const tokens = await abortable(this.#read(), signal);
    if (tokens === null) throw signedOut();
    const isKnown = userOf(tokens) !== undefined;
    if (isKnown) this.#admit(tokens, as);
    const now = Date.now();
    if (isKnown && now < tokens.expires_at - skewOf(tokens)) return tokens;
    try {
      return await this.renewed(tokens, as, signal);
    } catch (error) {
      // A renewal ahead of time may fail for a while; the old token is still valid.
      if (isKnown && Date.now() < tokens.expires_at && isTransient(error)) return tokens;
      throw error;
    }
  }

  /** Answers tokens other than `stale`: those that another tab has stored meanwhile, else new ones. */
  async renewed(stale: StoredTokens, as: string | undefined, signal: AbortSignal | undefined): Promise<StoredTokens> {
    return this.#admit(await abortable(this.#renewOnce(stale.access_token), signal), as);
  }

  async refresh(): Promise<StoredTokens> {
    const as = this.#user;
    const tokens = await this.#read();
    if (tokens === null) throw signedOut();
    if (userOf(tokens) !== undefined) this.#admit(tokens, as);
    return this.renewed(tokens, as, undefined);
  }

  #isOwn(tokens: StoredTokens): boolean {
    const owner = userOf(tokens);
    return owner === undefined || this.#user === undefined || owner === this.#user;
  }

  /** Lets tokens of this user pass. A client that is signed in as nobody yet is signed in as their user from now on. */
  #admit(tokens: StoredTokens, as: string | undefined): StoredTokens {
    const owner = userOf(tokens);
    this.#user ??= owner;
    if (owner !== this.#user || (as !== undefined && owner !== as)) throw userChanged();
    return tokens;
  }

  #watch(): void {
    // A store that cannot be read says so at the next call.
    this.#unsubscribe ??= this.#options.vault.subscribe(() => void this.check().catch(() => {}));
  }

  async #read(): Promise<StoredTokens | null> {
    const { vault, initial } = this.#options;
    this.#watch();
    this.#writing ??= initial && vault.replace(stored(initial), (now) => now === null);
    // A write that failed was thrown to whoever signed in or out.
    await this.#writing?.catch(() => {});
    const { generation } = this;
    const tokens = await vault.read();
    if (generation === this.generation) this.#notice(tokens);
    return tokens;
  }

  /** Makes known, once, that the tokens of this user are no longer in the store. */
  #notice(tokens: StoredTokens | null): void {
    const holder = tokens === null ? null : userOf(tokens);
    if (holder === this.#holder) return;
    this.#holder = holder;
    if (this.#user === undefined || holder === undefined || holder === this.#user) return;
    this.#options.onSignedOut(holder === null ? signedOut() : userChanged());
  }

  #replace(tokens: StoredTokens | null, isDue: (now: StoredTokens | null) => boolean): Promise<unknown> {
    this.generation += 1;
    // These replace the initial tokens, also when those are being stored just now.
    const before = this.#writing?.catch(() => {}) ?? Promise.resolve();
    this.#writing = before.then(() => this.#options.vault.replace(tokens, isDue));
    return this.#writing;
  }

  #renewOnce(stale: string): Promise<StoredTokens> {
    this.#renewal ??= this.#renew(stale).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  #renew(stale: string): Promise<StoredTokens> {
    const { vault, renew } = this.#options;
    return vault.renewing(async () => {
      const { generation } = this;
      // Read inside the lock: a tab that held it before has left newer tokens here.
      const current = await this.#read();
      if (current === null) throw signedOut();
      if (!this.#isOwn(current)) throw userChanged();
      const isKnown = userOf(current) !== undefined;
      if (isKnown && current.access_token !== stale && Date.now() < current.expires_at) return current;
      const isCurrent = (now: StoredTokens | null) => now?.refresh_token === current.refresh_token;
      try {
        const next = stored(await renew(current.refresh_token));
        // Somebody may have signed in or out while the answer was under way: theirs counts.
        const now = await vault.replace(next, isCurrent);
        if (now === null) throw signedOut();
        return now;
      } catch (error) {
        if (!isFinal(error)) throw error;
        const now = await vault.read();
        if (now !== null && !isCurrent(now)) return now;
        await this.end(error, generation);
        throw error;
      }
    });
  }
}
