import { percentile } from "./order.js";
import type { Person } from "./people.js";
import type { Replay } from "./replay.js";
import { say } from "./tool.js";

const whole = (value: number): string => Math.round(value).toLocaleString("en-US");

/** Prints rows of a name and a figure. */
export function table(rows: [name: string, figure: string][]): void {
  const widest = Math.max(24, ...rows.map(([name]) => name.length + 2));
  for (const [name, figure] of rows) say(`  ${name.padEnd(widest)}${figure.padStart(10)}`);
}

const refusalsShown = 5;

/** Prints what came of a replay; whether it is as promised. */
export function summarise({ verdict, refused, latencies, ...replay }: Replay, people: readonly Person[]): boolean {
  const total = (count: (person: Person) => number) => people.reduce((sum, person) => sum + count(person), 0);
  const heldBack = total((person) => person.heldBack());
  table([
    ["conversations", whole(replay.conversations)],
    ["messages", whole(replay.messages)],
    ["lost", whole(verdict.lost)],
    ["out of order", whole(verdict.out_of_order)],
    ["duplicates", whole(verdict.duplicates)],
    ["altered", whole(verdict.altered)],
    ["refused texts", whole(refused.length)],
    ["resyncs asked for", whole(total(({ inbox }) => inbox.resyncs))],
    ["rate limited answers", whole(heldBack)],
    ["seconds", replay.seconds.toFixed(1)],
    ["messages/s", whole(replay.messages / replay.seconds)],
    ["delivered in, p50 (ms)", percentile(latencies, 50).toFixed(1)],
    ["delivered in, p99 (ms)", percentile(latencies, 99).toFixed(1)],
  ]);
  if (heldBack > 0) say("\n  Rate limits of the server slowed this down; the times include waiting for them.");
  if (refused.length > 0) say();
  for (const line of refused.slice(0, refusalsShown)) say(`  refused: ${line}`);
  if (refused.length > refusalsShown) say(`  … and ${refused.length - refusalsShown} more`);
  return Object.values(verdict).every((count) => count === 0);
}
