import { type GuardedSecret, guessableSecrets } from "./entropy.js";
import type { Problem } from "./problem.js";

interface StrictConfig extends Partial<Record<GuardedSecret, string | undefined>> {
  NODE_ENV?: string;
  VERO_RATE_LIMITS?: string;
}

/** Refuses in production secrets that can be guessed, and to be without rate limits. */
export function strictInProduction(config: StrictConfig): Problem[] {
  if (config.NODE_ENV !== "production") return [];
  const problems = guessableSecrets(config).map(
    (name): Problem => [name, "is too easy to guess; for example: openssl rand -base64 48"],
  );
  if (config.VERO_RATE_LIMITS === "off") {
    problems.push(["VERO_RATE_LIMITS", "cannot be off when NODE_ENV is production"]);
  }
  return problems;
}

/** Refuses a previous secret that is the present one: whoever sets it believes that the secret has been replaced. */
export function replacedSecret(config: {
  VERO_SECRET?: string | undefined;
  VERO_SECRET_PREVIOUS?: string | undefined;
}): Problem[] {
  if (config.VERO_SECRET_PREVIOUS === undefined || config.VERO_SECRET_PREVIOUS !== config.VERO_SECRET) return [];
  return [["VERO_SECRET_PREVIOUS", "is the same as VERO_SECRET; it is the secret that VERO_SECRET replaces"]];
}
