import { ZxcvbnFactory } from "@zxcvbn-ts/core";

/**
 * How many guesses a secret stands, as a power of ten. Random hexadecimal digits reach 28 of 32 characters and 12 of 16;
 * whatever is repeated, counted or written by rote stays below 10.
 */
const minPowers = { VERO_SECRET: 20, VERO_METRICS_TOKEN: 10, S3_SECRET_ACCESS_KEY: 10 } as const;

export type GuardedSecret = keyof typeof minPowers;

/**
 * The secrets that are too easy to guess, by name. Without dictionaries, which secrets are not made of and which every
 * process would load at its start. DATABASE_URL is not among them: whether a password stands behind it, or a certificate,
 * or a network, is between its server and whoever runs that.
 */
export function guessableSecrets(config: Partial<Record<GuardedSecret, string | undefined>>): GuardedSecret[] {
  const estimator = new ZxcvbnFactory({});
  return (Object.keys(minPowers) as GuardedSecret[]).filter((name) => {
    const secret = config[name];
    return secret !== undefined && estimator.check(secret).guessesLog10 <= minPowers[name];
  });
}
