import { AppError } from "@vero/contracts";
import type { FastifyInstance } from "fastify";

const patience = 1_000;

/** Fails with `unavailable` when the check fails, or takes longer than an orchestrator waits. */
async function inTime(check: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not ready within ${patience} ms`)), patience);
  });
  try {
    await Promise.race([check(), late]);
  } catch (cause) {
    throw new AppError("unavailable", { cause, retryAfter: 1 });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Mounts `/healthz`, which answers as long as the process runs, and `/readyz`, which succeeds only while `ready` does.
 */
export function mountHealth(app: FastifyInstance, { ready }: { ready: () => Promise<void> }): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async () => {
    await inTime(ready);
    return { status: "ok" };
  });
}
