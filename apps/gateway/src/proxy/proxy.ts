import type { Readable } from "node:stream";
import httpProxy, { type FastifyHttpProxyOptions } from "@fastify/http-proxy";
import type { FastifyReplyFromHooks } from "@fastify/reply-from";
import { AppError, deadlineMsOf, msgsrvContract, type Procedure, restOf } from "@vero/contracts";
import { boundedBody, objectsPath } from "@vero/server";
import type { FastifyError, FastifyInstance, FastifyRequest } from "fastify";
import { fromUpstream, toUpstream } from "./forwarded.js";

export const maxBody = 64 * 1024;

/** A little longer than the messaging service gives itself, so that its answer arrives if there is one. */
const marginMs = 250;

export const undiciWith = (answerMs: number) => ({
  connections: 256,
  connectTimeout: 2_000,
  headersTimeout: answerMs,
  bodyTimeout: 35_000,
});
/** How long to wait for the answer of an operation, once the whole request was passed on. */
export const answerMsOf = (procedure: Pick<Procedure, "share">, { deadlineFactor = 1 }: ProxyOptions): number =>
  deadlineMsOf(procedure) * deadlineFactor + marginMs;
/** For what no operation is behind: files, which may be read from far away. */
const objectAnswerMs = 35_000;

function* causes(error: unknown): Generator<Error> {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) yield at;
}

/** Away, too slow or talking nonsense: all of that is ours to explain. */
function explain(error: unknown): AppError {
  for (const cause of causes(error)) {
    if (cause instanceof AppError) return cause;
    if (cause.name === "HTTPParserError") return new AppError("bad_gateway", { cause: error });
  }
  return new AppError("unavailable", { cause: error, retryAfter: 1 });
}

export function refuseAnnounced({ headers }: FastifyRequest): void {
  if (Number(headers["content-length"] ?? 0) > maxBody) throw new AppError("payload_too_large");
}

export const hooks: FastifyReplyFromHooks = {
  rewriteRequestHeaders: (request, headers) => toUpstream(request as FastifyRequest, headers),
  rewriteHeaders: (headers) => fromUpstream(headers),
  // A failure is for the caller to try again, who knows whether that is safe.
  retryDelay: () => null,
  // As if the route had thrown it: each has its own shape for errors.
  onError: (reply, { error }) => void reply.send(explain(error)),
};

async function bounded(scope: FastifyInstance): Promise<void> {
  scope.removeAllContentTypeParsers();
  scope.addHook("onRequest", async (request) => refuseAnnounced(request));
  scope.addHook("preParsing", async (_request, _reply, payload) => boundedBody(payload as Readable, maxBody));
}

export interface ProxyOptions {
  /** Where the messaging service listens. */
  upstream: string;
  /** How many times as long as in the contract the messaging service's deadlines are. */
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

/** What is compressed behind us depends on what was asked for, beside the origin that our own rules add. */
function varyByEncoding(scope: FastifyInstance): void {
  scope.addHook("onSend", async (_request, reply, payload) => {
    if (!reply.hasHeader("content-encoding")) return payload;
    reply.header("vary", [reply.getHeader("vary") ?? [], "accept-encoding"].flat().join(", "));
    return payload;
  });
}

/** A path that would climb out of the prefix leads nowhere. */
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

/** `/v1/chat/*` to the messaging service; files may be looked at for longer than everything else may take. */
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
 * Files, when the messaging service keeps them in a folder: as large as its signed URLs allow, which it sees before it
 * reads any of them, and at the speed of the slower side.
 */
export async function mountObjectsProxy(app: FastifyInstance, to: ProxyOptions): Promise<void> {
  await app.register(async (scope) => {
    refuseClimbing(scope);
    scope.removeAllContentTypeParsers();
    scope.addHook("onRequest", async ({ method, headers }) => {
      // No signed URL allows it, and of such a body nobody knows when it ends.
      if (method === "PUT" && headers["content-length"] === undefined) throw new AppError("size_mismatch");
    });
    scope.addHook("preParsing", async (_request, _reply, payload) => boundedBody(payload as Readable));
    await scope.register(httpProxy, {
      ...proxyOf(objectsPath, to, objectAnswerMs),
      httpMethods: ["GET", "HEAD", "PUT"],
      config: { isTransfer: true },
      replyOptions: {
        ...hooks,
        // Without the proxy's own wish to close the connection on a client that still sends.
        onResponse: (_request, reply, response) => reply.removeHeader("connection").send(response.stream),
      },
    });
  });
}
