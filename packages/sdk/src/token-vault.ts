import { isVeroError, VeroError } from "./errors.js";
import { exclusively } from "./lock.js";
import { after } from "./timer.js";
import { isTokens, type StoredTokens, type TokenStore } from "./tokens.js";

type Action = "read" | "write" | "watch";

function failed(action: Action, cause: unknown): VeroError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const detail = `The token store could not ${action} the tokens: ${reason}.`;
  return new VeroError({ code: "token_store_failed", detail, cause });
}

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
   * Writes if `isDue` holds of what is stored. Between that look and the end of the write no other tab writes, by a lock: a
   * write that goes on after the time-out would otherwise overwrite a later one. Answers what is stored then.
   */
  replace(tokens: StoredTokens | null, isDue: (now: StoredTokens | null) => boolean): Promise<StoredTokens | null> {
    const late = () => failed("write", new Error(`another write has not ended within ${this.#timeoutMs} ms`));
    return new Promise((resolve, reject) => {
      const write = async () => {
        const now = await this.read();
        if (!isDue(now)) return resolve(now);
        const writing = (async () => this.#store.set(tokens))();
        await this.#ask("write", () => writing).then(() => resolve(tokens), reject);
        await writing;
      };
      this.#exclusively(`${this.#lockName}:write`, late, write).catch(reject);
    });
  }

  /** Runs a renewal while no other tab renews. */
  renewing<T>(task: () => Promise<T>): Promise<T> {
    const detail = `Another renewal has not ended within ${this.#timeoutMs} ms.`;
    return this.#exclusively(this.#lockName, () => new VeroError({ code: "timeout", detail }), task);
  }

  /** Listens to the writes of other tabs until the answered function, which never throws, is called. */
  subscribe(listener: () => void): () => void {
    try {
      const unsubscribe = this.#store.subscribe?.(listener);
      return () => {
        try {
          unsubscribe?.();
        } catch {
          // The store goes on calling a listener that does nothing any more.
        }
      };
    } catch (cause) {
      throw failed("watch", cause);
    }
  }

  #exclusively<T>(name: string, late: () => VeroError, task: () => Promise<T>): Promise<T> {
    return exclusively({ about: this.#store, name, timeoutMs: this.#timeoutMs, late }, task);
  }

  async #ask<T>(action: Action, task: () => T | PromiseLike<T>): Promise<T> {
    let cancel = () => {};
    const late = new Promise<never>((_, reject) => {
      cancel = after(this.#timeoutMs, () => reject(new Error(`no answer within ${this.#timeoutMs} ms`)));
    });
    try {
      return await Promise.race([task(), late]);
    } catch (cause) {
      throw isVeroError(cause) ? cause : failed(action, cause);
    } finally {
      cancel();
    }
  }
}
