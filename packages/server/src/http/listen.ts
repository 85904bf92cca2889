import { once } from "node:events";
import { createServer } from "node:net";
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

/**
 * Fails where a port of the configuration is taken: the first step of a start, whose others may take long. Whoever takes
 * it meanwhile is found when the service listens.
 */
export async function requireFreePorts(config: {
  HOST: string;
  PORT: number;
  VERO_METRICS_PORT?: number | undefined;
}): Promise<void> {
  for (const setting of ["PORT", "VERO_METRICS_PORT"] as const) {
    const port = config[setting];
    if (port === undefined || port === 0) continue;
    const server = createServer();
    try {
      await once(server.listen({ host: config.HOST, port }), "listening");
    } catch (cause) {
      const named = settingOf(cause as NodeJS.ErrnoException, setting);
      throw named === undefined ? cause : new SettingError(named, cause);
    }
    await once(server.close(), "close");
  }
}
