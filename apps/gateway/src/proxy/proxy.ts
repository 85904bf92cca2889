import type { Readable } from "node:stream";
import httpProxy, { type FastifyHttpProxyOptions } from "@fastify/http-proxy";
import type { FastifyReplyFromHooks } from "@fastify/reply-from";
import { AppError, deadlineMsOf, maxRequestBytes, msgsrvContract, type Procedure, restOf } from "@vero/contracts";
import { boundedBody, objectsPath } from "@vero/server";
import type { FastifyError, FastifyInstance, FastifyRequest } from "fastify";
import { fromUpstream, toUpstream } from "./forwarded.js";

/** The time beyond the deadline of the messaging service, within which its answer still arrives, in milliseconds. */
const marginMs = 250;

export const undiciWith = (answerMs: number) => ({
  connections: 256,
  connectTimeout: 2_000,
  headersTimeout: answerMs,
  bodyTimeout: 35_000,
});
/** Returns how long to wait for the answer of an operation, once the whole request was forwarded. */
export const answerMsOf = (procedure: Pick<Procedure, "share">, { deadlineFactor = 1 }: ProxyOptions): number =>
  deadlineMsOf(procedure) * deadlineFactor + marginMs;
/**
 * How long to wait for the answer of files, which have no deadline in the contract and may come from remote storage.
 */
const objectAnswerMs = 35_000;

function* causes(error: unknown): Generator<Error> {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) yield at;
}

/**
 * Converts a failure of the messaging service, which the caller has not caused: answers that cannot be parsed become
 * `bad_gateway`, everything else `unavailable`.
 */
function explain(error: unknown): AppError {
  for (const cause of causes(error)) {
    if (cause instanceof AppError) return cause;
    if (cause.name === "HTTPParserError") return new AppError("bad_gateway", { cause: error });
  }
  return new AppError("unavailable", { cause: error, retryAfter: 1 });
}

export function refuseAnnounced({ headers }: FastifyRequest): void {
  if (Number(headers["content-length"] ?? 0) > maxRequestBytes) throw new AppError("payload_too_large");
}

export const hooks: FastifyReplyFromHooks = {
  rewriteRequestHeaders: (request, headers) => toUpstream(request as FastifyRequest, headers),
  rewriteHeaders: (headers) => fromUpstream(headers),
  // The proxy does not retry: only the caller knows whether that is safe.
  retryDelay: () => null,
  // Sent as if the route had thrown it, because each route has its own shape for errors.
  onError: (reply, { error }) => void reply.send(explain(error)),
};

async function bounded(scope: FastifyInstance): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addHook("onRequest", async (request) => refuseAnnounced(request));
  scope.addHook("preParsing", async (_request, _reply, payload) => boundedBody(payload as Readable, maxRequestBytes));
}

export interface ProxyOptions {
  /** The address of the messaging service. */
  upstream: string;
  /** Multiplies the deadlines of the contract, as it does in the messaging service. */
  deadlineFactor?: number;
}

const proxyOf = (prefix: string, { upstream }: ProxyOptions, answerMs: number) =>
  ({
    upstream,
    prefix,
    rewritePrefix: prefix,
    routes: ["/*"],
    disableRequestLogging: true,
    undici: undiciWith(answerMs),
    replyOptions: hooks,
  }) satisfies FastifyHttpProxyOptions;

/**
 * Adds `accept-encoding` to `vary` where the messaging service has compressed the answer; its own `vary` is replaced by
 * that of the gateway's CORS.
 */
function varyByEncoding(scope: FastifyInstance): void {
  scope.addHook("onSend", async (_request, reply, payload) => {
    if (!reply.hasHeader("content-encoding")) return payload;
    reply.header("vary", [reply.getHeader("vary") ?? [], "accept-encoding"].flat().join(", "));
    return payload;
  });
}

/** Answers 404 to a path that would climb out of the prefix, which the proxy refuses with 400. */
function refuseClimbing(scope: FastifyInstance): void {
  scope.setErrorHandler((error: FastifyError) => {
    throw error.statusCode === 400 ? new AppError("route_not_found", { cause: error }) : error;
  });
}

const chatRoutes = Object.values(msgsrvContract).flatMap((domain) =>
  Object.values(domain).map((procedure) => {
    const { method, path } = restOf(procedure);
    return { method, url: path };
  }),
);

/**
 * Forwards `/v1/chat/*` to the messaging service. Operations of media may take longer, because confirming an upload
 * examines the file.
 */
export async function mountChatProxy(app: FastifyInstance, to: ProxyOptions): Promise<void> {
  await app.register(async (scope) => {
    refuseClimbing(scope);
    varyByEncoding(scope);
    await bounded(scope);
    const httpMethods = ["GET", "POST", "PATCH", "PUT", "DELETE"];
    const config = { isAuthenticated: true, passesOn: chatRoutes };
    const { confirm } = msgsrvContract.media;
    await scope.register(httpProxy, { ...proxyOf("/v1/chat", to, answerMsOf({}, to)), httpMethods, config });
    await scope.register(httpProxy, { ...proxyOf("/v1/chat/media", to, answerMsOf(confirm, to)), httpMethods, config });
  });
}

/**
 * Forwards files, when the messaging service keeps them in a folder. Their size is not bounded here: the service checks
 * it by the signed URL before it reads any of the body. They move at the speed of the slower side.
 */
export async function mountObjectsProxy(app: FastifyInstance, to: ProxyOptions): Promise<void> {
  await app.register(async (scope) => {
    refuseClimbing(scope);
    scope.removeAllContentTypeParsers();
    scope.addHook("onRequest", async ({ method, headers }) => {
      // No signed URL allows a body of unknown length, which has no foreseeable end.
      if (method === "PUT" && headers["content-length"] === undefined) throw new AppError("size_mismatch");
    });
    scope.addHook("preParsing", async (_request, _reply, payload) => boundedBody(payload as Readable));
    await scope.register(httpProxy, {
      ...proxyOf(objectsPath, to, objectAnswerMs),
      httpMethods: ["GET", "HEAD", "PUT"],
      config: { isTransfer: true },
      replyOptions: {
        ...hooks,
        // Drops `connection: close`, which the proxy adds, and which would cut off a client that still sends.
        onResponse: (_request, reply, response) => reply.removeHeader("connection").send(response.stream),
      },
    });
  });
}
