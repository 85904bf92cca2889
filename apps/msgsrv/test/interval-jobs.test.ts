import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startIntervalJob } from "../src/jobs/interval-jobs.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Rounds of a second; each takes until the test ends it. */
function setUp() {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const errors: string[] = [];
  const work = () => new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
  const timer = startIntervalJob(1_000, work, (error) => errors.push((error as Error).message));
  return { ends, errors, timer };
}

describe("rounds", () => {
  it("follow one another, also after one that failed, and never overlap", async () => {
    const { ends, errors, timer } = setUp();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(ends).toHaveLength(1);
    ends[0]?.reject(new Error("failed"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ends).toHaveLength(2);
    ends[1]?.resolve();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ends).toHaveLength(3);
    expect(errors).toEqual(["failed"]);
    clearInterval(timer);
  });

  it("go on after one that never ends, whose late end does not let two others overlap", async () => {
    const { ends, errors, timer } = setUp();
    await vi.advanceTimersByTimeAsync(12_000);
    expect(ends).toHaveLength(2);
    expect(errors).toHaveLength(1);
    ends[0]?.resolve();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(ends).toHaveLength(2);
    clearInterval(timer);
  });
});
