import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import cors from "@fastify/cors";
import { AppError } from "@vero/contracts";
import Fastify, {
  type ConnectionError,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { v7 as uuidv7 } from "uuid";
import { problemHeaders, problemOf } from "../errors/problem.js";
import { settle } from "../errors/settle.js";
import type { Logger } from "../log/logger.js";
import { arriveInTime } from "./arrival.js";
import { parseJson } from "./json.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Operations have lines of their own in the log, whatever transport they come by. */
    hasOperation: boolean;
    /** The code of the problem that was answered. */
    problemCode: string | null;
  }
}

export interface HttpOptions {
  log: Logger;
  /** Exact origins that browsers may call from. */
  corsOrigins: readonly string[];
  /** How many proxies in front of this process are to be believed about the client's address. */
  trustedProxies: number;
  /** Sends Strict-Transport-Security (RFC 6797): only when the public address is https. */
  hsts: boolean;
}

const requestIdPattern = /^[\w.:-]{1,128}$/;

/** The codes of Fastify's own errors that the contract has a word for. */
const frameworkCodes: Record<string, ConstructorParameters<typeof AppError>[0]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "payload_too_large",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "unsupported_media_type",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "malformed_json",
  FST_ERR_BAD_URL: "route_not_found",
  FST_ERR_MAX_PARAM_LENGTH: "route_not_found",
};

export function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.problemCode = error.code;
  return reply.code(error.status).headers(problemHeaders(error)).send(problemOf(error, request.id));
}

function onError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code = frameworkCodes[error.code];
  const settled = code === undefined ? settle(error) : new AppError(code, { cause: error });
  if (settled.code === "internal_error" && !(error instanceof AppError)) {
    request.log.error({ err: error }, "request failed");
  }
  return sendProblem(settled, request, reply);
}

/** 404, or 405 with `Allow` (RFC 9110 section 15.5.6) when the path is one that answers other methods. */
function notFound(app: FastifyInstance) {
  const routes: { method: string; pattern: RegExp }[] = [];
  app.addHook("onRoute", ({ method, url }) => {
    const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const pattern = new RegExp(`^${escaped.replace(/:\w+/g, "[^/]+").replace("/\\*", "/.+")}$`);
    for (const one of [method].flat()) routes.push({ method: one, pattern });
  });
  return (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split("?", 1)[0] ?? "";
    const allowed = new Set(routes.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method));
    if (allowed.size === 0) return sendProblem(new AppError("route_not_found"), request, reply);
    reply.header("allow", [...allowed].join(", "));
    return sendProblem(new AppError("method_not_allowed"), request, reply);
  };
}

/** How long what is under way may take when we stop, in milliseconds. */
const closeWithin = 4_000;

/** Lets requests finish, but not one that never will: a half-sent body must not keep a process from stopping. */
export async function closeHttp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), closeWithin);
  await app.close();
  clearTimeout(timer);
}

/** What is not HTTP gets an answer of the same kind as everything else (there is no request to take an id from). */
function onClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const isTooLarge = error.code === "HPE_HEADER_OVERFLOW";
  const settled = new AppError(isTooLarge ? "headers_too_large" : "malformed_request", { cause: error });
  const requestId = uuidv7();
  const body = JSON.stringify(problemOf(settled, requestId));
  const headers = { ...problemHeaders(settled), "x-request-id": requestId, "content-length": Buffer.byteLength(body) };
  const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${settled.status} ${STATUS_CODES[settled.status]}`, ...lines, "", body].join("\r\n"));
}

/** A Fastify instance with what holds for every route: ids, limits, parser, headers, errors. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const headersFor = ({ id }: { id: string }) => ({
    "x-request-id": id,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    ...(options.hsts ? { "strict-transport-security": "max-age=31536000" } : {}),
  });
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request_id" }),
    bodyLimit: 64 * 1024,
    // Node knows one limit for all requests: see `arriveInTime`.
    requestTimeout: 0,
    trustProxy: (_address: string, hop: number) => hop < options.trustedProxies,
    // A batch of ten calls, with the longest names there are, is one parameter.
    routerOptions: { maxParamLength: 512 },
    clientErrorHandler: onClientError,
    return503OnClosing: false,
    // Before any hook: a path that cannot be decoded has no route.
    frameworkErrors: (error, request, reply) =>
      onError(error, request as FastifyRequest, reply.headers(headersFor(request)) as FastifyReply),
    genReqId: (request) => {
      const given = request.headers["x-request-id"];
      return typeof given === "string" && requestIdPattern.test(given) ? given : uuidv7();
    },
  });
  app.server.headersTimeout = 10_000;

  app.decorateRequest("hasOperation", false);
  app.decorateRequest("problemCode", null);

  app.setErrorHandler(onError);
  app.setNotFoundHandler(notFound(app));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    try {
      // Many clients announce JSON and send none where every field is optional.
      done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });

  app.addHook("onRequest", async (request, reply) => {
    arriveInTime(request);
    reply.headers(headersFor(request));
  });
  app.addHook("onResponse", async (request, reply) => {
    if (request.hasOperation) return;
    // The route, not the path: no ids, and nothing that a client put into a query.
    const { method, routeOptions, ip: address, problemCode: code } = request;
    const ms = Math.round(reply.elapsedTime);
    const route = routeOptions.url ?? null;
    request.log.info({ method, route, address, status: reply.statusCode, ...(code && { code }), ms }, "request");
  });
  await app.register(cors, {
    origin: [...options.corsOrigins],
    methods: ["GET", "POST", "PATCH", "PUT", "DELETE"],
    allowedHeaders: ["authorization", "content-type", "x-request-id"],
    exposedHeaders: ["x-request-id", "retry-after", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"],
    maxAge: 600,
    strictPreflight: false,
  });
  return app;
}
