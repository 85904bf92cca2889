import type { FastifyRequest } from "fastify";
import type { Limits } from "../limits/limits.js";
import type { CallContext } from "../procedures/context.js";
import type { Actors } from "../tokens/actors.js";

/** Builds the context of a call that came by REST or `/trpc`. */
export function httpContext(
  request: FastifyRequest,
  { actors, limits }: { actors: Actors; limits: Limits },
): CallContext {
  return {
    request_id: request.id,
    arrived_at: performance.now(),
    ip: request.clientAddress,
    user_agent: request.headers["user-agent"]?.slice(0, 512) ?? null,
    log: request.log as CallContext["log"],
    limits,
    noteOperation: () => {
      request.hasOperation = true;
    },
    authenticate: () => actors.ofAuthorization(request.headers.authorization),
  };
}
