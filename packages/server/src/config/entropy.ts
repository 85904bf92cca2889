import { ZxcvbnFactory } from "@zxcvbn-ts/core";

/**
 * The number of guesses that each secret must exceed, as a power of ten. Random hexadecimal digits reach 28 with 32
 * characters and 12 with 16; repeated, counted or rote characters stay below 10.
 */
const minPowers = { VERO_SECRET: 20, VERO_METRICS_TOKEN: 10, S3_SECRET_ACCESS_KEY: 10 } as const;

export type GuardedSecret = keyof typeof minPowers;

/**
 * Returns the names of the secrets that are too easy to guess. The estimate uses no dictionaries: secrets are not made
 * of words, and every process would have to load them at its start. DATABASE_URL is not checked: how the database
 * authenticates, by password, certificate or network, is the operator's decision.
 */
export function guessableSecrets(config: Partial<Record<GuardedSecret, string | undefined>>): GuardedSecret[] {
  const estimator = new ZxcvbnFactory({});
  return (Object.keys(minPowers) as GuardedSecret[]).filter((name) => {
    const secret = config[name];
    return secret !== undefined && estimator.check(secret).guessesLog10 <= minPowers[name];
  });
}
