import { hkdfSync } from "node:crypto";

/** The deployment's secret. While it is being replaced, what the previous one wrote is read as well. */
export interface Secrets {
  secret: string;
  previousSecret?: string | undefined;
}

/** As the configuration names them. */
export const secretsOf = (config: { VERO_SECRET: string; VERO_SECRET_PREVIOUS?: string | undefined }): Secrets => ({
  secret: config.VERO_SECRET,
  previousSecret: config.VERO_SECRET_PREVIOUS,
});

/** Keys of 256 bits for one purpose: the first writes, all of them read. */
export function keysFor({ secret, previousSecret }: Secrets, purpose: string): [Uint8Array, ...Uint8Array[]] {
  const keyOf = (from: string) => new Uint8Array(hkdfSync("sha256", from, "", purpose, 32));
  return [keyOf(secret), ...(previousSecret === undefined ? [] : [keyOf(previousSecret)])];
}
