import { useCallback, useEffect, useState } from "react";
import { attempt } from "../ui/toast.js";

/** Reads a list from the service when it is shown, and again after each change. */
export function useList<T>(read: () => Promise<{ items: readonly T[] }>) {
  const [items, setItems] = useState<readonly T[]>();
  const reload = useCallback(() => attempt(read().then((page) => setItems(page.items))), [read]);
  useEffect(() => {
    void reload();
  }, [reload]);

  async function change(work: Promise<unknown>): Promise<void> {
    if (await attempt(work)) await reload();
  }
  return { items, change };
}
