import { AppError } from "@vero/contracts";
import type { FastifyInstance } from "fastify";
import { within } from "../process/within.js";

/** Less than an orchestrator waits for the answer. */
const maxCheckMs = 1_000;

/**
 * Mounts `/healthz`, which answers as long as the process runs, and `/readyz`, which succeeds only while `ready` does.
 */
export function mountHealth(app: FastifyInstance, { ready }: { ready: () => Promise<void> }): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async () => {
    await within(maxCheckMs, ready).catch((cause: unknown) => {
      throw new AppError("unavailable", { cause, retryAfter: 1 });
    });
    return { status: "ok" };
  });
}
