import type { Virtualizer } from "@tanstack/react-virtual";
import type { Messages } from "@vero/sdk/react";
import { useEffect } from "react";

interface WindowEdgesOptions {
  isStarted: boolean;
  list: Messages;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
}

/** Pixels before an edge at which more is loaded. */
const margin = 900;

/** Loads older and newer messages before the reader comes to the end of what is held. */
export function useWindowEdges({ isStarted, list, virtualizer }: WindowEdgesOptions): void {
  const { hasOlder, hasNewer, isLoading, error, loadOlder, loadNewer } = list;
  const isNearStart = (virtualizer.scrollOffset ?? 0) < margin;
  const isNearEnd = virtualizer.isAtEnd(margin);
  useEffect(() => {
    if (!isStarted || isLoading || error !== undefined) return;
    if (hasOlder && isNearStart) void loadOlder().catch(() => {});
    else if (hasNewer && isNearEnd) void loadNewer().catch(() => {});
  }, [isStarted, isLoading, error, hasOlder, hasNewer, isNearStart, isNearEnd, loadOlder, loadNewer]);
}
