import { VeroError } from "./errors.js";
import { platform } from "./platform.js";
import { isOffline } from "./realtime/network.js";

/**
 * Makes the error of a request that got no answer. Browsers do not tell scripts that the server does not allow their origin,
 * which looks to them like a server that is away: so the error names both.
 */
export function unreachable(detail: string, { url, cause }: { url: string; cause?: unknown }): VeroError {
  return new VeroError({ code: "network_error", detail: detail + causeOf(url), cause });
}

function causeOf(url: string): string {
  const { location } = platform();
  if (isOffline()) return " This machine has no network.";
  if (location === undefined || new URL(url, location.href).origin.replace(/^ws/, "http") === location.origin)
    return "";
  const { origin } = location;
  const setting = `VERO_CORS_ORIGINS=${origin}`;
  return ` If it is up, it does not allow pages of ${origin}: set ${setting} on the server, and the CORS of a bucket alike.`;
}
