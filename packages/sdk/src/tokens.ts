import type { AuthTokens } from "./generated/client.js";
import { listen, platform } from "./platform.js";

/** The tokens that sign a client in; an `AuthTokens` as the service answers it is one. */
export interface Tokens extends Pick<AuthTokens, "access_token" | "refresh_token" | "expires_in"> {
  /** Milliseconds since 1970 by this machine's clock; counted from now when absent. */
  expires_at?: number | undefined;
  /** The user whose tokens these are. Where it is absent, the access token says so, or the answer to a renewal. */
  user?: { id: string } | undefined;
}

/** `Tokens` as a store keeps them: nothing but these five fields, JSON-serialisable. */
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
  /**
   * Calls the listener whenever somebody else may have written, until the answered function is called. Without it a client
   * notices at its next call that another user has signed in.
   */
  subscribe?(listener: () => void): () => void;
}

export const stored = ({ access_token, refresh_token, expires_in, expires_at, user }: Tokens): StoredTokens => ({
  access_token,
  refresh_token,
  expires_in,
  expires_at: expires_at ?? Date.now() + expires_in * 1000,
  ...(user && { user: { id: user.id } }),
});

/** Answers whether a value that came from outside has what every use of tokens relies on. */
export function isTokens(value: unknown): value is Tokens {
  const { access_token, refresh_token, expires_in } = Object(value) as Record<string, unknown>;
  return typeof access_token === "string" && typeof refresh_token === "string" && typeof expires_in === "number";
}

/** The `sub` of a JWT (RFC 9068 section 2.2); undefined for a token that is none. */
function subjectOf(accessToken: string): string | undefined {
  try {
    const [, payload = ""] = accessToken.split(".");
    // Ids are ASCII: the bytes of other claims do not have to be decoded right.
    const { sub } = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as { sub?: unknown };
    return typeof sub === "string" ? sub : undefined;
  } catch {
    return undefined;
  }
}

/** Answers the id of the user whose tokens these are, as far as they say so. */
export const userOf = ({ user, access_token }: Tokens): string | undefined => user?.id ?? subjectOf(access_token);

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
      const text = storage.getItem(key) ?? "null";
      try {
        return JSON.parse(text) as StoredTokens | null;
      } catch {
        // Something else wrote under this key: the same as not being signed in.
        return null;
      }
    },
    set: (tokens) => (tokens === null ? storage.removeItem(key) : storage.setItem(key, JSON.stringify(tokens))),
    // Browsers tell the other tabs, and not the one that has written. A `key` of null means that all was cleared.
    subscribe: (listener) =>
      listen(platform(), "storage", (event: { key: string | null; storageArea?: unknown }) => {
        const isHere = event.storageArea === undefined || event.storageArea === storage;
        if (isHere && (event.key === key || event.key === null)) listener();
      }),
  };
}
