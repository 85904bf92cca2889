import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { top } from "../server.js";

type BaselineName = "naive" | "bare" | "broadcast";

export interface BaselineServer {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts a baseline in a process of its own, as the product is in one; it ends with this process at the latest. */
async function startBaseline(name: BaselineName, env: Record<string, string>): Promise<BaselineServer> {
  const child = fork(join(top, `packages/bench/dist/baselines/${name}.js`), { env: { ...process.env, ...env } });
  // Not "close", which never comes where this side disconnects.
  const ended = once(child, "exit");
  const early = ended.then(() => Promise.reject(new Error(`The baseline ${name} has ended.`)));
  early.catch(() => {});
  const [url] = (await Promise.race([once(child, "message"), early])) as [string];
  return {
    url,
    pid: child.pid as number,
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}

/** Work beside a baseline that exists for it only. */
export async function withBaseline<T>(
  name: BaselineName,
  env: Record<string, string>,
  work: (baseline: BaselineServer) => Promise<T>,
): Promise<T> {
  const baseline = await startBaseline(name, env);
  try {
    return await work(baseline);
  } finally {
    await baseline.stop();
  }
}

/** Tells the parent where this baseline listens, and ends with it. */
export function reportUrl(url: string): void {
  process.on("disconnect", () => process.exit(0));
  process.send?.(url);
}
