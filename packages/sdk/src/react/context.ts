import { createContext, createElement, type ReactNode, useContext, useEffect } from "react";
import type { Store } from "../store/index.js";
import type { Vero } from "../vero.js";

interface Provided {
  readonly vero: Vero;
  readonly store: Store;
}

const Context = createContext<Provided | undefined>(undefined);

/** What `VeroProvider` takes. */
export interface VeroProviderProps {
  readonly vero: Vero;
  readonly store: Store;
  /** Starts the store when it is shown, for whoever is signed in then. Without it the application calls `store.start()`. */
  readonly autoStart?: boolean | undefined;
  readonly children?: ReactNode;
}

/** Gives the client and the store to the hooks below it. Keep both the same over renders, outside of components. */
export function VeroProvider({ vero, store, autoStart = false, children }: VeroProviderProps): ReactNode {
  useEffect(() => {
    // Its failure is that nobody is signed in, which the application knows.
    if (autoStart) void store.start().catch(() => {});
  }, [store, autoStart]);
  return createElement(Context.Provider, { value: useProvided(vero, store) }, children);
}

const known = new WeakMap<Store, Provided>();

/** The same object for the same two, so that a render of the provider renders nothing else. */
function useProvided(vero: Vero, store: Store): Provided {
  const before = known.get(store);
  if (before?.vero === vero) return before;
  const provided = { vero, store };
  known.set(store, provided);
  return provided;
}

function useProvision(): Provided {
  const provided = useContext(Context);
  if (provided === undefined) throw new Error("This hook needs a VeroProvider above it.");
  return provided;
}

/** The client of the provider. */
export const useVero = (): Vero => useProvision().vero;

/** The store of the provider, for its actions: `store.edit(message, text)`. */
export const useStore = (): Store => useProvision().store;
