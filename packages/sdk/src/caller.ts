import { isVeroError, ofOperation, VeroError } from "./errors.js";
import type { AuthRefreshInput, CallOptions } from "./generated/client.js";
import type { OperationId } from "./generated/operations.js";
import { exchange, type Fetch } from "./http.js";
import { isIdempotent, requestOf, specOf, withKey } from "./operation.js";
import { type RetryPolicy, withRetries } from "./retry.js";
import { SessionKeeper } from "./session.js";
import { TokenVault } from "./token-vault.js";
import { isTokens, type StoredTokens, type TokenStore, type Tokens, userOf } from "./tokens.js";

export interface CallerOptions {
  baseUrl: string;
  fetch: Fetch;
  timeoutMs: number;
  retry: RetryPolicy;
  store: TokenStore;
  initial: Tokens | undefined;
  /** See `SessionOptions`. */
  onReplaced(): void;
  onSignedOut(error: VeroError): void;
}

/** Options of one call of a series, as of an upload: all of them go out under the user of the first one. */
export interface SeriesOptions extends CallOptions {
  /** One object for the whole series. The first call sets the user. */
  series?: { userId?: string | undefined };
}

export interface Caller {
  session: SessionKeeper;
  call(operation: OperationId, input?: object, options?: SeriesOptions): Promise<unknown>;
}

/**
 * The server answers the same successor to a refresh token for 10 s after its first use. A lost reply must be asked for
 * again within that time, else it looks like theft; so an attempt may not take long.
 */
const refreshAttemptMs = 4000;

const wantsNewToken = (error: unknown): boolean =>
  isVeroError(error, "token_expired") || isVeroError(error, "unauthenticated");

/** Answers the tokens of a sign-in or a renewal; throws where something else was answered than this API does. */
function tokensOf(answer: unknown): Tokens {
  if (isTokens(answer) && userOf(answer) !== undefined) return answer;
  throw new VeroError({ code: "unexpected_response", detail: "Expected tokens, got something else.", status: 200 });
}

/** Sends operations: authorised, with a new token once after a 401, repeated where that is safe. */
export function createCaller(options: CallerOptions): Caller {
  const { baseUrl, fetch, timeoutMs, retry } = options;

  const session = new SessionKeeper({
    vault: new TokenVault(options.store, { timeoutMs, lockName: `vero:refresh:${baseUrl}` }),
    initial: options.initial,
    onReplaced: options.onReplaced,
    onSignedOut: options.onSignedOut,
    retry,
    renew: async (refreshToken) => {
      const input = { refresh_token: refreshToken } satisfies AuthRefreshInput;
      const request = requestOf("auth.refresh", input, baseUrl);
      return tokensOf(await exchange(request, { fetch, timeoutMs: Math.min(timeoutMs, refreshAttemptMs) }));
    },
  });

  const send: Caller["call"] = async (operation, given = {}, { signal, series = {}, ...overrides } = {}) => {
    const input = withKey(operation, given as Record<string, unknown>);
    const request = requestOf(operation, input, baseUrl);
    const retries = isIdempotent(operation, input) ? (overrides.retries ?? retry.retries) : 0;
    const run = (tokens?: StoredTokens) =>
      withRetries(
        () =>
          exchange(request, {
            fetch,
            timeoutMs: overrides.timeoutMs ?? timeoutMs,
            accessToken: tokens?.access_token,
            signal,
          }),
        { ...retry, retries },
        signal,
      );
    if (specOf(operation).public === true) return run();
    // Whoever made the call saw the data of this user: it goes out under theirs, or not at all.
    const as = series.userId ?? session.userId;
    const tokens = await session.grant(as, signal);
    series.userId = userOf(tokens);
    try {
      return await run(tokens);
    } catch (error) {
      if (!wantsNewToken(error)) throw error;
      // A 401 means that nothing was done, so that any operation may be sent again.
      return run(await session.renewed(tokens, series.userId, signal));
    }
  };

  const logout: Caller["call"] = async (operation, input, callOptions) => {
    await session.leave(() =>
      send(operation, input, callOptions).catch((error: unknown) => {
        // The session has ended already, here or on the server.
        const isOver = isVeroError(error, "unauthenticated") || isVeroError(error, "user_changed");
        // A page of a proxy with the same status says nothing of the session.
        if (!isOver && !(isVeroError(error) && error.problem?.status === 401)) throw error;
      }),
    );
  };

  const signIn: Caller["call"] = async (operation, input, callOptions) => {
    const tokens = tokensOf(await send(operation, input, callOptions));
    await session.signIn(tokens, { isRenewal: operation === "auth.refresh" });
    return tokens;
  };

  const special: Partial<Record<OperationId, Caller["call"]>> = {
    "auth.signup": signIn,
    "auth.login": signIn,
    "auth.refresh": signIn,
    "auth.logout": logout,
  };

  return {
    session,
    call: async (operation, input, callOptions) => {
      try {
        return await (special[operation] ?? send)(operation, input, callOptions);
      } catch (error) {
        throw ofOperation(error, operation);
      }
    },
  };
}
