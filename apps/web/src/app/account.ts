import type { AuthMeOutput } from "@vero/sdk";
import { useSyncExternalStore } from "react";
import { vero } from "./session.js";

type Account = AuthMeOutput;

let account: Account | undefined;
const listeners = new Set<() => void>();

/** Reads the account of the user from the service: what others are not shown of it, and the workspace. */
export async function loadAccount(): Promise<void> {
  account = await vero.auth.me();
  for (const listener of listeners) listener();
}

/** Answers the account of the user, as it was read last. */
export const useAccountAsRead = (): Account | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => account,
  );
