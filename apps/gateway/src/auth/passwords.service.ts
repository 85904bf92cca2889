import { hash, verify } from "@node-rs/argon2";
import { AppError } from "@vero/contracts";
import fastq from "fastq";

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

/** Hashing is heavy on purpose: only so much of it at a time, so that a flood of logins cannot take the machine. */
export function createPasswords() {
  const queue = fastq.promise((work: () => Promise<string | boolean>) => work(), atOnce);
  let common: Promise<Set<string>> | undefined;

  async function inTurn<T extends string | boolean>(work: () => Promise<T>): Promise<T> {
    if (queue.length() >= waiting) {
      throw new AppError("unavailable", { detail: "Too many sign-ins at the moment.", retryAfter: 1 });
    }
    return (await queue.push(work)) as T;
  }

  /** Half a megabyte that most processes need rarely. */
  async function loadCommon(): Promise<Set<string>> {
    const { dictionary } = await import("@zxcvbn-ts/language-common");
    return new Set(dictionary["passwords-common"].map((word) => word.toLowerCase()));
  }

  return {
    hash: (password: string): Promise<string> => inTurn(() => hash(password, parameters)),

    /** As much work for a user who does not exist. */
    verify: async (stored: string | undefined, password: string): Promise<boolean> =>
      (await inTurn(() => verify(stored ?? nobodysHash, password))) && stored !== undefined,

    /** NIST SP 800-63B section 5.1.1.2: the first that an attacker tries. */
    async refuseCommon(password: string, email: string): Promise<void> {
      common ??= loadCommon();
      const lower = password.toLowerCase();
      const [local] = email.split("@");
      if (lower === email || lower === local || (await common).has(lower)) throw new AppError("password_too_common");
    },
  };
}
