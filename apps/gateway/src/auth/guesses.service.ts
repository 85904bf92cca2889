import { AppError, type RateName } from "@vero/contracts";
import { type Limits, limitKeyOf } from "@vero/server";

export type Guesses = ReturnType<typeof createGuesses>;

const isGuess = (error: unknown): boolean => error instanceof AppError && error.code === "invalid_credentials";

/**
 * Counts failures to sign in: for an account and an address, and for an account from everywhere together, which a
 * stranger with many addresses meets. Whoever comes from where the account has signed in before does not: guesses from
 * elsewhere must not lock its owner out.
 */
export function createGuesses({ limits }: { limits: Pick<Limits, "consume" | "refund"> }) {
  return {
    /** Counted before the answer is known: guesses sent all at once must not slip past the limits together. */
    async count<T>(
      { email, ip }: { email: string; ip: string },
      isKnown: () => Promise<boolean>,
      attempt: () => Promise<T>,
    ): Promise<T> {
      const counted: [RateName, string][] = [];
      const consume = async (name: RateName, key: string): Promise<void> => {
        await limits.consume(name, key);
        counted.push([name, key]);
      };
      await consume("login_failure", `${email} ${limitKeyOf(ip)}`);
      let failed: unknown;
      try {
        if (!(await isKnown())) await consume("login_failure_account", email);
        return await attempt();
      } catch (error) {
        failed = error;
        throw error;
      } finally {
        // Neither a success nor trouble of ours is a failed guess.
        if (!isGuess(failed)) for (const [name, key] of counted) await limits.refund(name, key);
      }
    },
  };
}
