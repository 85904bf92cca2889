import { AppError } from "@vero/contracts";
import { type Deadline, withDeadline } from "@vero/db";

const late = () => new AppError("unavailable", { detail: "The request could not be answered in time.", retryAfter: 1 });

/**
 * Answers for some work when its deadline passes. The work is told so by the signal, its statements by the database;
 * what it holds it gives back when it ends.
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
