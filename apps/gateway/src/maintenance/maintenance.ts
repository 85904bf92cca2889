import { analyseGrownTables, type Database } from "@vero/db";
import { type Keyring, type Logger, startIntervalJob } from "@vero/server";
import type { KnownNetworks } from "../auth/known-networks.service.js";
import type { Sessions } from "../auth/sessions.service.js";

const intervalMs = 3_600_000;
/** The time in which a table of a new database may grow without the planner knowing of it. */
const statisticsMs = 5_000;
/** Longer than any of the deletions takes. */
const maxRunMs = 60_000;

export interface MaintenanceDeps {
  database: Database;
  keyring: Pick<Keyring, "rotate" | "signingKey">;
  sessions: Pick<Sessions, "purge">;
  knownNetworks: Pick<KnownNetworks, "purge">;
  log: Logger;
}

/**
 * Runs maintenance every hour, and analyses tables that have grown every few seconds. Returns the function that stops
 * it. Every process may run it: the database decides whether there is any work.
 */
export async function startMaintenance({
  database,
  keyring,
  sessions,
  knownNetworks,
  log,
}: MaintenanceDeps): Promise<() => Promise<unknown>> {
  await keyring.rotate();
  // A secret that cannot decrypt the signing key fails the start here, rather than the first sign-in.
  await keyring.signingKey();
  const start = (name: string, run: (ended: AbortSignal) => Promise<void>, every = intervalMs) =>
    startIntervalJob({ name, intervalMs: every, maxRunMs, log, run });
  const jobs = [
    start("rotate_signing_keys", keyring.rotate),
    start("delete_expired_sessions", sessions.purge),
    start("delete_unused_networks", knownNetworks.purge),
    start("analyse_grown_tables", (ended) => analyseGrownTables(database.executor, ended), statisticsMs),
  ];
  return () => Promise.all(jobs.map((job) => job.stop()));
}
