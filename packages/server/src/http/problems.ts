import { STATUS_CODES } from "node:http";
import { AppError, type ErrorCode } from "@vero/contracts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { v7 as uuidv7 } from "uuid";
import { errorHeaders, problemOf, problemType } from "../errors/problem.js";
import { invalid, toAppError } from "../errors/to-app-error.js";

/** Maps the errors of Fastify for which the contract has a more exact code than their status would give. */
const frameworkCodes: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "malformed_request",
  FST_ERR_MAX_PARAM_LENGTH: "route_not_found",
};

/**
 * Maps all other refusals of Fastify and its plugins by status: there, the request is at fault and not this service.
 */
const statusCodes: Record<number, ErrorCode> = {
  400: "malformed_request",
  404: "route_not_found",
  405: "method_not_allowed",
  408: "request_timeout",
  413: "payload_too_large",
  415: "unsupported_media_type",
};

/** Converts anything that was thrown on the way through Fastify into an error of the contract. */
export function toHttpError(error: FastifyError): AppError {
  if (error.code === "FST_ERR_BAD_URL") {
    const message = "the path is not UTF-8, percent-encoded";
    return invalid([{ path: "", code: "invalid_encoding", message }], error);
  }
  const appError = toAppError(error);
  if (appError.code !== "internal_error" || error instanceof AppError) return appError;
  const code = frameworkCodes[error.code] ?? statusCodes[error.statusCode ?? 500];
  return code === undefined ? appError : new AppError(code, { cause: error });
}

export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const headers = errorHeaders(error, request.headers.authorization);
  request.problemCode = error.code;
  return reply
    .code(error.status)
    .headers({ ...headers, "content-type": problemType })
    .send(problemOf(error, request.id));
}

export function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const appError = toHttpError(error);
  if (appError.code === "internal_error" && !(error instanceof AppError)) {
    request.log.error({ err: error }, "request failed");
  }
  return sendProblem(appError, request, reply);
}

/** Serialises a problem as a complete HTTP response, for connections without a request that Fastify could answer. */
export function problemBytes(
  error: AppError,
  more: { requestId?: string; headers?: Record<string, string> } = {},
): string {
  const requestId = more.requestId ?? uuidv7();
  const body = JSON.stringify(problemOf(error, requestId));
  const headers = {
    ...errorHeaders(error, undefined),
    ...more.headers,
    "content-type": problemType,
    "x-request-id": requestId,
    "cache-control": "no-store",
    "content-length": Buffer.byteLength(body),
    connection: "close",
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`, ...lines, "", body].join("\r\n");
}
