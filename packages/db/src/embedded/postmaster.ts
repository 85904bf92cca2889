import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { Cluster } from "./cluster.js";

/** The content of postmaster.pid, and whether the server that wrote it still exists. */
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
 * Says whether a process is this cluster's server. After a crash its id may belong to any process, in containers soon
 * even to a thread of our own. On Linux the server is recognised by its working directory and its user: the file
 * belongs to an unprivileged user, and root must not signal whichever process that user names.
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

/**
 * Stops the server. SIGINT cuts open connections and writes everything out; a server that hangs is then killed, and
 * recovers from its WAL at the next start.
 */
export async function stopPostmaster(pid: number, cluster: Cluster): Promise<void> {
  // After SIGQUIT the server waits five seconds for its processes before it kills them.
  for (const [signal, waitMs] of [
    ["INT", 10_000],
    ["QUIT", 7_000],
    ["KILL", 1_000],
  ] as const) {
    if (await isPostmaster(pid, cluster)) await sendSignal(pid, signal, cluster);
    const deadline = performance.now() + waitMs;
    while (performance.now() < deadline) {
      if (!(await isPostmaster(pid, cluster))) return;
      await delay(10);
    }
  }
}

async function sendSignal(pid: number, signal: "INT" | "QUIT" | "KILL", { binaries }: Cluster): Promise<void> {
  try {
    // Windows has no signals, and `process.kill` would end the server at once; pg_ctl brings PostgreSQL's own
    // replacement.
    if (process.platform === "win32") await promisify(execFile)(binaries.pgCtl, ["kill", signal, String(pid)]);
    else process.kill(pid, `SIG${signal}`);
  } catch {
    // The process is gone already, which is what the caller waits for.
  }
}
