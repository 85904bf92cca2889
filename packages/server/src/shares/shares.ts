import { AppError, type Pace, type Places, type Share, type ShareName, shareTable } from "@vero/contracts";
import type { Actor } from "../procedures/context.js";
import { Queue, QueueFullError } from "./queue.js";

const scopes = ["user", "tenant", "process"] as const satisfies readonly (keyof Places)[];
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
    const [places, maxWaiting] = [atOnce[scope], waiting[scope]];
    if (places === undefined || maxWaiting === undefined) return [];
    return { queue: new Queue({ atOnce: places, maxWaiting }), scope, share };
  });
};

const whose: Record<Scope, string> = { user: "you", tenant: "your workspace", process: "everybody" };

/** In a share that is nobody else's, a full queue is the caller's own doing; in another one it is not, as a rule. */
const refusalOf = ({ share, scope }: Step): AppError =>
  new AppError("process" in shareTable[share].atOnce ? "unavailable" : "rate_limited", {
    detail: `Too many calls of ${whose[scope]} are waiting for their turn.`,
    retryAfter: 1,
  });

/** How long a place rests that gave an answer of so many bytes. */
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
 * Gives all places back. `bytes` is the size of the answer, for the pace of the share; a `factor` other than 1 makes the
 * pace that many times as fast.
 */
export type Leave = (answer?: { bytes: number; factor: number }) => void;

/**
 * Lets calls of costly operations take turns. A call takes a place of its user first, then one of the workspace, then
 * one of the process: so no more than the places of one user compete with other users of the workspace, and no more
 * than the places of one workspace with other workspaces, and in the order of asking all of them take turns.
 */
export function createShares() {
  const steps = Object.fromEntries(Object.keys(shareTable).map((name) => [name, stepsOf(name as ShareName)])) as Record<
    ShareName,
    Step[]
  >;

  /** What waits for its own user does not keep that user from other requests; what waits for others does. */
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
    /** Resolves with what gives all places back; when `giveUp` is aborted meanwhile, rejects with its reason. */
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
