import type { Transitions } from "./realtime.modes.js";

/**
 * - `live`: every change that the feed has heard of is delivered. The reorder buffer is empty.
 * - `waiting`: changes wait in the reorder buffer for those before them, which may still arrive. A timer runs.
 * - `catchingUp`: missing changes are being read. Changes that arrive in order are delivered meanwhile; others wait in
 *   the reorder buffer for the end of the reading.
 * - `behind`: a read failed, or found nothing newer. The next gap or comparison tries again.
 * - `stopped`: the last subscriber is gone. The feed receives nothing more. Final.
 */
export type FeedMode = "live" | "waiting" | "catchingUp" | "behind" | "stopped";

/**
 * - `complete`: a change has arrived, and nothing is missing any more.
 * - `gap`: changes wait in the reorder buffer.
 * - `waited`: the changes that they follow have not arrived in time.
 * - `missing`: a change is known that the bus will not bring: it came without its data, or a comparison has found it.
 * - `caughtUp`: the reading has delivered everything that the feed has heard of, but for the reorder buffer.
 * - `failed`: the read failed, or found nothing newer.
 * - `stop`: the last subscriber is gone.
 */
export type FeedEvent = "complete" | "gap" | "waited" | "missing" | "caughtUp" | "failed" | "stop";

export const feedTransitions: Transitions<FeedMode, FeedEvent> = {
  live: {
    complete: "live",
    gap: "waiting",
    waited: "live",
    missing: "catchingUp",
    caughtUp: "live",
    failed: "live",
    stop: "stopped",
  },
  waiting: {
    complete: "live",
    gap: "waiting",
    waited: "catchingUp",
    missing: "catchingUp",
    caughtUp: "waiting",
    failed: "waiting",
    stop: "stopped",
  },
  catchingUp: {
    complete: "catchingUp",
    gap: "catchingUp",
    waited: "catchingUp",
    missing: "catchingUp",
    caughtUp: "live",
    failed: "behind",
    stop: "stopped",
  },
  behind: {
    complete: "live",
    gap: "waiting",
    waited: "behind",
    missing: "catchingUp",
    caughtUp: "behind",
    failed: "behind",
    stop: "stopped",
  },
  stopped: {
    complete: "stopped",
    gap: "stopped",
    waited: "stopped",
    missing: "stopped",
    caughtUp: "stopped",
    failed: "stopped",
    stop: "stopped",
  },
};
