import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, rename, stat } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { dataPath } from "./account.js";
import type { Cluster } from "./cluster.js";
import { environment } from "./programs.js";

const logLimit = 10 * 1024 * 1024;

const settings = {
  // Reachable from this machine only, and only by password: no other network interface, no Unix socket in a shared
  // folder.
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
  shared_buffers: "128MB",
  timezone: "UTC",
  log_timezone: "UTC",
  // Tables of a young database grow many times over within a minute, and plans are made by what was last known of them.
  autovacuum_naptime: "5s",
  // Our queries are short: JIT compilation costs more than it saves.
  jit: "off",
  // The server's log must not contain messages of users, neither in a failed statement nor in an error's detail.
  log_statement: "none",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};

const durability = (on: "on" | "off") => ({ fsync: on, synchronous_commit: on, full_page_writes: on });

/** A server process that was launched and may still fail to start. */
export interface Launched {
  pid: number;
  /** Its log output, once it has ended; undefined while it runs. */
  lastWords(): Promise<string> | undefined;
}

/**
 * Launches the server. `stalePid` is a process id in postmaster.pid that is known to belong to no server of this
 * cluster.
 */
export async function launch(cluster: Cluster, stalePid: number | undefined): Promise<Launched> {
  const { folder, account, binaries } = cluster;
  const logFile = join(cluster.dataDir, "postgres.log");
  const logStart = await rotate(logFile);
  const port = await freePort();
  const values = Object.entries({ ...settings, ...durability(cluster.durable ? "on" : "off"), port: String(port) });
  const log = await open(logFile, "a", 0o600);
  try {
    const child = spawn(
      binaries.postgres,
      ["-D", dataPath(folder, account), ...values.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
      {
        cwd: folder,
        // A process group of its own: Ctrl-C in a terminal signals only us, and the server runs on until we have
        // drained.
        detached: true,
        windowsHide: true,
        stdio: ["ignore", log.fd, log.fd],
        // PostgreSQL refuses to start while any process has the id in postmaster.pid, unless told that it is its
        // grandparent. Its own launcher uses this to look past a recycled id, and so do we.
        env: environment(stalePid ? { PG_GRANDPARENT_PID: String(stalePid) } : {}),
        ...account,
      },
    );
    await once(child, "spawn");
    child.unref();
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    return {
      pid: child.pid as number,
      lastWords: () =>
        ended() ? readFile(logFile).then((all) => all.subarray(logStart).toString().trim()) : undefined,
    };
  } finally {
    await log.close();
  }
}

/** Renames the log once it is too long; returns the length at which the output of the next launch begins. */
async function rotate(file: string): Promise<number> {
  const length = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (length <= logLimit) return length;
  await rename(file, `${file}.1`);
  return 0;
}

/**
 * Finds a free port. Another process may take it before the server does; then the server ends and is launched again
 * with another port.
 */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
