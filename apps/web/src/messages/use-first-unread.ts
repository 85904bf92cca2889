import { useState } from "react";

/** Keeps where the new messages began when the conversation was opened: the line stays although they are read now. */
export function useFirstUnread(current: number | undefined): number | undefined {
  const [kept, setKept] = useState<number>();
  if (kept === undefined && current !== undefined) setKept(current);
  return kept ?? current;
}
