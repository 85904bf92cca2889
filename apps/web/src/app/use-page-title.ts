import { useUnread } from "@vero/sdk/react";
import { useEffect } from "react";
import { useAccount } from "./use-account.js";

/** Shows in the title of the page how many messages are unread. */
export function usePageTitle(): void {
  const { total } = useUnread();
  const { me } = useAccount();
  useEffect(() => {
    document.title = [total > 0 ? `(${total})` : "", me?.tenant.name ?? "Vero Chat"].filter(Boolean).join(" ");
    return () => {
      document.title = "Vero Chat";
    };
  }, [total, me?.tenant.name]);
}
