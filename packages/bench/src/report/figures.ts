import type { Comparison, Sample } from "../generators/closed-loop.js";
import { percentile } from "../order.js";

export type Metric = "per second" | "p50 (ms)" | "p99 (ms)" | "CPU (µs)" | "KiB";

/** One measurement: our figure, and those that it is compared with, measured in the same run. */
export interface Figure {
  name: string;
  metric: Metric;
  ours: number;
  baselines: { name: string; figure: number; ratio: number }[];
}

const metrics: Record<Exclude<Metric, "KiB">, (sample: Sample) => number> = {
  "per second": ({ count, seconds }) => count / seconds,
  "p50 (ms)": ({ latencies }) => percentile(latencies, 50),
  "p99 (ms)": ({ latencies }) => percentile(latencies, 99),
  "CPU (µs)": ({ cpuMs = Number.NaN, count }) => (cpuMs * 1000) / count,
};

/** Compares a figure of ours with those of others; the ratio is ours divided by theirs. */
export const figureOf = (name: string, metric: Metric, ours: number, others: Record<string, number>): Figure => ({
  ...{ name, metric, ours },
  baselines: Object.entries(others).map(([name, figure]) => ({ name, figure, ratio: ours / figure })),
});

export type SampleMetric = keyof typeof metrics;

/** Makes the figures of one comparison by the metrics that matter for it, where they could be measured. */
export const figuresOf = (name: string, wanted: readonly SampleMetric[], { ours, others }: Comparison): Figure[] =>
  wanted
    .map((metric) => {
      const of = metrics[metric];
      const figures = Object.entries(others).map(([name, sample]) => [name, of(sample)] as const);
      return figureOf(
        name,
        metric,
        of(ours),
        Object.fromEntries(figures.filter(([, figure]) => !Number.isNaN(figure))),
      );
    })
    .filter(({ ours }) => !Number.isNaN(ours));
