import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "./ports.js";
import { waitFor, within } from "./waiting.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface AppProcess {
  url: string;
  /** The lines that it has written to the standard output and error, oldest first. */
  lines(): string[];
  /** Sends the signal and answers the exit code, null where the signal itself ended it. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/**
 * Starts an app from its sources, as a process of its own with this environment and nothing else, and waits until it
 * answers.
 */
export async function startApp(
  app: "gateway" | "msgsrv" | "standalone",
  environment: Record<string, string>,
): Promise<AppProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--conditions=source", "--import=tsx", `apps/${app}/src/main.ts`], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], VERO_LOG_LEVEL: "silent", PORT: String(port), ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk;
    });
  }
  const closed = once(child, "close");
  const url = `http://127.0.0.1:${port}`;
  const started: AppProcess = {
    url,
    lines: () => output.split("\n").filter(Boolean),
    async end(signal) {
      child.kill(signal);
      const [code] = (await within(closed, `${app} to end after ${signal}`, () => output)) as [number | null];
      return code;
    },
  };
  await waitFor(
    async () => {
      if (child.exitCode !== null) return true;
      return (await fetch(`${url}/readyz`).catch(() => undefined))?.ok;
    },
    `${app} to be ready`,
    { seen: () => output },
  );
  if (child.exitCode !== null) throw new Error(`${app} has ended with ${child.exitCode}:\n${output}`);
  return started;
}
