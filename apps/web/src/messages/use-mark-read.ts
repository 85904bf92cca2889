import type { Virtualizer } from "@tanstack/react-virtual";
import { useConversation } from "@vero/sdk/react";
import { useEffect, useSyncExternalStore } from "react";
import type { Row } from "./rows.js";

interface MarkReadOptions {
  id: string;
  rows: readonly Row[];
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  markRead: (seq?: number) => Promise<void>;
}

function subscribe(listener: () => void): () => void {
  addEventListener("focus", listener);
  addEventListener("blur", listener);
  document.addEventListener("visibilitychange", listener);
  return () => {
    removeEventListener("focus", listener);
    removeEventListener("blur", listener);
    document.removeEventListener("visibilitychange", listener);
  };
}

const isLooking = (): boolean => document.visibilityState === "visible" && document.hasFocus();

/** How long a message has to be in sight to count as read. */
const readAfterMs = 300;

/** Marks as read what has been in sight of somebody who looks at the page. */
export function useMarkRead({ id, rows, virtualizer, markRead }: MarkReadOptions): void {
  const isHere = useSyncExternalStore(subscribe, isLooking);
  const conversation = useConversation(id);
  const { scrollOffset, scrollRect } = virtualizer;
  const end = (scrollOffset ?? 0) + (scrollRect?.height ?? 0);
  const seen = virtualizer
    .getVirtualItems()
    .findLast(({ start, index }) => start < end && rows[index]?.kind === "message");
  const row = seen === undefined ? undefined : rows[seen.index];
  const seq = row?.kind === "message" ? row.message.seq : 0;
  const lastReadSeq = conversation?.me.last_read_seq ?? Number.POSITIVE_INFINITY;
  const isDue = isHere && seq > lastReadSeq;
  useEffect(() => {
    if (!isDue) return;
    const timer = setTimeout(() => void markRead(seq).catch(() => {}), readAfterMs);
    return () => clearTimeout(timer);
  }, [isDue, seq, markRead]);
}
