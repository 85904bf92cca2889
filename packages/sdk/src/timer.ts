/** The longest wait, in milliseconds, that timers take: a longer one is over at once. */
export const longestMs = 2 ** 31 - 1;

/** Calls the task after `ms` milliseconds, however many. Answers a function that cancels it. */
export function after(ms: number, task: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (rest: number) => {
    timer = rest > longestMs ? setTimeout(() => wait(rest - longestMs), longestMs) : setTimeout(task, rest);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
