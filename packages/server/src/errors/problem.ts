import { type AppError, type ErrorCode, errorTable, type Problem } from "@vero/contracts";

/**
 * Formats an error as the problem that clients receive. Every transport uses it, so that errors look the same on all.
 */
export function problemOf(error: AppError, requestId: string): Problem {
  return {
    type: `/problems/${error.code}`,
    title: errorTable[error.code].title,
    status: error.status,
    // A 500 shows its title only: the message of an error that nobody raised on purpose may reveal internals.
    detail: error.status === 500 ? errorTable[error.code].title : error.message,
    code: error.code,
    request_id: requestId,
    ...(error.issues === undefined ? {} : { errors: [...error.issues] }),
  };
}

const aboutTheToken: readonly ErrorCode[] = ["unauthenticated", "token_expired"];

/**
 * Tells whether the request presents a bearer token; to one that does not, the challenge names no error (RFC 6750
 * section 3).
 */
const presentsToken = (authorization: string | undefined): boolean => /^Bearer +\S/i.test(authorization ?? "");

/**
 * Builds the challenge of a 401 (RFC 9110 section 15.5.2): the scheme, and the error of the token that was presented.
 */
const challenge = (error: AppError, authorization: string | undefined): string =>
  presentsToken(authorization) && aboutTheToken.includes(error.code) ? 'Bearer error="invalid_token"' : "Bearer";

/**
 * Returns the headers that go with an error, besides its content type. `authorization` is the header of the request.
 */
export function errorHeaders(error: AppError, authorization: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  if (error.limit !== undefined) {
    headers["ratelimit-limit"] = String(error.limit.points);
    headers["ratelimit-remaining"] = "0";
    headers["ratelimit-reset"] = String(error.retryAfter ?? 1);
  }
  if (error.status === 401) headers["www-authenticate"] = challenge(error, authorization);
  return headers;
}

export const problemType = "application/problem+json; charset=utf-8";
