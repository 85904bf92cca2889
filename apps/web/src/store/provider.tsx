import type { Vero } from "@vero/sdk";
import type { Store } from "@vero/sdk/store";
import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";

interface Chat {
  vero: Vero;
  store: Store;
}

const ChatContext = createContext<Chat | null>(null);

/** Gives the client and its store to the components below. */
export const VeroProvider = ({ vero, store, children }: Chat & { children: ReactNode }) => (
  <ChatContext value={{ vero, store }}>{children}</ChatContext>
);

function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === null) throw new Error("This is for components inside of VeroProvider.");
  return chat;
}

export const useVero = (): Vero => useChat().vero;
export const useStore = (): Store => useChat().store;

/** Reads a selector of the store, and again after each change of it. */
export function useSelector<T>(select: (store: Store) => T): T {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => select(store));
}
