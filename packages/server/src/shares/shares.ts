import { AppError, type Pace, type Share, type ShareName, type Slots, shareTable } from "@vero/contracts";
import type { Actor } from "../procedures/context.js";
import { Queue, QueueFullError } from "./queue.js";

const scopes = ["user", "tenant", "process"] as const satisfies readonly (keyof Slots)[];
type Scope = (typeof scopes)[number];

const keyOf: Record<Scope, (actor: Actor) => string> = {
  user: ({ user_id }) => user_id,
  tenant: ({ tenant_id }) => tenant_id,
  process: () => "",
};

interface Step {
  queue: Queue;
  scope: Scope;
  share: ShareName;
}

const stepsOf = (share: ShareName): Step[] => {
  const { atOnce, waiting }: Share = shareTable[share];
  return scopes.flatMap((scope) => {
    const [slots, maxWaiting] = [atOnce[scope], waiting[scope]];
    if (slots === undefined || maxWaiting === undefined) return [];
    return { queue: new Queue({ atOnce: slots, maxWaiting }), scope, share };
  });
};

const whose: Record<Scope, string> = { user: "you", tenant: "your workspace", process: "everybody" };

/**
 * Returns the error of a full queue. In a share without slots of the process, the user's own calls fill the queue:
 * 429. In the others, it is other users as a rule: 503.
 */
const refusalOf = ({ share, scope }: Step): AppError =>
  new AppError("process" in shareTable[share].atOnce ? "unavailable" : "rate_limited", {
    detail: `Too many calls of ${whose[scope]} are waiting for their turn.`,
    retryAfter: 1,
  });

/** Returns how long a slot stays taken after an answer of so many bytes, by the pace of its share. */
function restMsOf({ share, scope }: Step, bytes: number): number {
  const { pace }: Share = shareTable[share];
  const bytesPerSecond = pace && speedOf[scope](pace);
  return pace === undefined || bytesPerSecond === undefined || bytes <= pace.freeBytes
    ? 0
    : (bytes / bytesPerSecond) * 1_000;
}

const speedOf: Record<Scope, (pace: Pace) => number | undefined> = {
  user: ({ userBytesPerSecond }) => userBytesPerSecond,
  tenant: ({ tenantBytesPerSecond }) => tenantBytesPerSecond,
  process: () => undefined,
};

export type Shares = ReturnType<typeof createShares>;

/**
 * Gives all slots of a call back. `bytes` is the size of its answer, for the pace of the share; `factor` multiplies
 * that pace.
 */
export type Leave = (answer?: { bytes: number; factor: number }) => void;

/**
 * Creates the queues in which calls of costly operations take turns. A call takes a slot of its user first, then one
 * of the workspace, then one of the process. So a user competes with others of the workspace by their own few slots
 * only, and a workspace with other workspaces likewise; within each queue, calls take turns in the order of asking.
 */
export function createShares() {
  const steps = Object.fromEntries(Object.keys(shareTable).map((name) => [name, stepsOf(name as ShareName)])) as Record<
    ShareName,
    Step[]
  >;

  /**
   * Lists the slots that a call takes, in order; that in `requests` comes after the user's own and before the shared
   * ones. So a call that waits for its own user keeps them from no other request, while one that waits for others
   * counts as a request at work.
   */
  const pathOf = (share: ShareName): Step[] => {
    const own = steps[share].filter(({ scope }) => scope === "user");
    const others = steps[share].filter(({ scope }) => scope !== "user");
    return others.length === 0 ? own : [...own, ...steps.requests, ...others];
  };
  const paths = Object.fromEntries(Object.keys(shareTable).map((name) => [name, pathOf(name as ShareName)])) as Record<
    ShareName,
    Step[]
  >;

  return {
    /**
     * Resolves to the function that gives all slots back; where `giveUp` is aborted first, rejects with its reason.
     */
    async enter(share: ShareName, actor: Actor, giveUp: AbortSignal): Promise<Leave> {
      const held: { step: Step; release: () => void }[] = [];
      const leave: Leave = ({ bytes, factor } = { bytes: 0, factor: 1 }) => {
        for (const { step, release } of held.reverse()) {
          const restMs = restMsOf(step, bytes) / factor;
          if (restMs < 1) release();
          else setTimeout(release, restMs).unref();
        }
      };
      for (const step of paths[share]) {
        try {
          held.push({ step, release: await step.queue.enter(keyOf[step.scope](actor), giveUp) });
        } catch (error) {
          leave();
          throw error instanceof QueueFullError ? refusalOf(step) : error;
        }
      }
      return leave;
    },
  };
}
