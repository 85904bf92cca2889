import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ObjectStoreOptions } from "../../src/index.js";
import type { Calls } from "./child.main.js";

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

const program = fileURLToPath(new URL("child.main.ts", import.meta.url));

/** A store in a process of its own; `fileLimit` is what `ulimit -f` is told. */
export async function startChild(config: ObjectStoreOptions["config"], fileLimit = "unlimited") {
  const node = [process.execPath, "--conditions=source", "--import", "tsx", program];
  const child = spawn("sh", ["-c", `ulimit -f ${fileLimit}; exec "$0" "$@"`, ...node], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    serialization: "advanced",
    env: { ...process.env, STORE_CONFIG: JSON.stringify(config) },
  });
  let calls = 0;
  const next = async (id: number): Promise<unknown> => {
    for (;;) {
      const [answer] = (await once(child, "message")) as [Answer];
      if (answer.id !== id) continue;
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.value;
    }
  };
  await next(0);
  return {
    async call<N extends keyof Calls>(name: N, ...args: Parameters<Calls[N]>): Promise<Awaited<ReturnType<Calls[N]>>> {
      calls += 1;
      const answer = next(calls);
      child.send({ id: calls, name, args });
      return (await answer) as Awaited<ReturnType<Calls[N]>>;
    },
    async stop(): Promise<void> {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
