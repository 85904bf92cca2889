import type { Limits } from "../limits/limits.js";
import type { Logger } from "../log/logger.js";
import type { Batch } from "../shares/batch.js";

/** The authenticated caller. It comes from the verified token and the session behind it, never from the input. */
export interface Actor {
  tenant_id: string;
  user_id: string;
  session_id: string;
  role: "owner" | "admin" | "agent" | "member";
}

/** The facts that every transport knows about a call; the apps add their services to them. */
export interface CallContext {
  request_id: string;
  /** The time of arrival by `performance.now()`, from which the deadline counts. */
  arrived_at: number;
  ip: string;
  user_agent: string | null;
  log: Logger;
  limits: Limits;
  /** The state that the calls of one batch share. */
  batch?: Batch;
  /** Marks the HTTP request as one whose calls have lines of their own in the log. */
  noteOperation?(): void;
  /** Resolves to the caller; throws `unauthenticated` or `token_expired`. */
  authenticate(): Promise<Actor>;
}
