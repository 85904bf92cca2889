import type { CloseReason } from "@vero/contracts";
import { toAppError } from "@vero/server";

/** The refusal of a socket whose token is valid. */
export class SocketRefusal extends Error {
  readonly reason: CloseReason;

  constructor(reason: CloseReason) {
    super(`The socket is refused: ${reason}.`);
    this.name = "SocketRefusal";
    this.reason = reason;
  }
}

/**
 * Answers the close reason for an error while a socket was authenticated: where the server is to blame, the client is
 * asked to come back.
 */
export function closeReasonOf(error: unknown): CloseReason {
  if (error instanceof SocketRefusal) return error.reason;
  const { code } = toAppError(error);
  if (code === "token_expired" || code === "rate_limited") return code;
  return code === "unauthenticated" ? "auth_failed" : "drain";
}

export const isUnexpected = (error: unknown): boolean =>
  !(error instanceof SocketRefusal) && toAppError(error).code === "internal_error";
