import { hkdfSync } from "node:crypto";

/** The secret of the deployment, and the one it replaces: what the previous one wrote stays readable meanwhile. */
export interface Secrets {
  secret: string;
  previousSecret?: string | undefined;
}

/** Takes the secrets from the variables of the configuration. */
export const secretsOf = (config: { VERO_SECRET: string; VERO_SECRET_PREVIOUS?: string | undefined }): Secrets => ({
  secret: config.VERO_SECRET,
  previousSecret: config.VERO_SECRET_PREVIOUS,
});

/** Derives 256-bit keys for one purpose (HKDF). The first one writes; readers try all of them. */
export function keysFor({ secret, previousSecret }: Secrets, purpose: string): [Uint8Array, ...Uint8Array[]] {
  const keyOf = (from: string) => new Uint8Array(hkdfSync("sha256", from, "", purpose, 32));
  return [keyOf(secret), ...(previousSecret === undefined ? [] : [keyOf(previousSecret)])];
}
