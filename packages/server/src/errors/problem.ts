import { type AppError, errorTable, type Problem } from "@vero/contracts";

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

/** The headers that belong to an error: RFC 9110 (Retry-After, WWW-Authenticate), RFC 6750 section 3. */
export function problemHeaders(error: AppError): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/problem+json; charset=utf-8" };
  if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  if (error.limit !== undefined) {
    headers["ratelimit-limit"] = String(error.limit.points);
    headers["ratelimit-remaining"] = "0";
    headers["ratelimit-reset"] = String(error.retryAfter ?? 1);
  }
  if (error.code === "unauthenticated") headers["www-authenticate"] = "Bearer";
  if (error.code === "token_expired") headers["www-authenticate"] = 'Bearer error="invalid_token"';
  return headers;
}
