import { spawn } from "node:child_process";
import { once } from "node:events";
import { percentile } from "./order.js";
import { removeFolder, startServer, temporaryFolder } from "./server.js";
import { table } from "./summary.js";
import { runTool } from "./tool.js";

const times = 5;

/** The time that starting Node alone takes here: figures of different machines compare by their ratio to it. */
async function nothingMs(): Promise<number> {
  const begun = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "close");
  return performance.now() - begun;
}

async function readyMs(dataDir: string, command?: string[]): Promise<number> {
  const server = await startServer(dataDir, command);
  await server.stop();
  return server.readyMs;
}

/** The median, which one disturbed start does not move. */
async function median(measure: () => Promise<number>): Promise<number> {
  const values: number[] = [];
  for (let time = 0; time < times; time += 1) values.push(await measure());
  return percentile(values, 50);
}

/** Time to ready: the very first start, which makes the database, and those after it. */
await runTool("ready", async () => {
  const dataDir = await temporaryFolder();
  try {
    const nothing = await median(nothingMs);
    const first = await readyMs(dataDir);
    const later = await median(() => readyMs(dataDir));
    const viaNpm = ["npm", "start"];
    // Once beforehand, so that what is measured is a start and not a build.
    await readyMs(dataDir, viaNpm);
    const npm = await median(() => readyMs(dataDir, viaNpm));
    const row = (name: string, ms: number): [string, string] => [
      name,
      `${ms.toFixed(0)} ms ${`${(ms / nothing).toFixed(1)}×`.padStart(7)}`,
    ];
    table([row("node -e 0", nothing), row("first start", first), row("later start", later), row("npm start", npm)]);
    return true;
  } finally {
    await removeFolder(dataDir);
  }
});
