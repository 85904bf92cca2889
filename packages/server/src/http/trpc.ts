import { type AnyTRPCRouter, getTRPCErrorShape } from "@trpc/server";
import { incomingMessageToRequest } from "@trpc/server/adapters/node-http";
import { resolveResponse } from "@trpc/server/http";
import { AppError } from "@vero/contracts";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errorHeaders } from "../errors/problem.js";
import { asTrpcError, invalid, toAppError } from "../errors/to-app-error.js";
import type { CallContext } from "../procedures/context.js";
import { createBatch } from "../shares/batch.js";
import { parseJson } from "./json.js";
import { toHttpError } from "./problems.js";

const maxBatch = 10;
const understood = ["batch", "input"];

const pathOf = ({ params }: FastifyRequest): string => (params as { path?: string }).path ?? "";

/** Refuses a request as a whole, in the shape of tRPC: its client applies a single error to all calls of a batch. */
function refuseWith(router: AnyTRPCRouter) {
  return (thrown: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = toHttpError(thrown);
    if (error.code === "internal_error") request.log.error({ err: thrown }, "request failed");
    request.problemCode = error.code;
    const shape = getTRPCErrorShape({
      config: router._def._config,
      error: asTrpcError(error),
      type: "unknown",
      path: pathOf(request),
      input: undefined,
      ctx: { request_id: request.id },
    });
    reply.code(error.status).headers(errorHeaders(error, request.headers.authorization));
    return reply.type("application/json").send({ error: shape });
  };
}

function checkRequest(request: FastifyRequest): void {
  const unknown = Object.keys(request.query as object).filter((name) => !understood.includes(name));
  if (unknown.length > 0) {
    throw invalid(unknown.map((name) => ({ path: name, code: "unrecognized_key", message: "is not expected" })));
  }
  if (pathOf(request).split(",").length > maxBatch) {
    throw new AppError("validation_failed", { detail: `A batch has at most ${maxBatch} calls.` });
  }
}

/**
 * Mounts `/trpc/<operation>` for TypeScript clients that use tRPC itself, with the router, authentication and errors of
 * REST.
 */
export async function mountTrpc<C extends CallContext>(
  app: FastifyInstance,
  options: { prefix: string; router: AnyTRPCRouter; contextOf(request: FastifyRequest): C },
): Promise<void> {
  await app.register(async (scope) => {
    scope.setErrorHandler(refuseWith(options.router));
    // tRPC parses the text itself, so it is passed on as it is; `parseJson` applies the checks that hold for all JSON.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
      try {
        if (body.length > 0) parseJson(body as Buffer);
        done(null, new TextDecoder().decode(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    });
    scope.addHook("onRequest", async (request) => checkRequest(request));
    scope.route({
      method: ["GET", "POST"],
      url: `${options.prefix}/:path`,
      // tRPC would answer 204 to every HEAD request.
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        const response = await resolveResponse({
          router: options.router,
          req: incomingMessageToRequest(Object.assign(request.raw, { body: request.body }), reply.raw, {
            maxBodySize: null,
          }),
          path: pathOf(request),
          error: null,
          maxBatchSize: maxBatch,
          createContext: async ({ info }) => {
            const ctx = options.contextOf(request);
            return info.isBatchCall ? { ...ctx, batch: createBatch() } : ctx;
          },
          responseMeta: ({ errors, type, info }) => {
            // tRPC cannot express some statuses, such as 410, and a batch has no single one.
            const [error] = errors;
            if (error === undefined || info?.isBatchCall || type === "unknown") return {};
            const appError = toAppError(error);
            return {
              status: appError.status,
              headers: new Headers(errorHeaders(appError, request.headers.authorization)),
            };
          },
        });
        // A client of streamed batches wants the answer to each call as soon as it is there.
        if (response.headers.has("transfer-encoding")) return reply.send(response);
        // Sent as bytes, whose length counts in the bound on unread answers.
        reply.code(response.status).headers(Object.fromEntries(response.headers));
        return reply.send(Buffer.from(await response.arrayBuffer()));
      },
    });
  });
}
