import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useState } from "react";
import type { Row } from "./rows.js";

interface ScrollStartOptions {
  rows: readonly Row[];
  /** What is shown meanwhile is what was kept, or the last message alone. */
  isLoading: boolean;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  /** Opened at a certain message, to which a jump leads. */
  isTargeted: boolean;
}

/**
 * Opens a conversation at the first unread message, or at its end, and stays there until the newest messages are loaded.
 * Answers whether that is done: the reader scrolls from then on.
 */
export function useScrollStart({ rows, isLoading, virtualizer, isTargeted }: ScrollStartOptions): boolean {
  const [isStarted, setStarted] = useState(isTargeted);
  const isReady = rows.length > 0 && !isLoading;
  useLayoutEffect(() => {
    if (isStarted || rows.length === 0) return;
    const unread = rows.findIndex(({ kind }) => kind === "unread");
    if (unread === -1) virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(unread, { align: "start" });
  }, [isStarted, rows, virtualizer]);
  useEffect(() => {
    if (!isReady) return;
    // The browser has scrolled by then.
    const frame = requestAnimationFrame(() => setStarted(true));
    return () => cancelAnimationFrame(frame);
  }, [isReady]);
  return isStarted;
}
