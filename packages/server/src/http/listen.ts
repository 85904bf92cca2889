import type { FastifyInstance } from "fastify";
import { SettingError } from "../process/settings.js";

/** Returns the setting that names what cannot be listened at, or undefined where something else went wrong. */
function settingOf({ syscall, code }: NodeJS.ErrnoException, portSetting: string): string | undefined {
  if (syscall === "getaddrinfo" || code === "EADDRNOTAVAIL") return "HOST";
  return syscall === "listen" ? portSetting : undefined;
}

/** Starts to listen. Where the port is taken or the address not ours, the error names the setting. */
export async function listenAt(
  app: FastifyInstance,
  { host, port, setting = "PORT" }: { host: string; port: number; setting?: string },
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const named = settingOf(cause as NodeJS.ErrnoException, setting);
    throw named === undefined ? cause : new SettingError(named, cause);
  }
}
