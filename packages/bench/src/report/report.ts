import { cpus, totalmem } from "node:os";
import type { Figure } from "./figures.js";

export interface Results {
  benchmarks: Record<string, Figure[]>;
}

const shown = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3);

const heads = ["what", "metric", "ours", "baseline", "theirs", "ratio"];
/** Columns of words begin at the left, those of figures end at the right. */
const isNumeric = [false, false, true, false, true, true];

/** Lays figures out as lines of a table, a line for each baseline. */
export function tableOf(figures: readonly Figure[]): string[] {
  const rows = figures.flatMap(({ name, metric, ours, baselines }) => {
    const own = [name, metric, shown(ours)];
    if (baselines.length === 0) return [[...own, "", "", ""]];
    return baselines.map((other) => [...own, other.name, shown(other.figure), `${other.ratio.toFixed(2)}×`]);
  });
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        isNumeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [heads, ...rows].map(line);
}

/** Makes the document of a run: its figures with the machine that they were measured on. */
export const documentOf = (results: Results, settings: object): string => {
  const machine = {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    platform: process.platform,
    node: process.version,
  };
  return `${JSON.stringify({ measured_at: new Date().toISOString(), machine, settings, ...results }, null, 2)}\n`;
};
