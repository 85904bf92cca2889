import type { Virtualizer } from "@tanstack/react-virtual";
import type { Messages } from "@vero/sdk/react";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { attempt } from "../ui/toast.js";
import type { Row } from "./rows.js";

/** A seq, or a place in the conversation. */
export type JumpTarget = number | "latest" | "first_unread";

interface JumpOptions {
  rows: readonly Row[];
  list: Messages;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  target: number | undefined;
}

/** How long a message is marked after a jump to it. */
const markedMs = 2_400;

function indexOf(rows: readonly Row[], wanted: JumpTarget): number {
  if (wanted === "latest") return rows.length - 1;
  if (wanted === "first_unread") return rows.findIndex(({ kind }) => kind === "unread");
  return rows.findIndex((row) => row.kind === "message" && row.message.seq === wanted);
}

/** Goes to a message, which may have to be loaded first. */
export function useJump({ rows, list, virtualizer, target }: JumpOptions) {
  const [wanted, setWanted] = useState<JumpTarget>();
  const [targetSeq, setTargetSeq] = useState<number>();

  const begin = useEffectEvent((to: JumpTarget) => {
    const isHeld = to === "latest" ? !list.hasNewer : indexOf(rows, to) !== -1;
    if (!isHeld) void attempt(list.jumpTo(to));
  });
  const jumpTo = useCallback((to: JumpTarget) => setWanted(to), []);
  useEffect(() => {
    if (target !== undefined) setWanted(target);
  }, [target]);
  useEffect(() => {
    if (wanted !== undefined) begin(wanted);
  }, [wanted]);

  // The rows of what was loaded come with a later render.
  useEffect(() => {
    if (wanted === undefined || list.isLoading || (wanted === "latest" && list.hasNewer)) return;
    const index = indexOf(rows, wanted);
    if (index === -1) return;
    if (wanted === "latest") virtualizer.scrollToEnd();
    else virtualizer.scrollToIndex(index, { align: wanted === "first_unread" ? "start" : "center" });
    if (typeof wanted === "number") setTargetSeq(wanted);
    setWanted(undefined);
  }, [wanted, rows, list.isLoading, list.hasNewer, virtualizer]);

  useEffect(() => {
    if (targetSeq === undefined) return;
    const timer = setTimeout(() => setTargetSeq(undefined), markedMs);
    return () => clearTimeout(timer);
  }, [targetSeq]);

  return { targetSeq, jumpTo };
}
