import { type Keyring, type Logger, startIntervalJob } from "@vero/server";
import type { KnownNetworks } from "../auth/known-networks.service.js";
import type { Sessions } from "../auth/sessions.service.js";

const intervalMs = 3_600_000;
/** Longer than any of the deletions takes. */
const maxRunMs = 60_000;

export interface MaintenanceDeps {
  keyring: Pick<Keyring, "rotate" | "signingKey">;
  sessions: Pick<Sessions, "purge">;
  knownNetworks: Pick<KnownNetworks, "purge">;
  log: Logger;
}

/**
 * Runs maintenance every hour, and returns the function that stops it. Every process may run it: the database decides
 * whether there is any work.
 */
export async function startMaintenance({
  keyring,
  sessions,
  knownNetworks,
  log,
}: MaintenanceDeps): Promise<() => Promise<unknown>> {
  await keyring.rotate();
  // A secret that cannot decrypt the signing key fails the start here, rather than the first sign-in.
  await keyring.signingKey();
  const start = (name: string, run: () => Promise<void>) => startIntervalJob({ name, intervalMs, maxRunMs, log, run });
  const jobs = [
    start("rotate_signing_keys", keyring.rotate),
    start("delete_expired_sessions", sessions.purge),
    start("delete_unused_networks", knownNetworks.purge),
  ];
  return () => Promise.all(jobs.map((job) => job.stop()));
}
