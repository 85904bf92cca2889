import { useMemo } from "react";
import { useAccountAsRead } from "./account.js";
import { useMe } from "./use-me.js";

/** Answers the account of the user, with the profile as it is now. */
export function useAccount() {
  const account = useAccountAsRead();
  const me = useMe();
  return useMemo(() => ({ me: account && me?.id === account.id ? { ...account, ...me } : account }), [account, me]);
}
