import { abortable } from "./abort.js";
import { isVeroError, VeroError } from "./errors.js";
import { isTransient } from "./retry.js";
import { type StoredTokens, stored, type TokenStore, type Tokens } from "./tokens.js";

/** The session of the user who is signed in, as this client sees it. */
export interface SessionControl {
  /** The tokens in use, or null when signed out. */
  tokens(): Promise<StoredTokens | null>;
  /** Renews the tokens now; calls that run at the same time share one renewal. Throws `unauthenticated` when signed out. */
  refresh(): Promise<StoredTokens>;
  /** Forgets the tokens here, without telling the server; `auth.logout` does both. */
  clear(): Promise<void>;
}

export interface SessionOptions {
  store: TokenStore;
  /** Used when the store is empty at the first call. */
  initial?: Tokens | undefined;
  /** Names the lock that the tabs of an origin share. */
  lockName: string;
  /** POST /auth/refresh. */
  renew(refreshToken: string): Promise<Tokens>;
  onSignedOut(error: VeroError): void;
}

interface Locks {
  request<T>(name: string, callback: () => Promise<T>): Promise<T>;
}

/** Runs a task in one tab of an origin at a time, by Web Locks. Elsewhere only the tasks of this client take turns. */
async function exclusively<T>(name: string, task: () => Promise<T>): Promise<T> {
  const { navigator } = globalThis as { navigator?: { locks?: Locks } };
  if (navigator?.locks === undefined) return task();
  let begun = false;
  const locked = () => {
    begun = true;
    return task();
  };
  try {
    return await navigator.locks.request(name, locked);
  } catch (error) {
    // Sandboxed frames have the API and are refused by it.
    if (begun) throw error;
    return task();
  }
}

/** Answers how long before its end a token is renewed, lest it expire on its way: 30 s, or a tenth of a short life. */
const skewOf = (tokens: StoredTokens): number => Math.min(30_000, tokens.expires_in * 100);

const signedOut = (): VeroError => new VeroError({ code: "unauthenticated", detail: "Nobody is signed in." });

/** Answers whether the server has refused this refresh token for good. */
const isFinal = (error: unknown): error is VeroError =>
  isVeroError(error, "invalid_refresh_token") || isVeroError(error, "token_reused");

export class SessionKeeper implements SessionControl {
  readonly #options: SessionOptions;
  #renewal: Promise<StoredTokens> | undefined;
  /** Puts the initial tokens into the store, once; settled when there is nothing to put any more. */
  #seeding: Promise<void> | undefined;
  /** Counts sign-ins and sign-outs of this client: the end of an earlier session must not end a later one. */
  generation = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  async tokens(): Promise<StoredTokens | null> {
    this.#seeding ??= this.#seed();
    await this.#seeding;
    return this.#options.store.get();
  }

  async #seed(): Promise<void> {
    const { store, initial } = this.#options;
    if (initial !== undefined && (await store.get()) === null) await store.set(stored(initial));
  }

  async #replace(tokens: StoredTokens | null): Promise<void> {
    this.generation += 1;
    // These replace the initial tokens, also when those are being stored just now.
    this.#seeding ??= Promise.resolve();
    await this.#seeding;
    await this.#options.store.set(tokens);
  }

  signIn(tokens: Tokens): Promise<void> {
    return this.#replace(stored({ ...tokens, expires_at: undefined }));
  }

  clear(): Promise<void> {
    return this.#replace(null);
  }

  /** The server has ended the session. Does nothing when another one has begun since `generation`. */
  async end(error: VeroError, generation: number): Promise<void> {
    if (generation !== this.generation) return;
    await this.clear();
    this.#options.onSignedOut(error);
  }

  /** Answers a token for a call, renewed first when it is about to expire. */
  async accessToken(signal: AbortSignal | undefined): Promise<string> {
    const tokens = await this.tokens();
    if (tokens === null) throw signedOut();
    const now = Date.now();
    if (now < tokens.expires_at - skewOf(tokens)) return tokens.access_token;
    try {
      return await this.renewed(tokens.access_token, signal);
    } catch (error) {
      // A renewal ahead of time may fail for a while; the old token is still valid.
      if (Date.now() < tokens.expires_at && isTransient(error)) return tokens.access_token;
      throw error;
    }
  }

  /** Answers a token other than `stale`: one that another tab has stored meanwhile, else a new one. */
  async renewed(stale: string, signal: AbortSignal | undefined): Promise<string> {
    return (await abortable(this.#renewOnce(stale), signal)).access_token;
  }

  async refresh(): Promise<StoredTokens> {
    const tokens = await this.tokens();
    if (tokens === null) throw signedOut();
    return this.#renewOnce(tokens.access_token);
  }

  #renewOnce(stale: string): Promise<StoredTokens> {
    this.#renewal ??= this.#renew(stale).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  #renew(stale: string): Promise<StoredTokens> {
    const { store, lockName, renew } = this.#options;
    return exclusively(lockName, async () => {
      const generation = this.generation;
      // Read inside the lock: a tab that held it before has left newer tokens here.
      const current = await this.tokens();
      if (current === null) throw signedOut();
      if (current.access_token !== stale && Date.now() < current.expires_at) return current;
      try {
        const next = stored(await renew(current.refresh_token));
        const now = await store.get();
        // Somebody signed in or out while the answer was under way: theirs counts.
        if (now?.refresh_token === current.refresh_token) await store.set(next);
        else if (now === null) throw signedOut();
        else return now;
        return next;
      } catch (error) {
        if (!isFinal(error)) throw error;
        const now = await store.get();
        if (now !== null && now.refresh_token !== current.refresh_token) return now;
        await this.end(error, generation);
        throw error;
      }
    });
  }
}
