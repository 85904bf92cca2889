import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@vero/contracts";
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import fastq from "fastq";
import { ownWords } from "./own-words.js";

/** The library's own name for it is a const enum, which a file compiled by itself cannot read. */
const argon2id = 2;

/** OWASP Password Storage Cheat Sheet, the second of its equivalent choices. */
const parameters = { algorithm: argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** The hash of a random password that nobody knows: what a login for an unknown email is compared with. */
export const nobodysHash =
  "$argon2id$v=19$m=19456,t=2,p=1$j7No2VTyNCcO0nJfet1c6w$cYDBTAYWC+cvNtILANBu0NixVDb+26lCHwZ+Q3xsfEI";

const atOnce = 2;
/** About a second of work; whoever would wait longer had better come again. */
const waiting = 64;

export type Passwords = ReturnType<typeof createPasswords>;

/** Guesses of 10⁶ and more; what is below, an attacker finds although sign-ins are limited. */
const minScore = 2;
/** Bounds what an estimate costs to some milliseconds; whoever needs more than this many characters has chosen badly. */
const estimatedLength = 32;

/** Half a megabyte that most processes need rarely; the same for all. */
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

/** Hashing is heavy on purpose: only so much of it at a time, so that a flood of logins cannot take the machine. */
export function createPasswords() {
  const queue = fastq.promise((work: () => Promise<string | boolean>) => work(), atOnce);

  async function inTurn<T extends string | boolean>(work: () => Promise<T>): Promise<T> {
    if (queue.length() >= waiting) {
      throw new AppError("unavailable", { detail: "Too many sign-ins at the moment.", retryAfter: 1 });
    }
    return (await queue.push(work)) as T;
  }

  return {
    hash: (password: string): Promise<string> => inTurn(() => hash(password, parameters)),

    /** As much work for a user who does not exist. */
    verify: async (stored: string | undefined, password: string): Promise<boolean> =>
      (await inTurn(() => verify(stored ?? nobodysHash, password))) && stored !== undefined,

    /** NIST SP 800-63B section 5.1.1.2: the first that an attacker tries, who knows whose password it is. */
    async refuseGuessable(password: string, about: readonly (string | null | undefined)[]): Promise<void> {
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
