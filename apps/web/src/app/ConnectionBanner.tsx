import { useConnection } from "@vero/sdk/react";
import { CloudOff } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import styles from "./ConnectionBanner.module.css";
import { vero } from "./session.js";

/** How long a connection may be away before it is said: reconnects are not worth a flash. */
const shownAfterMs = 2_000;

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Says that the server is out of reach, and that what is written goes out later. */
export function ConnectionBanner() {
  const connection = useConnection();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  const isAway =
    !isOnline ||
    connection.status === "offline" ||
    connection.status === "backing_off" ||
    connection.status === "ended";
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isAway) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), shownAfterMs);
    return () => clearTimeout(timer);
  }, [isAway]);
  return (
    <div role="status">
      {isShown && (
        <p className={styles.banner}>
          <CloudOff aria-hidden="true" />
          <span>
            {isOnline ? "The server cannot be reached." : "You are offline."} What you write is kept and sent later.
          </span>
          {isOnline && (
            <button type="button" onClick={() => void vero.realtime.connect().catch(() => {})}>
              Try now
            </button>
          )}
        </p>
      )}
    </div>
  );
}
