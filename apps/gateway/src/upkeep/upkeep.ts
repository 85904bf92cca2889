import type { Keyring, Logger } from "@vero/server";
import type { Sessions } from "../auth/sessions.service.js";

const hour = 3_600_000;

export interface UpkeepDeps {
  keyring: Pick<Keyring, "rotate">;
  sessions: Pick<Sessions, "purge">;
  log: Logger;
}

/** What has to be done at the start and every hour. Every process may: the database decides whether there is any work. */
export async function startUpkeep({ keyring, sessions, log }: UpkeepDeps): Promise<() => void> {
  await keyring.rotate();
  const timer = setInterval(() => {
    keyring.rotate().catch((err: unknown) => log.error({ err }, "signing keys not rotated"));
    sessions.purge().catch((err: unknown) => log.error({ err }, "expired sessions not removed"));
  }, hour);
  timer.unref();
  return () => clearInterval(timer);
}
