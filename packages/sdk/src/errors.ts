import type { AuthRefreshErrorCode, OperationTypes, Problem, ProblemIssue } from "./generated/client.js";

/** The codes that the service answers with; openapi.json lists them per operation. */
export type ServerErrorCode = Problem["code"];

/**
 * The codes made by this client.
 *
 * - `network_error`: no answer (refused, reset, DNS, TLS), or the socket was lost before the reply.
 * - `timeout`: no complete answer within the time allowed, or no turn to renew the session.
 * - `aborted`: the caller's signal fired, or the connection was closed by the caller.
 * - `unexpected_response`: an answer that is not of this API, such as the HTML page of a proxy.
 * - `connection_closed`: the server closed the socket for good (close codes 4500 to 4999).
 * - `not_connected`: a realtime request before `connect()` or after `close()`.
 * - `user_changed`: another user has signed in since, so that the call was not sent.
 * - `token_store_failed`: the token store threw, or gave no answer in time.
 */
export type ClientErrorCode =
  | "network_error"
  | "timeout"
  | "aborted"
  | "unexpected_response"
  | "connection_closed"
  | "not_connected"
  | "user_changed"
  | "token_store_failed";

export type VeroErrorCode = ServerErrorCode | ClientErrorCode;

export interface VeroErrorInit {
  code: VeroErrorCode;
  operation?: keyof OperationTypes | undefined;
  detail: string;
  status?: number;
  requestId?: string | null;
  retryAfter?: number | undefined;
  problem?: Problem | undefined;
  errors?: Problem["errors"];
  cause?: unknown;
}

// The ESM and the CJS build may both be loaded in one process; `instanceof` would not know the other's errors.
const brand = Symbol.for("vero.error");

/** The one error that calls of this client throw. Branch on `code`. */
export class VeroError extends Error {
  /** Stable; what programs branch on. */
  readonly code: VeroErrorCode;
  /** The operation whose call failed; undefined where it was none. */
  readonly operation: keyof OperationTypes | undefined;
  /** The HTTP status, or 0 when no answer came. */
  readonly status: number;
  /** The id to quote when asking the operator of the service about it; null when no answer came. */
  readonly request_id: string | null;
  /** For people. */
  readonly detail: string;
  /** Which fields of the input were refused: `{ path, code, message }` each. */
  readonly errors: Problem["errors"];
  /** Seconds after which the same call may succeed, from the header `Retry-After` (RFC 9110 section 10.2.3). */
  readonly retryAfter: number | undefined;
  /** The body as the service answered it. */
  readonly problem: Problem | undefined;

  constructor(init: VeroErrorInit) {
    super(`${init.code}: ${init.detail}`, { cause: init.cause });
    this.name = "VeroError";
    this.code = init.code;
    this.operation = init.operation;
    this.status = init.status ?? 0;
    this.request_id = init.requestId ?? init.problem?.request_id ?? null;
    this.detail = init.detail;
    this.errors = init.errors ?? init.problem?.errors ?? (init.code === "validation_failed" ? [] : undefined);
    this.retryAfter = init.retryAfter;
    this.problem = init.problem;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** The fields that are always there with a code. */
interface Certain {
  validation_failed: { readonly errors: ProblemIssue[] };
}

/** The errors with these codes, as a union that `code` tells apart. */
export type TypedError<C extends VeroErrorCode = VeroErrorCode> = {
  [K in C]: VeroError & { readonly code: K } & (K extends keyof Certain ? Certain[K] : unknown);
}[C];

/**
 * The errors that a call of this operation may throw, as a union that `code` tells apart: those that the service answers it
 * with, those of a renewal of the session, and those of this client.
 */
export type OperationError<O extends keyof OperationTypes> = TypedError<
  OperationTypes[O]["errorCode"] | AuthRefreshErrorCode | ClientErrorCode
>;

/** Answers whether `error` is a `VeroError`, and, with `code`, whether it is that one. */
export function isVeroError<C extends VeroErrorCode = VeroErrorCode>(error: unknown, code?: C): error is TypedError<C> {
  if (typeof error !== "object" || error === null || !(brand in error)) return false;
  return code === undefined || (error as { code?: unknown }).code === code;
}

/**
 * Answers whether a call of this operation threw it. In a `switch` over `error.code` there are then the codes of this
 * operation only; one that a newer server answers falls through to `default`.
 */
export const isErrorOf = <O extends keyof OperationTypes>(error: unknown, operation: O): error is OperationError<O> =>
  isVeroError(error) && error.operation === operation;

/** Answers a copy of the error that names the operation: calls that wait for one renewal share its error. */
export function ofOperation(error: unknown, operation: keyof OperationTypes): unknown {
  if (!isVeroError(error)) return error;
  const { request_id: requestId, cause, stack } = error;
  // The stack of the copy would end here, and not where the call failed.
  return Object.assign(new VeroError({ ...error, requestId, cause, operation }), { stack });
}

/** Makes the error of a problem document. */
export function fromProblem(problem: Problem, more: { retryAfter?: number | undefined } = {}): VeroError {
  return new VeroError({
    code: problem.code,
    detail: problem.detail,
    status: problem.status,
    problem,
    retryAfter: more.retryAfter,
  });
}

/** Makes the error of an input that cannot be written into a request, such as one that contains itself. */
export const unsendable = (cause: unknown): VeroError =>
  new VeroError({ code: "validation_failed", detail: `The input cannot be sent: ${cause}.`, cause });

/** A problem document, as far as this client relies on its shape. */
export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { code, status, detail } = value as Record<string, unknown>;
  return typeof code === "string" && typeof status === "number" && typeof detail === "string";
}
