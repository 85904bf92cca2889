import { type AppError, type ErrorCode, errorTable, type Problem } from "@vero/contracts";

/** The one formatter: every error of every transport leaves through here. */
export function problemOf(error: AppError, requestId: string): Problem {
  return {
    type: `/problems/${error.code}`,
    title: errorTable[error.code].title,
    status: error.status,
    // What is not the caller's to know stays inside: only errors we raised on purpose explain themselves.
    detail: error.status === 500 ? errorTable[error.code].title : error.message,
    code: error.code,
    request_id: requestId,
    ...(error.issues === undefined ? {} : { errors: [...error.issues] }),
  };
}

const aboutTheToken: readonly ErrorCode[] = ["unauthenticated", "token_expired"];

/** Whoever sends no token, or credentials of another scheme, is told of no error in it (RFC 6750 section 3). */
const presentsToken = (authorization: string | undefined): boolean => /^Bearer +\S/i.test(authorization ?? "");

/** Which credentials are wanted, and that those that came are not (RFC 9110 section 15.5.2). */
const challenge = (error: AppError, authorization: string | undefined): string =>
  presentsToken(authorization) && aboutTheToken.includes(error.code) ? 'Bearer error="invalid_token"' : "Bearer";

/** The headers that belong to an error, beside its content type, in answer to a request with that Authorization. */
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
