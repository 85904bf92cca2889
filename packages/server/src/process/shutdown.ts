import type { Logger } from "../log/logger.js";
import { within } from "./within.js";

interface Limit {
  /** How long the step may take before the next stage begins, in milliseconds. */
  limitMs: number;
  /**
   * Whether the process has failed where the step has. The other steps depend on services that may be away: the
   * database, or the storage of files.
   */
  isRequired?: boolean;
}

/**
 * The order in which a process ends its parts; the steps of a stage run side by side. All stages up to the database
 * take less than `run` allows a process, even where the database hangs. The embedded PostgreSQL comes last and may take
 * the rest: once asked to stop, it ends by itself.
 */
const stages = [
  { sockets: { limitMs: 3_750, isRequired: true } },
  {
    http: { limitMs: 4_250, isRequired: true },
    presence: { limitMs: 1_000 },
    maintenance: { limitMs: 1_000 },
    indexing: { limitMs: 1_000 },
    mediaCleanup: { limitMs: 1_000 },
  },
  { images: { limitMs: 250 }, objects: { limitMs: 250 }, bus: { limitMs: 250 } },
  { database: { limitMs: 1_250 } },
  { embedded: { limitMs: 5_000, isRequired: true } },
] as const satisfies Record<string, Limit>[];

type StepNames<S> = S extends unknown ? keyof S : never;
type ShutdownStep = StepNames<(typeof stages)[number]>;
/** The parts that a process ends, by step; a process that lacks a part leaves its step out. */
export type ShutdownSteps = Partial<Record<ShutdownStep, () => unknown>>;

/**
 * Runs a step to its end or its limit, logs a failure, and tells whether it succeeded in time. A step that is late goes
 * on, and nobody waits for it.
 */
async function runStep(log: Logger, step: string, { limitMs }: Limit, work: () => unknown): Promise<boolean> {
  try {
    await within(limitMs, async () => work());
    return true;
  } catch (err) {
    log.warn({ step, err }, "a step of the shutdown has failed; the rest goes on");
    return false;
  }
}

/**
 * Ends a process stage by stage, each step within its limit, whatever becomes of the others. Rejects at the end where a
 * required step has failed.
 */
export async function shutDown(log: Logger, steps: ShutdownSteps): Promise<void> {
  const failed: string[] = [];
  for (const stage of stages) {
    await Promise.all(
      Object.entries<Limit>(stage).map(async ([name, limit]) => {
        const work = steps[name as ShutdownStep];
        if (work === undefined) return;
        const hasEnded = await runStep(log, name, limit, work);
        if (!hasEnded && limit.isRequired) failed.push(name);
      }),
    );
  }
  if (failed.length > 0) throw new Error(`not ended in good order: ${failed.join(", ")}`);
}
