import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type IntervalJobOptions, intervalJobRuns, startIntervalJob } from "../src/jobs/interval-jobs.js";

beforeEach(() => {
  vi.useFakeTimers();
  intervalJobRuns.reset();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Starts a job of one run a second, each of which takes until the test ends it. */
function startJob(options: Partial<IntervalJobOptions> = {}) {
  const runs: { ended: AbortSignal; resolve: () => void; reject: (error: Error) => void }[] = [];
  const lines: [level: string, message: string][] = [];
  const write = (level: string) => (fields: { err?: Error }, message: string) =>
    lines.push([level, fields.err?.message ?? message]);
  const log = {
    warn: write("warn"),
    info: write("info"),
    debug: write("debug"),
  } as unknown as IntervalJobOptions["log"];
  const run = (ended: AbortSignal) => new Promise<void>((resolve, reject) => runs.push({ ended, resolve, reject }));
  return { runs, lines, job: startIntervalJob({ name: "test", intervalMs: 1_000, log, run, ...options }) };
}

const countRuns = async (result: string): Promise<number> => {
  const { values } = await intervalJobRuns.get();
  const isCount = ({ metricName }: { metricName?: string }) => metricName?.endsWith("_count") === true;
  return values.find((one) => isCount(one) && one.labels.result === result)?.value ?? 0;
};

describe("an interval job", () => {
  it("begins one run after another, also after one that failed, and never two at once", async () => {
    const { runs, lines, job } = startJob();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(runs).toHaveLength(1);
    runs[0]?.reject(new Error("failed"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toHaveLength(2);
    runs[1]?.resolve();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(runs).toHaveLength(3);
    expect(lines[0]).toEqual(["warn", "failed"]);
    runs[2]?.resolve();
    await job.stop();
  });

  it("goes on after a run that never ends, whose late end does not let two others overlap", async () => {
    const { runs, lines } = startJob();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(runs).toHaveLength(2);
    expect(runs.map(({ ended }) => ended.aborted)).toEqual([true, false]);
    expect(lines).toEqual([["warn", "has not ended within 10000 ms"]]);
    runs[0]?.resolve();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(runs).toHaveLength(2);
  });

  it("tries again after 5, 10 and 20 s where the interval is long, and never later than the interval", async () => {
    const begunMs: number[] = [];
    const run = async () => {
      begunMs.push(performance.now());
      throw new Error("away");
    };
    const first = performance.now();
    const { job } = startJob({ intervalMs: 30_000, startsAtOnce: true, run });
    await vi.advanceTimersByTimeAsync(100_000);
    expect(begunMs.map((ms) => Math.round((ms - first) / 1_000))).toEqual([0, 5, 15, 35, 65, 95]);
    await job.stop();
  });

  it("warns of the first of several failures only, and says when it has recovered", async () => {
    let isAway = true;
    const run = async () => {
      if (isAway) throw new Error("away");
    };
    const { lines, job } = startJob({ run });
    await vi.advanceTimersByTimeAsync(3_000);
    isAway = false;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(lines).toEqual([
      ["warn", "away"],
      ["debug", "away"],
      ["debug", "away"],
      ["info", "an interval job has recovered"],
    ]);
    expect([await countRuns("failed"), await countRuns("ok")]).toEqual([3, 2]);
    await job.stop();
  });

  it("ends with the first run that succeeds where it is a one-off", async () => {
    const { runs, job } = startJob({ startsAtOnce: true, isOneOff: true });
    runs[0]?.reject(new Error("failed"));
    await vi.advanceTimersByTimeAsync(1_000);
    runs[1]?.resolve();
    await job.ended;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs).toHaveLength(2);
  });

  it("is stopped when the run under way has ended, which is told to, and whose failure is not logged", async () => {
    const { runs, lines, job } = startJob({ startsAtOnce: true });
    let isStopped = false;
    const stopped = job.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect([runs[0]?.ended.aborted, isStopped]).toEqual([true, false]);
    runs[0]?.reject(new Error("the database is closed"));
    await stopped;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  it("is stopped at once between two runs", async () => {
    const { runs, job } = startJob();
    await job.stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(runs).toHaveLength(0);
  });
});
