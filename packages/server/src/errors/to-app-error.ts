import { TRPCError } from "@trpc/server";
import { AppError, type ErrorCode, type Issue, type IssueCode, issueTable } from "@vero/contracts";
import { isUnavailable } from "@vero/db";
import type { z } from "zod";

type ZodIssue = z.core.$ZodIssue;

const joined = (path: readonly PropertyKey[]): string => path.map(String).join(".");

const isIssueCode = (code: unknown): code is IssueCode => typeof code === "string" && Object.hasOwn(issueTable, code);

/**
 * Returns the contract's code for an issue. Refinements of ours name theirs in `params`, because zod calls all of them
 * `custom`.
 */
function codeOf(issue: ZodIssue): IssueCode {
  const code = issue.code === "custom" ? issue.params?.["code"] : issue.code;
  return isIssueCode(code) ? code : "invalid_value";
}

/** Converts an issue of zod. Each unknown field becomes an issue of its own, under its own path. */
function issuesOf(issue: ZodIssue): Issue[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ path: joined(issue.path), code: codeOf(issue), message: issue.message }];
  }
  return issue.keys.map((key) => ({
    path: joined([...issue.path, key]),
    code: "unrecognized_key",
    message: "is not a field of this operation",
  }));
}

const isZodError = (error: unknown): error is { issues: ZodIssue[] } =>
  error instanceof Error &&
  "issues" in error &&
  Array.isArray(error.issues) &&
  /ZodError$/.test(error.constructor.name);

/** Bounds the issues of one answer, so that the answer does not grow with the input. */
const maxIssues = 20;

export const invalid = (issues: readonly Issue[], cause?: unknown): AppError =>
  new AppError("validation_failed", { issues: issues.slice(0, maxIssues), cause });

/** Maps the errors that tRPC raises by itself to codes of the contract. */
const trpcOwn: { [C in TRPCError["code"]]?: ErrorCode } = {
  NOT_FOUND: "route_not_found",
  METHOD_NOT_SUPPORTED: "method_not_allowed",
  PARSE_ERROR: "malformed_json",
  BAD_REQUEST: "validation_failed",
  PAYLOAD_TOO_LARGE: "payload_too_large",
  UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
};

/**
 * Converts anything that was thrown into an error of the contract. A database that is away or overloaded becomes
 * `unavailable`, and what is unknown `internal_error`.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) {
    if (error.cause instanceof AppError) return error.cause;
    if (error.code === "BAD_REQUEST" && isZodError(error.cause)) {
      return invalid(error.cause.issues.flatMap(issuesOf), error.cause);
    }
    const code = trpcOwn[error.code];
    if (code !== undefined) return new AppError(code, { cause: error });
  }
  if (isUnavailable(error)) return new AppError("unavailable", { cause: error, retryAfter: 1 });
  return new AppError("internal_error", { cause: error });
}

const trpcCodes = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  408: "TIMEOUT",
  409: "CONFLICT",
  410: "NOT_FOUND",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  416: "BAD_REQUEST",
  422: "UNPROCESSABLE_CONTENT",
  429: "TOO_MANY_REQUESTS",
  431: "BAD_REQUEST",
  500: "INTERNAL_SERVER_ERROR",
  501: "NOT_IMPLEMENTED",
  502: "BAD_GATEWAY",
  503: "SERVICE_UNAVAILABLE",
} as const satisfies Record<AppError["status"], TRPCError["code"]>;

export const asTrpcError = (error: AppError): TRPCError =>
  new TRPCError({ code: trpcCodes[error.status as keyof typeof trpcCodes], message: error.message, cause: error });
