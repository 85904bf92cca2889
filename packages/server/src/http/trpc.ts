import type { AnyTRPCRouter } from "@trpc/server";
import { fastifyRequestHandler } from "@trpc/server/adapters/fastify";
import { AppError } from "@vero/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { invalid, settle } from "../errors/settle.js";
import type { CallContext } from "../procedures/context.js";
import { parseJson } from "./json.js";

const maxBatch = 10;
const understood = ["batch", "input"];

/** `/trpc/<operation>` for TypeScript clients that use tRPC itself; the same router, guard and errors as REST. */
export async function mountTrpc<C extends CallContext>(
  app: FastifyInstance,
  options: { prefix: string; router: AnyTRPCRouter; contextOf(request: FastifyRequest): C },
): Promise<void> {
  await app.register(async (scope) => {
    // tRPC reads the text itself; the checks on it are ours, as everywhere.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/json", { parseAs: "buffer" }, (_request, body, done) => {
      try {
        if (body.length > 0) parseJson(body as Buffer);
        done(null, body.toString());
      } catch (error) {
        done(error as Error);
      }
    });
    scope.route({
      method: ["GET", "POST"],
      url: `${options.prefix}/:path`,
      handler: async (request, reply) => {
        const { path } = request.params as { path: string };
        const unknown = Object.keys(request.query as object).filter((name) => !understood.includes(name));
        if (unknown.length > 0) {
          throw invalid(unknown.map((name) => ({ path: name, code: "unrecognized_key", message: "is not expected" })));
        }
        if (path.split(",").length > maxBatch) {
          throw new AppError("validation_failed", { detail: `A batch has at most ${maxBatch} calls.` });
        }
        await fastifyRequestHandler({
          router: options.router,
          req: request,
          res: reply,
          path,
          maxBatchSize: maxBatch,
          createContext: async () => options.contextOf(request),
          responseMeta: ({ errors, type, info }) => {
            // tRPC has no code for 410; a batch has no single status.
            const [error] = errors;
            return error === undefined || info?.isBatchCall || type === "unknown"
              ? {}
              : { status: settle(error).status };
          },
        });
        return reply;
      },
    });
  });
}
