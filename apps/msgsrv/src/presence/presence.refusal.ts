import type { CloseReason } from "@vero/contracts";
import { settle } from "@vero/server";

/** Why somebody with a token may not come in. */
export class SocketRefusal extends Error {
  readonly reason: CloseReason;

  constructor(reason: CloseReason) {
    super(`The socket is refused: ${reason}.`);
    this.name = "SocketRefusal";
    this.reason = reason;
  }
}

/** The close code for what went wrong with a token: trouble of ours is no reason to stay away. */
export function closeReasonOf(error: unknown): CloseReason {
  if (error instanceof SocketRefusal) return error.reason;
  const { code } = settle(error);
  if (code === "token_expired" || code === "rate_limited") return code;
  return code === "unauthenticated" ? "auth_failed" : "drain";
}

export const isUnexpected = (error: unknown): boolean =>
  !(error instanceof SocketRefusal) && settle(error).code === "internal_error";
