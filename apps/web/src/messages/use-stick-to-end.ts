import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useEffectEvent } from "react";

interface StickToEndOptions {
  scroller: RefObject<HTMLElement | null>;
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  isAtEnd: boolean;
}

/** Keeps the newest message in sight when the list becomes smaller: a reply is begun, or a keyboard comes up. */
export function useStickToEnd({ scroller, virtualizer, isAtEnd }: StickToEndOptions): void {
  const onResize = useEffectEvent(() => {
    if (isAtEnd) virtualizer.scrollToEnd();
  });
  useEffect(() => {
    const observer = new ResizeObserver(() => onResize());
    if (scroller.current !== null) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller]);
}
