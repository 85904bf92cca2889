import type { Keyring, Logger } from "@vero/server";
import type { KnownNetworks } from "../auth/known-networks.service.js";
import type { Sessions } from "../auth/sessions.service.js";

const hour = 3_600_000;

export interface MaintenanceDeps {
  keyring: Pick<Keyring, "rotate" | "signingKey">;
  sessions: Pick<Sessions, "purge">;
  knownNetworks: Pick<KnownNetworks, "purge">;
  log: Logger;
}

/**
 * Runs maintenance at the start and every hour, and returns the function that stops it. Every process may run it: the
 * database decides whether there is any work.
 */
export async function startMaintenance({
  keyring,
  sessions,
  knownNetworks,
  log,
}: MaintenanceDeps): Promise<() => void> {
  await keyring.rotate();
  // A secret that cannot decrypt the signing key fails the start here, rather than the first sign-in.
  await keyring.signingKey();
  const timer = setInterval(() => {
    keyring.rotate().catch((err: unknown) => log.error({ err }, "signing keys not rotated"));
    sessions.purge().catch((err: unknown) => log.error({ err }, "expired sessions not removed"));
    knownNetworks.purge().catch((err: unknown) => log.error({ err }, "stale networks not removed"));
  }, hour);
  timer.unref();
  return () => clearInterval(timer);
}
