/** As much of a browser's event target as this client needs. */
export interface Target {
  addEventListener(type: string, listener: (event: never) => void): void;
  removeEventListener(type: string, listener: (event: never) => void): void;
}

interface Platform extends Partial<Target> {
  location?: { href?: string; origin?: string };
  navigator?: { onLine?: boolean; locks?: { request<T>(name: string, task: () => Promise<T>): Promise<T> } };
  document?: Target & { visibilityState: string };
  WorkerGlobalScope?: unknown;
}

/** The globals of browsers and workers, each of which may be missing. Read at each use: tests and polyfills replace them. */
export const platform = (): Platform => globalThis as unknown as Platform;

/** Answers whether this machine says that it has no network. Where it says nothing, it is taken to have one. */
export const isOffline = (): boolean => platform().navigator?.onLine === false;

/** Parses a URL, which in a page may be relative to that of the page. Answers undefined for what is none. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text, platform().location?.href);
  } catch {
    return undefined;
  }
}

/** Listens until the answered function is called. Does nothing where there are no such events. */
export function listen<E>(target: Partial<Target> | undefined, type: string, listener: (event: E) => void): () => void {
  // Called as methods: browsers refuse a call without the receiver.
  target?.addEventListener?.(type, listener);
  return () => target?.removeEventListener?.(type, listener);
}
