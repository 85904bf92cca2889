import { abortable } from "./abort.js";
import type { VeroError } from "./errors.js";
import { isTransient, type RetryPolicy } from "./retry.js";
import { signedOut, userChanged } from "./session-errors.js";
import { Renewal } from "./session-renewal.js";
import { SessionTokens } from "./session-tokens.js";
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
  /**
   * Renews the tokens now; calls that run at the same time share one renewal. Throws `unauthenticated` when signed out, and
   * `user_changed` when the store has the tokens of another user.
   */
  refresh(): Promise<StoredTokens>;
  /** Forgets the tokens here, without telling the server; `auth.logout` does both. */
  clear(): Promise<void>;
}

export interface SessionOptions {
  vault: TokenVault;
  /** Used when the store is empty at the first call. */
  initial?: Tokens | undefined;
  /** Sends POST /auth/refresh, once. */
  renew(refreshToken: string): Promise<Tokens>;
  retry: RetryPolicy;
  /** Called when this client is about to sign somebody in or out. */
  onReplaced(): void;
  onSignedOut(error: VeroError): void;
}

/** Answers how long before its end a token is renewed, lest it expire on its way: 30 s, or a tenth of a short life. */
const skewOf = (tokens: StoredTokens): number => Math.min(30_000, tokens.expires_in * 100);

/**
 * Keeps one user signed in. The store belongs to all tabs, and another tab may sign in somebody else: this client then
 * refuses the tokens, and its session has ended.
 */
export class SessionKeeper implements SessionControl {
  readonly #options: SessionOptions;
  readonly #tokens: SessionTokens;
  readonly #renewal: Renewal;
  #user: string | undefined;
  /** The user whom this client is signed in as again where the sign-ins under way fail, which share it. */
  #fallback: { user: string | undefined } | undefined;
  /** The user whose tokens the store had last; null for none. A change of it is made known once. */
  #holder: string | null | undefined;
  /** The calls of `leave` that are under way. A sign-in or sign-out begins a new set. */
  #leaving = new Set<object>();

  constructor(options: SessionOptions) {
    this.#options = options;
    const { vault, initial, retry, renew } = options;
    this.#tokens = new SessionTokens({
      vault,
      initial,
      onRead: (tokens) => this.#notice(tokens),
      // A store that cannot be read says so at the next call.
      onWritten: () => void this.check().catch(() => {}),
    });
    this.#renewal = new Renewal({
      vault,
      retry,
      renew,
      read: () => this.#tokens.read(),
      isOwn: (tokens) => this.#isOwn(tokens),
      end: (error, generation) => this.#end(error, generation),
    });
  }

  get userId(): string | undefined {
    return this.#user;
  }

  async tokens(): Promise<StoredTokens | null> {
    const { tokens } = await this.#tokens.read();
    return tokens !== null && this.#isOwn(tokens) ? tokens : null;
  }

  /** Looks whether the store still has the tokens of this user, and ends the session if not. */
  async check(): Promise<void> {
    if (this.#user !== undefined) await this.#tokens.read();
  }

  /** Stops listening to the writes of other tabs. */
  close(): void {
    this.#tokens.close();
  }

  /** Signs this client in with the tokens of a sign-in, or of a renewal by a call, after which the session goes on. */
  async signIn(tokens: Tokens, { isRenewal }: { isRenewal: boolean }): Promise<void> {
    const next = stored({ ...tokens, expires_at: undefined });
    const user = userOf(next);
    this.#tokens.watch();
    if (!isRenewal || user !== this.#user) {
      this.#options.onReplaced();
      this.#leaving = new Set();
    }
    this.#fallback ??= { user: this.#user };
    const fallback = this.#fallback;
    this.#user = user;
    const writing = this.#tokens.replace(next, () => true);
    const { generation } = this.#tokens;
    try {
      await writing;
      this.#tokens.dropInitial();
      fallback.user = user;
      if (generation === this.#tokens.generation) this.#holder = user;
    } catch (error) {
      // The user of a later sign-in stays.
      if (generation === this.#tokens.generation) this.#user = fallback.user;
      throw error;
    } finally {
      if (generation === this.#tokens.generation) this.#fallback = undefined;
    }
  }

  /** Signs this client out. The tokens of another user, whom another tab has signed in, stay. */
  async clear(): Promise<void> {
    this.#options.onReplaced();
    const user = this.#user;
    this.#user = undefined;
    this.#fallback = undefined;
    this.#holder = null;
    this.#leaving = new Set();
    this.#tokens.dropInitial();
    await this.#tokens.replace(null, (now) => now === null || user === undefined || userOf(now) === user);
  }

  /**
   * Signs this client out when `tellServer` has succeeded, unless somebody has signed in meanwhile. The end of the session
   * is not made known until then: the server publishes it before it answers, and whoever signs out knows.
   */
  async leave(tellServer: () => Promise<unknown>): Promise<void> {
    const leaving = this.#leaving;
    const self = {};
    leaving.add(self);
    try {
      await tellServer();
    } catch (error) {
      // An answer that was lost: the session has ended, and that was not made known.
      if (leaving !== this.#leaving || this.#holder !== null) throw error;
    } finally {
      leaving.delete(self);
    }
    if (leaving === this.#leaving) await this.clear();
  }

  /**
   * Finds out by a renewal whether the session has ended. A socket may be closed late, because of an earlier session: the
   * tokens that are stored by then are good.
   */
  async verify(): Promise<void> {
    // A refusal ends the session; a service that is out of reach says so at the next call.
    await this.refresh().catch(() => {});
  }

  /**
   * Answers tokens for a call of the user `as`, renewed first when they are about to expire. `as` is the `userId` of the
   * moment when the call was made, or undefined where there was none yet. Throws `user_changed` when they are another's.
   */
  async grant(as: string | undefined, signal: AbortSignal | undefined): Promise<StoredTokens> {
    const { tokens } = await abortable(this.#tokens.read(), signal);
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
    return this.#admit(await abortable(this.#renewal.run(stale.access_token), signal), as);
  }

  async refresh(): Promise<StoredTokens> {
    const as = this.#user;
    const { tokens } = await this.#tokens.read();
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

  /** Makes known, once, that the tokens of this user are no longer in the store. */
  #notice(tokens: StoredTokens | null): void {
    const holder = tokens === null ? null : userOf(tokens);
    this.#user ??= holder ?? undefined;
    if (holder === this.#holder) return;
    this.#holder = holder;
    if (this.#user === undefined || holder === undefined || holder === this.#user) return;
    if (holder !== null) this.#options.onSignedOut(userChanged());
    else if (this.#leaving.size === 0) this.#options.onSignedOut(signedOut());
  }

  /** Ends the session, which the server has refused, unless it has ended already or another one has begun. */
  async #end(error: VeroError, generation: number): Promise<void> {
    if (generation !== this.#tokens.generation || this.#holder === null) return;
    this.#holder = null;
    const writing = this.#tokens.replace(null, (now) => now !== null && userOf(now) === this.#user);
    const ended = this.#tokens.generation;
    // Tokens that the server refuses and that the store does not let go of: the session is over all the same.
    await writing.catch(() => {});
    if (ended === this.#tokens.generation && this.#leaving.size === 0) this.#options.onSignedOut(error);
  }
}
