import { isVeroError, VeroError } from "./errors.js";

export const signedOut = (): VeroError => new VeroError({ code: "unauthenticated", detail: "Nobody is signed in." });

export const userChanged = (): VeroError =>
  new VeroError({ code: "user_changed", detail: "Another user has signed in, in another tab or with another client." });

/** Answers whether the server has refused this refresh token for good. */
export const isRefusal = (error: unknown): error is VeroError =>
  isVeroError(error, "invalid_refresh_token") || isVeroError(error, "token_reused");
