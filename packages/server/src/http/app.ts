import cors from "@fastify/cors";
import { maxRequestBytes } from "@vero/contracts";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import type { Logger } from "../log/logger.js";
import { clientAddressOf } from "./client-address.js";
import { compressAnswers } from "./compression.js";
import { answerUnusual, boundConnections, type ConnectionLimits, clientErrorHandler } from "./connections.js";
import { boundExchanges } from "./exchanges.js";
import { parseJson } from "./json.js";
import { otherMethods } from "./methods.js";
import { type AllowedOrigins, isOriginAllowed, refusedOriginLog } from "./origins.js";
import { onError } from "./problems.js";
import { requestIdOf } from "./request-id.js";
import { type Timing, timing as usualTiming } from "./timing.js";
import { refuseMalformed } from "./wellformed.js";

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
  corsOrigins: AllowedOrigins;
  /** How many proxies in front of this process are to be believed about the client's address. */
  trustedProxies: number;
  /** Sends Strict-Transport-Security (RFC 6797): only when the public address is https. */
  hsts: boolean;
  /** Without it connections are not counted. */
  connections?: ConnectionLimits;
  /** Other times than usual, for tests. */
  timing?: Partial<Timing>;
  /** Another bound than usual for what all unread answers hold, for tests. */
  maxUnreadBytes?: number;
}

/** How long what is under way may take when we stop, in milliseconds. */
const closeWithin = 4_000;

/** Lets requests finish, but not one that never will: a half-sent body must not keep a process from stopping. */
export async function closeHttp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), closeWithin);
  await app.close().finally(() => clearTimeout(timer));
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
  const timing = { ...usualTiming, ...options.timing };
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "request_id" }),
    bodyLimit: maxRequestBytes,
    http: {
      headersTimeout: timing.headersMs,
      connectionsCheckingInterval: timing.checkMs,
      requireHostHeader: false,
    },
    connectionTimeout: timing.stallMs,
    // Node knows one limit for all requests: see `boundExchanges`.
    requestTimeout: 0,
    // A batch of ten calls, with the longest names there are, is one parameter.
    routerOptions: { maxParamLength: 512 },
    clientErrorHandler: clientErrorHandler(timing),
    return503OnClosing: false,
    // Before any hook: a path that cannot be decoded has no route.
    frameworkErrors: (error, request, reply) =>
      onError(error, request as FastifyRequest, reply.headers(headersFor(request)) as FastifyReply),
    genReqId: requestIdOf,
  });
  answerUnusual(app, timing);
  if (options.connections !== undefined) boundConnections(app, options.connections, options.log);

  app.decorateRequest("hasOperation", false);
  app.decorateRequest("problemCode", null);
  app.decorateRequest("clientAddress", {
    getter(this: FastifyRequest) {
      return clientAddressOf(this.raw, options.trustedProxies);
    },
  });
  app.setErrorHandler(onError);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
    try {
      // Many clients announce JSON and send none where every field is optional.
      done(null, body.length === 0 ? undefined : parseJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });

  // In this order: an answer is held, and its bytes are counted, as it is sent.
  compressAnswers(app);
  boundExchanges(app, timing, options.maxUnreadBytes);
  const { answerOptions, answerUnrouted } = otherMethods(app);
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(headersFor(request));
    return answerOptions(request, reply);
  });
  app.addHook("onResponse", async (request, reply) => {
    if (request.hasOperation) return;
    // The route, not the path: no ids, and nothing that a client put into a query.
    const { method, routeOptions, clientAddress: address, problemCode: code } = request;
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
  const logRefused = refusedOriginLog(options.log);
  // After CORS, so that a page can read why it was refused.
  app.addHook("onRequest", async (request, reply) => {
    const { origin } = request.headers;
    if (origin !== undefined && !isOriginAllowed(request.headers, options.corsOrigins)) logRefused(origin);
    refuseMalformed(request);
    return answerUnrouted(request, reply);
  });
  return app;
}
