import { hash, verify } from "@node-rs/argon2";
import { AppError, normalizePassword } from "@vero/contracts";
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import pLimit from "p-limit";
import { ownWords } from "./own-words.js";

/** The value of argon2id: the library's own constant is a const enum, which a file compiled by itself cannot read. */
const argon2id = 2;

/** Parameters from the OWASP Password Storage Cheat Sheet, the second of its equivalent choices. */
const parameters = { algorithm: argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/**
 * The hash of a random password that nobody knows, with which the password of a sign-in for an unknown e-mail address
 * is compared.
 */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$j7No2VTyNCcO0nJfet1c6w$cYDBTAYWC+cvNtILANBu0NixVDb+26lCHwZ+Q3xsfEI";

const maxRunning = 2;
/**
 * The maximum of hashes that wait, about a second of work; further ones are refused, because they would wait for too
 * long.
 */
const maxWaiting = 64;

export type Passwords = ReturnType<typeof createPasswords>;

/** The minimum score, 10⁶ guesses: a weaker password can be found in spite of the rate limits. */
const minScore = 2;
/**
 * The characters that are estimated, which bounds the cost to some milliseconds; a password that is weak up to here is
 * refused.
 */
const estimatedLength = 32;

/** Loaded at its first use, because its half megabyte is needed rarely by most processes; shared by all services. */
let estimator: Promise<ZxcvbnFactory> | undefined;

async function loadEstimator(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({
    dictionary,
    graphs: adjacencyGraphs,
    maxLength: estimatedLength,
    l33tMaxSubstitutions: 10,
  });
}

/**
 * Hashes and verifies passwords, few at a time: hashing is expensive on purpose, and a flood of sign-ins must not
 * occupy the machine.
 */
export function createPasswords() {
  const limit = pLimit(maxRunning);

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (limit.activeCount + limit.pendingCount >= maxRunning + maxWaiting) {
      throw new AppError("unavailable", { detail: "Too many sign-ins at the moment.", retryAfter: 1 });
    }
    return limit(work);
  }

  return {
    hash: (password: string): Promise<string> => inTurn(() => hash(normalizePassword(password), parameters)),

    /**
     * Verifies a password, in whatever form of Unicode it was typed. For a user who does not exist it does the same
     * work and returns false, so that the time it takes does not tell the two apart.
     */
    async verify(stored: string | undefined, password: string): Promise<boolean> {
      const normalized = normalizePassword(password);
      let matches = await inTurn(() => verify(stored ?? nobodysHash, normalized));
      // Hashes of before passwords were normalised are of the very bytes.
      if (!matches && normalized !== password) matches = await inTurn(() => verify(stored ?? nobodysHash, password));
      return matches && stored !== undefined;
    },

    /** Refuses the passwords that an attacker who knows the user tries first (NIST SP 800-63B section 5.1.1.2). */
    async refuseGuessable(given: string, about: readonly (string | null | undefined)[]): Promise<void> {
      const password = normalizePassword(given);
      const words = ownWords(about);
      estimator ??= loadEstimator();
      const { score } = (await estimator).check(
        password,
        words.map((word) => word.slice(0, estimatedLength)),
      );
      if (score < minScore || words.includes(password.toLowerCase())) throw new AppError("password_too_common");
    },
  };
}
