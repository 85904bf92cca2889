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
  // Reached by this process alone: no other interface, no socket in a shared folder.
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "300",
  shared_buffers: "128MB",
  timezone: "UTC",
  log_timezone: "UTC",
  // Our queries are short: compiling them costs more than it saves.
  jit: "off",
  // The log must not repeat what people write to each other, neither as a failed statement nor as its detail.
  log_statement: "none",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_checkpoints: "off",
};

const durability = (on: "on" | "off") => ({ fsync: on, synchronous_commit: on, full_page_writes: on });

/** A server that was launched and may still fail to come up. */
export interface Launched {
  pid: number;
  /** What it said last, once it has ended. */
  lastWords(): Promise<string> | undefined;
}

/** Launches the server; `stalePid` is a number in postmaster.pid that is known not to be a server. */
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
        // A group of its own: Ctrl-C in a terminal reaches us alone, and the server lives until we have drained.
        detached: true,
        windowsHide: true,
        stdio: ["ignore", log.fd, log.fd],
        // PostgreSQL trusts postmaster.pid when any process has that number, except when it is said to be its
        // grandparent: the way its own launcher has it look past a recycled number.
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

/** Sets a long log aside, and returns how long the one to go on with is. */
async function rotate(file: string): Promise<number> {
  const length = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (length <= logLimit) return length;
  await rename(file, `${file}.1`);
  return 0;
}

/** Somebody may take the port before the server does; then the server ends and is launched with another one. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
