import { writeFile } from "node:fs/promises";
import { withBaseline } from "./baselines/child.js";
import { createNaiveTables } from "./baselines/naive.tables.js";
import { type BenchArguments, benchArguments, usage } from "./benchmarks/arguments.js";
import type { Benchmark } from "./benchmarks/benchmark.js";
import { benchmarks } from "./benchmarks/registry.js";
import { checkLoaded } from "./load/check.js";
import { openDataset, servedFrom } from "./load/dataset.js";
import { loadOnce } from "./load/load.js";
import { documentOf, type Results, tableOf } from "./report/report.js";
import { type Server, withServer, withServerOver } from "./server.js";
import { runTool, say } from "./tool.js";

async function measure(server: Server, { names, seconds, messages }: BenchArguments): Promise<Results> {
  const results: Results = { benchmarks: {} };
  const served = await servedFrom(server);
  const loaded = await loadOnce(served.databaseUrl, messages);
  const dataset = await openDataset(served);
  try {
    await checkLoaded(server.url, dataset);
    say(`\n  ${loaded}`);
    if (names.length === 0) return results;
    await createNaiveTables(dataset.sql);
    await withBaseline("naive", { DATABASE_URL: dataset.databaseUrl }, async (naive) => {
      for (const name of names) {
        const { summary, run } = benchmarks[name] as Benchmark;
        say(`\n${name}: ${summary}\n`);
        const figures = await run({ server, dataset, served, naive, seconds });
        results.benchmarks[name] = figures;
        for (const line of tableOf(figures)) say(`  ${line}`);
      }
    });
    return results;
  } finally {
    await dataset.close();
  }
}

/** Measures the product beside what it is compared with, over a database that is filled for it. */
await runTool("bench", async () => {
  const given = benchArguments(process.argv.slice(2), process.env);
  const { help, dataDir, json, seconds, messages } = given;
  if (help) {
    say(usage);
    return true;
  }
  const results =
    dataDir === undefined
      ? await withServer((_url, server) => measure(server, given))
      : await withServerOver(dataDir, (server) => measure(server, given));
  if (json !== undefined) await writeFile(json, documentOf(results, { seconds, messages }));
  return true;
});
