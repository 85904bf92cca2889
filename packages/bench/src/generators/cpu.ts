import { readFile } from "node:fs/promises";
import type { Run } from "./closed-loop.js";

/** The kernel counts in hundredths of a second, on every machine of today. */
const tickMs = 10;

/** Milliseconds that a process has worked since its start, in all its threads; undefined where there is no /proc. */
async function cpuMsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // The second field is the program's name in parentheses, in which anything may stand.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Measures besides how much a server's process works, which other processes on the machine hardly change. */
export const withCpuOf =
  (pid: number, run: Run): Run =>
  async (seconds) => {
    const before = await cpuMsOf(pid);
    const sample = await run(seconds);
    const after = await cpuMsOf(pid);
    return before === undefined || after === undefined ? sample : { ...sample, cpuMs: after - before };
  };
