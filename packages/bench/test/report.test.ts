import { describe, expect, it } from "vitest";
import type { Sample } from "../src/generators/closed-loop.js";
import { figureOf, figuresOf } from "../src/report/figures.js";
import { documentOf, tableOf } from "../src/report/report.js";

const sampleOf = (...latencies: number[]): Sample => ({ count: latencies.length, seconds: 2, latencies });

describe("the figures of a comparison", () => {
  it("are ours, theirs and ours divided by theirs, by each metric", () => {
    const comparison = { ours: sampleOf(1, 2, 3, 4), others: { naive: sampleOf(10, 20) } };
    expect(figuresOf("sends", ["per second", "p50 (ms)", "p99 (ms)"], comparison)).toEqual([
      { name: "sends", metric: "per second", ours: 2, baselines: [{ name: "naive", figure: 1, ratio: 2 }] },
      { name: "sends", metric: "p50 (ms)", ours: 2, baselines: [{ name: "naive", figure: 10, ratio: 0.2 }] },
      { name: "sends", metric: "p99 (ms)", ours: 4, baselines: [{ name: "naive", figure: 20, ratio: 0.2 }] },
    ]);
  });
});

describe("the report", () => {
  const figures = [figureOf("sends", "per second", 1234, { naive: 617, direct: 2468 }), figureOf("idle", "KiB", 7, {})];

  it("has a line for each baseline, and one where there is none", () => {
    expect(tableOf(figures)).toEqual([
      "what   metric       ours  baseline  theirs  ratio",
      "sends  per second  1,234  naive        617  2.00×",
      "sends  per second  1,234  direct     2,468  0.50×",
      "idle   KiB          7.00",
    ]);
  });

  it("says in its document on what machine and with which settings the figures were measured", () => {
    const document = JSON.parse(documentOf({ benchmarks: { sends: figures } }, { seconds: 4 }));
    expect(document).toMatchObject({ settings: { seconds: 4 }, benchmarks: { sends: figures } });
    expect(document.machine.node).toBe(process.version);
  });
});
