import { isAway, migrate } from "@vero/db";
import retry from "p-retry";
import { reasonOf } from "./settings.js";

/**
 * Migrates the database, and waits for one that is not up yet, as when all parts of a deployment are started at once.
 * Other errors, such as a wrong password, end the start at once.
 */
export const migrateWhenUp = (
  url: string,
  { setting, waitSeconds, log }: { setting: string; waitSeconds: number; log: { warn(message: string): void } },
): Promise<void> =>
  retry(() => migrate(url), {
    retries: waitSeconds === 0 ? 0 : Number.POSITIVE_INFINITY,
    maxRetryTime: waitSeconds * 1_000,
    minTimeout: 250,
    maxTimeout: 2_000,
    shouldRetry: ({ error }) => isAway(error),
    onFailedAttempt({ error, attemptNumber }) {
      if (attemptNumber > 1 || waitSeconds === 0 || !isAway(error)) return;
      log.warn(`Waiting up to ${waitSeconds} s for the database of ${setting}: ${reasonOf(error)}`);
    },
  });
