import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** How often the memory is looked at. */
const sampleMs = 500;

/** Not while everything else waits: the times of the victims are measured in this process. */
export async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / 1024;
}

/** The most memory that a process had while the work was done, in megabytes, and what came of the work. */
export async function withPeakOf<T>(pid: number, work: () => Promise<T>): Promise<{ peak: number; result: T }> {
  let peak = await residentMegabytes(pid);
  const sample = async () => {
    peak = Math.max(peak, await residentMegabytes(pid));
  };
  const sampling = setInterval(() => void sample().catch(() => {}), sampleMs);
  try {
    const result = await work();
    await sample();
    return { peak, result };
  } finally {
    clearInterval(sampling);
  }
}
