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

/** What has to be done at the start and every hour. Every process may: the database decides whether there is any work. */
export async function startMaintenance({
  keyring,
  sessions,
  knownNetworks,
  log,
}: MaintenanceDeps): Promise<() => void> {
  await keyring.rotate();
  // Better not to start than to find out at the first login that the secret is another one.
  await keyring.signingKey();
  const timer = setInterval(() => {
    keyring.rotate().catch((err: unknown) => log.error({ err }, "signing keys not rotated"));
    sessions.purge().catch((err: unknown) => log.error({ err }, "expired sessions not removed"));
    knownNetworks.purge().catch((err: unknown) => log.error({ err }, "stale networks not removed"));
  }, hour);
  timer.unref();
  return () => clearInterval(timer);
}
