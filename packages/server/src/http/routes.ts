import type { AnyTRPCRouter } from "@trpc/server";
import { type Domain, msgsrvContract, type Procedure, restOf } from "@vero/contracts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { invalid } from "../errors/to-app-error.js";
import { callOperation } from "../procedures/call.js";
import type { CallContext } from "../procedures/context.js";
import { queryReader } from "./query.js";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Builds a reader that merges path, query and body of a request into the input of an operation. A field in another part
 * than the contract names is refused.
 */
function inputReader(procedure: Procedure): (request: FastifyRequest) => Record<string, unknown> {
  const { rest, pathParameters } = restOf(procedure);
  const readQuery = queryReader(procedure.input);
  return (request) => {
    const query = request.query as Record<string, unknown>;
    const body = request.body === undefined ? {} : request.body;
    if (!isObject(body)) throw invalid([{ path: "", code: "invalid_type", message: "the body must be a JSON object" }]);
    const [fields, elsewhere] = rest === "query" ? [readQuery(query), body] : [body, query];
    const misplaced = [...pathParameters.filter((name) => name in fields), ...Object.keys(elsewhere)];
    if (misplaced.length > 0) {
      throw invalid(
        misplaced.map((path) => ({
          path,
          code: "unrecognized_key",
          message: `is not expected in the ${rest === "query" ? "body" : "query"}`,
        })),
      );
    }
    return { ...fields, ...(request.params as Record<string, string>) };
  };
}

/**
 * Tells whether the answers of an operation may be compressed. Those of the gateway may not, because they hold tokens;
 * nor may URLs for uploads, which grant access as tokens do.
 *
 * Messages come with signed URLs of their files next to text of other users. To learn a URL from the lengths of
 * answers, an attacker would have to make the reader's client ask hundreds of times while they change their own text,
 * and see each length on the wire. No other site can make it ask: a session is a header that only its own client sends,
 * never a cookie. Requests that the client makes by itself are too rare: a URL changes after five minutes, and opens
 * one file.
 */
const isCompressible = (room: string, name: string): boolean =>
  Object.hasOwn(msgsrvContract, room) && !(room === "media" && name === "create_upload_url");

export interface RouteOptions<C extends CallContext> {
  contract: Record<string, Domain>;
  router: AnyTRPCRouter;
  contextOf(request: FastifyRequest): C;
}

/**
 * Mounts the REST routes that the contract's metadata describe. Each calls its tRPC procedure directly, so that REST,
 * `/trpc` and the socket share authentication, validation and errors.
 */
export function mountRoutes<C extends CallContext>(app: FastifyInstance, options: RouteOptions<C>): void {
  for (const [room, domain] of Object.entries(options.contract)) {
    for (const [name, procedure] of Object.entries(domain)) {
      const { method, path } = restOf(procedure);
      const readInput = inputReader(procedure);
      app.route({
        method,
        url: path,
        config: {
          isAuthenticated: procedure.access === "session",
          isCompressible: isCompressible(room, name),
        },
        handler: async (request, reply) => {
          const ctx = options.contextOf(request);
          const result = await callOperation({
            router: options.router,
            operation: `${room}.${name}`,
            kind: procedure.kind,
            ctx,
            input: () => readInput(request),
          });
          return procedure.status === 204 ? reply.code(204).send() : reply.send(result);
        },
      });
    }
  }
}
