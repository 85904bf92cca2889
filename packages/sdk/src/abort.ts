import { VeroError } from "./errors.js";
import { after } from "./timer.js";

export const aborted = (signal: AbortSignal): VeroError =>
  new VeroError({ code: "aborted", detail: "The call was aborted.", cause: signal.reason });

/** Waits for a promise that several callers share; the signal of one of them ends only its own waiting. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(aborted(signal));
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Waits `ms` milliseconds. Rejects with `aborted` as soon as the signal fires. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  let cancel = () => {};
  const waiting = new Promise<void>((resolve) => {
    cancel = after(ms, resolve);
  });
  return abortable(waiting, signal).finally(cancel);
}
