import type { Limits } from "../limits/limits.js";
import type { Logger } from "../log/logger.js";
import type { Batch } from "../shares/batch.js";

/** Who calls. Always from the verified token and the session behind it, never from the input. */
export interface Actor {
  tenant_id: string;
  user_id: string;
  session_id: string;
  role: "owner" | "admin" | "agent" | "member";
}

/** What every transport knows about a call; the apps add their services to it. */
export interface CallContext {
  request_id: string;
  /** As told by `performance.now()`: from then on its deadline counts. */
  arrived_at: number;
  ip: string;
  user_agent: string | null;
  log: Logger;
  limits: Limits;
  /** What the calls that came in the same request have in common. */
  batch?: Batch;
  /** Notes that the call has a line of its own in the log. */
  noteOperation?(): void;
  /** Throws `unauthenticated` or `token_expired`. */
  authenticate(): Promise<Actor>;
}
