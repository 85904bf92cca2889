import { TRPCError } from "@trpc/server";
import { AppError, type Issue } from "@vero/contracts";
import { isUnavailable } from "@vero/db";
import type { z } from "zod";

type ZodIssue = z.core.$ZodIssue;

const joined = (path: readonly PropertyKey[]): string => path.map(String).join(".");

/** Unknown fields are named one by one, under their own path. */
function issuesOf(issue: ZodIssue): Issue[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ path: joined(issue.path), code: issue.code, message: issue.message }];
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

/** Too many issues help nobody, and an answer must not grow with the input. */
const maxIssues = 20;

export const invalid = (issues: readonly Issue[], cause?: unknown): AppError =>
  new AppError("validation_failed", { issues: issues.slice(0, maxIssues), cause });

/** What went wrong, whoever threw it, as one of the contract's errors. */
export function settle(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) {
    if (error.cause instanceof AppError) return error.cause;
    if (error.code === "BAD_REQUEST" && isZodError(error.cause)) {
      return invalid(error.cause.issues.flatMap(issuesOf), error.cause);
    }
    if (error.code === "NOT_FOUND") return new AppError("route_not_found", { cause: error });
    if (error.code === "METHOD_NOT_SUPPORTED") return new AppError("method_not_allowed", { cause: error });
    if (error.code === "PARSE_ERROR") return new AppError("malformed_json", { cause: error });
    if (error.code === "BAD_REQUEST") return new AppError("validation_failed", { cause: error });
    if (error.code === "UNSUPPORTED_MEDIA_TYPE") return new AppError("unsupported_media_type", { cause: error });
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
