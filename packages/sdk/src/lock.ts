import { platform } from "./platform.js";

/** The last task of each name, by the object that they are about. */
const chains = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Runs the tasks of one name about one object in turn, within this process. */
function inTurn<T>(about: object, name: string, task: () => Promise<T>): Promise<T> {
  const last = chains.get(about) ?? new Map<string, Promise<unknown>>();
  chains.set(about, last);
  const running = (last.get(name) ?? Promise.resolve()).then(task, task);
  last.set(name, running);
  return running;
}

/**
 * Runs the tasks of one name in turn, in all tabs of an origin, by Web Locks. Elsewhere those about one object take turns in
 * this process.
 */
export async function exclusively<T>(about: object, name: string, task: () => Promise<T>): Promise<T> {
  const locks = platform().navigator?.locks;
  if (locks === undefined) return inTurn(about, name, task);
  let begun = false;
  const locked = () => {
    begun = true;
    return task();
  };
  try {
    return await locks.request(name, locked);
  } catch (error) {
    // Sandboxed frames have the API and are refused by it.
    if (begun) throw error;
    return inTurn(about, name, task);
  }
}
