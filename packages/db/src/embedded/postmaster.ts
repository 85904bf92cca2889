import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { Cluster } from "./cluster.js";

/** What postmaster.pid says of the server that wrote it, and whether that server still exists. */
export interface Postmaster {
  pid: number;
  port: number;
  status: string;
  alive: boolean;
}

export async function readPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const content = await readFile(join(cluster.folder, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port, , , , status = ""] = content.split("\n");
  if (!Number(pid)) return undefined;
  return {
    pid: Number(pid),
    port: Number(port),
    status: status.trim(),
    alive: await isPostmaster(Number(pid), cluster),
  };
}

/**
 * After a crash the number may belong to any process, in containers even quickly to a thread of ours. On Linux the real
 * one is known by its working directory and its user: as root we signal what the file of a lesser user tells us to.
 */
async function isPostmaster(pid: number, { folder, account }: Cluster): Promise<boolean> {
  if (process.platform === "linux") {
    const [owner, directory, data] = await Promise.all([
      stat(`/proc/${pid}`).catch(() => undefined),
      stat(`/proc/${pid}/cwd`).catch(() => undefined),
      stat(folder).catch(() => undefined),
    ]);
    const uid = account?.uid ?? process.geteuid?.();
    return owner?.uid === uid && !!directory && directory.ino === data?.ino && directory.dev === data.dev;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends the server: open connections are cut and all is written out; one that hangs is cut short, to recover later. */
export async function stopPostmaster(pid: number, cluster: Cluster): Promise<void> {
  // After SIGQUIT the server gives its processes five seconds before it kills them.
  for (const [signal, patience] of [
    ["INT", 10_000],
    ["QUIT", 7_000],
    ["KILL", 1_000],
  ] as const) {
    if (await isPostmaster(pid, cluster)) await sendSignal(pid, signal, cluster);
    const deadline = performance.now() + patience;
    while (performance.now() < deadline) {
      if (!(await isPostmaster(pid, cluster))) return;
      await delay(10);
    }
  }
}

async function sendSignal(pid: number, signal: "INT" | "QUIT" | "KILL", { binaries }: Cluster): Promise<void> {
  try {
    // Windows has no signals, and Node would end the process at once; PostgreSQL brings its own stand-in.
    if (process.platform === "win32") await promisify(execFile)(binaries.pgCtl, ["kill", signal, String(pid)]);
    else process.kill(pid, `SIG${signal}`);
  } catch {
    // Gone already: what the caller waits for.
  }
}
