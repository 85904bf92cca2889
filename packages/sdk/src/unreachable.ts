import { VeroError } from "./errors.js";
import { isOffline, parseUrl, platform } from "./platform.js";

/**
 * Makes the error of a request that got no answer. Browsers do not tell scripts that the server does not allow their origin,
 * which looks to them like a server that is away: so the error names both.
 */
export function unreachable(detail: string, { url, cause }: { url: string; cause?: unknown }): VeroError {
  return new VeroError({ code: "network_error", detail: detail + causeOf(url), cause });
}

function causeOf(url: string): string {
  const { origin } = platform().location ?? {};
  if (isOffline()) return " This machine has no network.";
  // Pages of files and sandboxed frames have the origin "null", which must not be allowed.
  if (origin === undefined || origin === "null") return "";
  const asked = parseUrl(url);
  if (asked === undefined || asked.origin.replace(/^ws/, "http") === origin) return "";
  const setting = `VERO_CORS_ORIGINS=${origin}`;
  return ` If it is up, it does not allow pages of ${origin}: set ${setting} on the server, and the CORS of a bucket alike.`;
}
