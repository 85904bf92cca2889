import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { interruption, UsageError } from "./tool.js";

/** The top of the repository, seen from `src/` and from `dist/` alike. */
export const top = fileURLToPath(new URL("../../../", import.meta.url));
const main = join(top, "apps/standalone/dist/main.js");

const readyWithin = 60_000;
/** The server gives itself ten seconds to drain. */
const stopWithin = 15_000;

/** Settings of a server of somebody's own, above all its DATABASE_URL, must not reach one that is for trying things out. */
const ofServers = /^(VERO_.*|DATABASE_URL|DATABASE_URL_FILE|PORT|HOST|NODE_ENV|INIT_CWD)$/;
const inherited = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofServers.test(name)));

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "vero-bench-"));
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** Whether a Vero Chat that can do its work answers there. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL("/readyz", url), { signal: AbortSignal.timeout(2_000) });
    return answer.ok && ((await answer.json()) as { status?: unknown }).status === "ok";
  } catch {
    return false;
  }
}

async function end(child: ChildProcess, ended: Promise<unknown[]>): Promise<number | null> {
  const signal = (name: NodeJS.Signals) => {
    try {
      // The whole group, in which `npm start` has several processes.
      process.kill(-(child.pid as number), name);
    } catch {
      // Gone already.
    }
  };
  signal("SIGTERM");
  if ((await Promise.race([ended, delay(stopWithin, "late", { ref: false })])) === "late") signal("SIGKILL");
  const [code] = await ended;
  return code as number | null;
}

export interface Server {
  url: string;
  pid: number;
  dataDir: string;
  /** Milliseconds from the launch to the first answer of `/readyz`. */
  readyMs: number;
  /** Rejects when the server ends before it is told to. */
  lost: Promise<never>;
  /** The exit code; null when it did not stop in time, and was killed. */
  stop(): Promise<number | null>;
}

/** Starts a server on a free port; `command` is how, by default the built standalone. */
export async function startServer(
  dataDir: string,
  command = [process.execPath, main],
  environment: Record<string, string> = {},
): Promise<Server> {
  if (!existsSync(main)) throw new UsageError("apps/standalone/dist/main.js is missing; npm run build makes it.");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { PORT: String(port), VERO_PUBLIC_URL: url, VERO_DATA_DIR: dataDir, VERO_RATE_LIMITS: "off" };
  const begun = performance.now();
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: top,
    env: { ...inherited(), ...settings, VERO_LOG_LEVEL: "warn", ...environment },
    // A group of its own: Ctrl-C reaches this process alone, which then stops the server in good order.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-4_000);
    });
  }
  const ended = once(child, "close");
  const lost = ended.then(([code]): never => {
    throw new Error(`The server has ended (exit code ${code}).\n${words.trim()}`);
  });
  // For whoever waits for it; a server that was told to stop is not lost.
  lost.catch(() => {});
  const stop = (): Promise<number | null> => end(child, ended);
  const answered = async (): Promise<void> => {
    while (!(await isReady(url))) {
      if (performance.now() - begun > readyWithin) throw new Error(`The server is not ready.\n${words.trim()}`);
      await delay(10);
    }
  };
  try {
    await Promise.race([answered(), lost, interruption]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid as number, dataDir, readyMs: performance.now() - begun, lost, stop };
}

/** Work on a server over a data folder, which ends with it, however it ends. */
export async function withServerOver<T>(
  dataDir: string,
  work: (server: Server) => Promise<T>,
  environment: Record<string, string> = {},
): Promise<T> {
  const server = await startServer(dataDir, undefined, environment);
  try {
    return await Promise.race([work(server), server.lost, interruption]);
  } finally {
    await server.stop();
  }
}

/** Work on a server that exists for it only, with data that are gone afterwards, however it ends. */
export async function withServer<T>(
  work: (url: string, server: Server) => Promise<T>,
  environment: Record<string, string> = {},
): Promise<T> {
  const dataDir = await temporaryFolder();
  try {
    return await withServerOver(dataDir, (server) => work(server.url, server), environment);
  } finally {
    await removeFolder(dataDir);
  }
}
