import { useStore } from "@vero/sdk/react";
import { useCallback } from "react";
import { useMe } from "./use-me.js";

/** Answers the function that names a user by id. */
export function useNameOf(): (userId: string) => string {
  const store = useStore();
  const me = useMe();
  return useCallback(
    (userId) => (userId === me?.id ? "You" : (store.user(userId)?.display_name ?? "Somebody")),
    [store, me?.id],
  );
}
