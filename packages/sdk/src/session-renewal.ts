import type { VeroError } from "./errors.js";
import { type RetryPolicy, withRetries } from "./retry.js";
import { isRefusal, signedOut, userChanged } from "./session-errors.js";
import type { Snapshot } from "./session-tokens.js";
import type { TokenVault } from "./token-vault.js";
import { type StoredTokens, stored, type Tokens, userOf } from "./tokens.js";

export interface RenewalOptions {
  vault: TokenVault;
  retry: RetryPolicy;
  /** Sends POST /auth/refresh, once. */
  renew(refreshToken: string): Promise<Tokens>;
  read(): Promise<Snapshot>;
  /** Answers whether these may be tokens of the user of this client. */
  isOwn(tokens: StoredTokens): boolean;
  /** Ends the session with this number, which the server has refused. */
  end(error: VeroError, generation: number): Promise<void>;
}

/** Renews the tokens of one client; all calls that need it at the same time share one renewal. */
export class Renewal {
  readonly #options: RenewalOptions;
  #running: Promise<StoredTokens> | undefined;

  constructor(options: RenewalOptions) {
    this.#options = options;
  }

  /** Answers tokens with another access token than `stale`, where another tab has not left such already. */
  run(stale: string): Promise<StoredTokens> {
    const { vault, retry } = this.#options;
    // Nobody waits for the lock while this client waits for the next attempt.
    const renewing = () => withRetries(() => vault.renewing(() => this.#renew(stale)), retry);
    this.#running ??= renewing().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Renews the tokens by one request, under the lock. */
  async #renew(stale: string): Promise<StoredTokens> {
    const { vault, renew, read, isOwn, end } = this.#options;
    // Read inside the lock: a tab that held it before has left newer tokens here.
    const { tokens: current, generation } = await read();
    if (current === null) throw signedOut();
    if (!isOwn(current)) throw userChanged();
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
      if (!isRefusal(error)) throw error;
      const now = await vault.read();
      if (now !== null && !isCurrent(now)) return now;
      await end(error, generation);
      throw error;
    }
  }
}
