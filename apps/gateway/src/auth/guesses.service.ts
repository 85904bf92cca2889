import { AppError, type RateName } from "@vero/contracts";
import { type Limits, limitKeyOf } from "@vero/server";

export type Guesses = ReturnType<typeof createGuesses>;

const isGuess = (error: unknown): boolean => error instanceof AppError && error.code === "invalid_credentials";

/**
 * Counts failed sign-ins by account and address, and by account alone, which bounds an attacker with many addresses.
 * Sign-ins from networks that the account has used before do not count by account alone: guesses from elsewhere must
 * not lock its owner out.
 */
export function createGuesses({ limits }: { limits: Pick<Limits, "consume" | "refund"> }) {
  return {
    /**
     * Runs a sign-in that is counted as a failure beforehand, and taken back where it was none: guesses that are sent
     * all at once would otherwise pass the limits together.
     */
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
        // Only wrong credentials are a failed guess; successes and failures of ours are not.
        if (!isGuess(failed)) for (const [name, key] of counted) await limits.refund(name, key);
      }
    },
  };
}
