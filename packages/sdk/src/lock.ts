import { platform } from "./platform.js";
import { after } from "./timer.js";

/** The last task of each name, by the object that they are about. */
const chains = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Runs the tasks of one name about one object in turn, within this process. */
function inTurn(about: object, name: string, task: () => Promise<void>): Promise<void> {
  const last = chains.get(about) ?? new Map<string, Promise<unknown>>();
  chains.set(about, last);
  const running = (last.get(name) ?? Promise.resolve()).then(task, task);
  last.set(name, running);
  return running;
}

/** The locks of a page or worker. Those of Node belong to the process: all clients of a server would wait for each other. */
function webLocks() {
  const { navigator, document, WorkerGlobalScope } = platform();
  return document === undefined && WorkerGlobalScope === undefined ? undefined : navigator?.locks;
}

/** Runs the task, which never rejects, while it holds the lock. */
async function locked(about: object, name: string, task: () => Promise<void>): Promise<void> {
  const locks = webLocks();
  if (locks === undefined) return inTurn(about, name, task);
  let isGranted = false;
  const granted = () => {
    isGranted = true;
    return task();
  };
  try {
    await locks.request(name, granted);
  } catch {
    // Sandboxed frames have the API and are refused by it.
    if (!isGranted) await inTurn(about, name, task);
  }
}

export interface Turn {
  /** The object that the tasks are about, where no lock of the platform is shared with other tabs. */
  about: object;
  name: string;
  /** The longest wait for the lock; a task that has not begun by then is not begun any more. */
  timeoutMs: number;
  /** Makes the error of a wait that was too long. */
  late(): Error;
}

/**
 * Runs the tasks of one name in turn, in all tabs of an origin, by Web Locks. Elsewhere those about one object take turns in
 * this process.
 */
export function exclusively<T>({ about, name, timeoutMs, late }: Turn, task: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const cancel = after(timeoutMs, () => {
      isLate = true;
      reject(late());
    });
    void locked(about, name, async () => {
      cancel();
      if (isLate) return;
      const running = task();
      resolve(running);
      await running.catch(() => {});
    });
  });
}
