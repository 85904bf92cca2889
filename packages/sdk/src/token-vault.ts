import { isVeroError, VeroError } from "./errors.js";
import { exclusively } from "./lock.js";
import { isTokens, type StoredTokens, type TokenStore } from "./tokens.js";

/**
 * The store as this client uses it: what is no tokens counts as none, an error of the store is a `VeroError`, and so is
 * waiting longer than `timeoutMs`.
 */
export class TokenVault {
  readonly #store: TokenStore;
  readonly #timeoutMs: number;
  readonly #lockName: string;

  constructor(store: TokenStore, options: { timeoutMs: number; lockName: string }) {
    this.#store = store;
    this.#timeoutMs = options.timeoutMs;
    this.#lockName = options.lockName;
  }

  async read(): Promise<StoredTokens | null> {
    const tokens = await this.#ask("read", () => this.#store.get());
    return isTokens(tokens) ? tokens : null;
  }

  /**
   * Writes if `isDue` holds of what is stored. Between that look and the write no other tab writes, by a lock. Answers what
   * is stored then.
   */
  replace(tokens: StoredTokens | null, isDue: (now: StoredTokens | null) => boolean): Promise<StoredTokens | null> {
    return exclusively(this.#store, `${this.#lockName}:write`, async () => {
      const now = await this.read();
      if (!isDue(now)) return now;
      await this.#ask("write", () => this.#store.set(tokens));
      return tokens;
    });
  }

  /** Runs a renewal while no other tab renews. */
  renewing<T>(task: () => Promise<T>): Promise<T> {
    return exclusively(this.#store, this.#lockName, task);
  }

  subscribe(listener: () => void): () => void {
    return this.#store.subscribe?.(listener) ?? (() => {});
  }

  async #ask<T>(action: "read" | "write", task: () => T | Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const answer = task();
      if (!(answer instanceof Promise)) return answer;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${this.#timeoutMs} ms`)), this.#timeoutMs);
      });
      return await Promise.race([answer, late]);
    } catch (cause) {
      if (isVeroError(cause)) throw cause;
      const reason = cause instanceof Error ? cause.message : String(cause);
      const detail = `The token store could not ${action} the tokens: ${reason}.`;
      throw new VeroError({ code: "token_store_failed", detail, cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
