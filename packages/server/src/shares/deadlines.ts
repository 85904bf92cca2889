import { AppError } from "@vero/contracts";
import { type Deadline, withDeadline } from "@vero/db";

const late = () => new AppError("unavailable", { detail: "The request could not be answered in time.", retryAfter: 1 });

/**
 * Runs some work under a deadline, and fails with `unavailable` when it passes. The work is not stopped: its signal is
 * aborted, and its statements are cancelled. It releases its resources when it ends by itself.
 */
export async function answerInTime<T>(deadline: Deadline, work: (passed: AbortSignal) => Promise<T>): Promise<T> {
  const passed = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = late();
      passed.abort(error);
      reject(error);
    }, deadline.remainingMs);
  });
  try {
    return await Promise.race([withDeadline(deadline, () => work(passed.signal)), answer]);
  } finally {
    clearTimeout(timer);
  }
}
