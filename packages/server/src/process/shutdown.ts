import type { Logger } from "../log/logger.js";

interface Limit {
  /** How long the step may take before the next ones begin, in milliseconds. */
  limitMs: number;
  /** The process has failed where the step has. Others depend on what may be away: the database, or the file storage. */
  isRequired?: boolean;
}

/**
 * The order in which a process ends what it has of these; the steps of a stage run side by side. All stages up to the
 * database take less than `run` gives a process, also where the database hangs. The embedded PostgreSQL comes last and
 * may take the rest: once asked, it ends by itself.
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
export type ShutdownStep = StepNames<(typeof stages)[number]>;

/** Runs a step to its end or its limit, and logs what else has become of it; one that is late goes on unwatched. */
async function runStep(log: Logger, step: string, { limitMs }: Limit, work: () => unknown): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`has not ended within ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([(async () => work())(), late]);
    return true;
  } catch (err) {
    log.warn({ step, err }, "a step of the shutdown has failed; the rest goes on");
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends a process: every step in its turn, each within its limit, whatever becomes of the others. Rejects at the end
 * where a step that depends on nobody else has not ended in good order.
 */
export async function shutDown(log: Logger, steps: Partial<Record<ShutdownStep, () => unknown>>): Promise<void> {
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
