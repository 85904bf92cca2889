import { Histogram } from "prom-client";
import type { Logger } from "../log/logger.js";
import { within } from "../process/within.js";

export interface IntervalJobOptions {
  /** The name in the log and in the metric. */
  name: string;
  /** The time from the begin of one run to the begin of the next. */
  intervalMs: number;
  log: Pick<Logger, "warn" | "info" | "debug">;
  /** Does the work. The signal is aborted when the job is stopped, or the run has taken longer than `maxRunMs`. */
  run(ended: AbortSignal): Promise<void>;
  /** Begins the first run at once rather than after the interval. */
  startsAtOnce?: boolean;
  /** Ends the job with the first run that succeeds. */
  isOneOff?: boolean;
  /** The time after which a run counts as failed, and the next one may begin. */
  maxRunMs?: number;
}

export interface IntervalJob {
  /** Begins no further run, and resolves when the run under way has ended. */
  stop(): Promise<void>;
  /** Resolves when the job has ended: it was stopped, or its one run has succeeded. */
  ended: Promise<void>;
}

/** The delay after the first of several failures; each further one doubles it, up to the interval. */
const firstRetryMs = 5_000;

/** Measures the runs of all interval jobs of this process. Each registry of metrics adds it. */
export const intervalJobRuns = new Histogram({
  name: "interval_job_run_duration_seconds",
  help: "Time of the runs of interval jobs, by job and result.",
  labelNames: ["job", "result"],
  buckets: [0.01, 0.05, 0.25, 1, 5, 10],
  registers: [],
});

/**
 * Starts an interval job. A run does not begin while another is under way, unless that one hangs: a connection may be
 * lost in such a way that no answer ever comes, and the job has to go on. The log has a warning when a job begins to
 * fail and a line when it has recovered; the failures in between are logged for debugging only, so that an outage does
 * not fill the log.
 */
export function startIntervalJob({
  name,
  intervalMs,
  log,
  run,
  startsAtOnce = false,
  isOneOff = false,
  maxRunMs = 10_000,
}: IntervalJobOptions): IntervalJob {
  const stopping = new AbortController();
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let timer: NodeJS.Timeout | undefined;
  let isRunning = false;
  let failures = 0;

  function noteSuccess(): void {
    if (failures > 0) log.info({ job: name, failures }, "an interval job has recovered");
    failures = 0;
  }

  function noteFailure(err: unknown): void {
    failures += 1;
    const level = failures === 1 ? "warn" : "debug";
    log[level]({ err, job: name, failures }, "a run of an interval job has failed; the next one is due soon");
  }

  /** Runs to the end or the limit, and tells whether the run has succeeded. */
  async function attempt(): Promise<boolean> {
    const late = new AbortController();
    const observe = intervalJobRuns.startTimer({ job: name });
    try {
      await within(maxRunMs, () => run(AbortSignal.any([stopping.signal, late.signal])));
      observe({ result: "ok" });
      noteSuccess();
      return true;
    } catch (error) {
      late.abort();
      observe({ result: "failed" });
      // The run may have failed because the process is ending, and the parts that it uses with it.
      if (!stopping.signal.aborted) noteFailure(error);
      return false;
    }
  }

  async function runOnce(): Promise<void> {
    const begunMs = performance.now();
    isRunning = true;
    const hasSucceeded = await attempt();
    isRunning = false;
    if (stopping.signal.aborted || (isOneOff && hasSucceeded)) return end();
    // After a run that was longer than the interval, the begins that it has missed are left out.
    const restMs = intervalMs - ((performance.now() - begunMs) % intervalMs);
    schedule(hasSucceeded ? restMs : Math.min(intervalMs, firstRetryMs * 2 ** (failures - 1)));
  }

  function schedule(delayMs: number): void {
    timer = setTimeout(runOnce, delayMs).unref();
  }

  if (startsAtOnce) void runOnce();
  else schedule(intervalMs);
  return {
    ended,
    stop(): Promise<void> {
      stopping.abort();
      clearTimeout(timer);
      if (!isRunning) end();
      return ended;
    },
  };
}
