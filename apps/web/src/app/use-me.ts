import type { User } from "@vero/sdk";
import { useStore } from "@vero/sdk/react";
import { useSyncExternalStore } from "react";
import { useAccountAsRead } from "./account.js";

export function useUser(userId: string): User | undefined {
  const store = useStore();
  return useSyncExternalStore(store.subscribe, () => store.user(userId));
}

/** Answers the user who is signed in: as the store has them, or before they are in any conversation, their account. */
export function useMe(): User | undefined {
  const store = useStore();
  const userId = useSyncExternalStore(store.subscribe, () => store.status.userId);
  const account = useAccountAsRead();
  return useUser(userId ?? "") ?? (account?.id === userId ? account : undefined);
}
