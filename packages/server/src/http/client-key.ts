import type { FastifyReply, FastifyRequest } from "fastify";
import { decodeJwt } from "jose";
import { limitKeyOf } from "../limits/address.js";

/** The subject of a token; whoever asks must know that it has been verified. */
function subjectOf(authorization: string): string | undefined {
  try {
    return decodeJwt(authorization.replace(/^Bearer /i, "")).sub;
  } catch {
    return undefined;
  }
}

/**
 * Tells whom an answer is for: the user, where the answer shows that their token was valid, or else the address. The
 * gateway knows users by this as well, although it is the service behind it that verifies their tokens.
 */
export function clientKeyOf(request: FastifyRequest, reply: FastifyReply): string {
  const isVerified = request.routeOptions.config?.isAuthenticated === true && reply.statusCode < 400;
  const user = isVerified ? subjectOf(request.headers.authorization ?? "") : undefined;
  return user ?? limitKeyOf(request.clientAddress);
}
