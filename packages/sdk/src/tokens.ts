import type { AuthTokens } from "./generated/client.js";

/** The tokens that sign a client in; an `AuthTokens` as the service answers it is one. */
export interface Tokens extends Pick<AuthTokens, "access_token" | "refresh_token" | "expires_in"> {
  /** Milliseconds since 1970 by this machine's clock; counted from now when absent. */
  expires_at?: number | undefined;
}

/** `Tokens` as a store keeps them: nothing but these four fields, JSON-serialisable. */
export interface StoredTokens extends Tokens {
  expires_at: number;
}

/**
 * Stores the tokens. Several clients (tabs) may share one store: the client reads it before each call and never keeps
 * a copy. `set(null)` means signed out. Both may be asynchronous.
 */
export interface TokenStore {
  get(): StoredTokens | null | Promise<StoredTokens | null>;
  set(tokens: StoredTokens | null): void | Promise<void>;
}

export const stored = (tokens: Tokens): StoredTokens => ({
  access_token: tokens.access_token,
  refresh_token: tokens.refresh_token,
  expires_in: tokens.expires_in,
  expires_at: tokens.expires_at ?? Date.now() + tokens.expires_in * 1000,
});

/** Keeps the tokens in this process only. The default. */
export function memoryTokens(initial: Tokens | null = null): TokenStore {
  let current = initial === null ? null : stored(initial);
  return {
    get: () => current,
    set: (tokens) => {
      current = tokens;
    },
  };
}

/** The part of `localStorage` and `sessionStorage` that is used here. */
export interface WebStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * Keeps the tokens in `localStorage` (shared by the tabs of an origin) or `sessionStorage`.
 * Whatever script runs in the page can read them there: only for pages with a strict content security policy.
 */
export function webStorageTokens(storage: WebStorage, key = "vero.tokens"): TokenStore {
  return {
    get: () => {
      try {
        return JSON.parse(storage.getItem(key) ?? "null") as StoredTokens | null;
      } catch {
        // Something else wrote under this key: the same as not being signed in.
        return null;
      }
    },
    set: (tokens) => (tokens === null ? storage.removeItem(key) : storage.setItem(key, JSON.stringify(tokens))),
  };
}
