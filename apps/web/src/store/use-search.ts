import type { MessagesSearchInput, MessagesSearchOutput, VeroError } from "@vero/sdk";
import { useCallback, useEffect, useState } from "react";
import { useVero } from "./provider.js";

/** How long nobody types before a search begins. */
const pauseMs = 250;

interface Found {
  items: MessagesSearchOutput["items"];
  cursor: string | null;
  isLoading: boolean;
  error: VeroError | undefined;
}

const nothing: Found = { items: [], cursor: null, isLoading: false, error: undefined };

/** Searches messages as somebody types. */
export function useSearch(q: string, options: Omit<MessagesSearchInput, "q" | "cursor"> = {}) {
  const vero = useVero();
  const [found, setFound] = useState<Found>(nothing);
  const key = JSON.stringify({ ...options, q: q.trim() });

  const load = useCallback(
    async (before: Found, signal?: AbortSignal): Promise<void> => {
      const input = JSON.parse(key) as MessagesSearchInput;
      const cursor = before.cursor === null ? {} : { cursor: before.cursor };
      try {
        const page = await vero.messages.search({ ...input, ...cursor }, signal === undefined ? {} : { signal });
        const items = [...before.items, ...page.items];
        if (!signal?.aborted) setFound({ items, cursor: page.next_cursor, isLoading: false, error: undefined });
      } catch (error) {
        if (!signal?.aborted) setFound({ ...before, isLoading: false, error: error as VeroError });
      }
    },
    [vero, key],
  );

  useEffect(() => {
    const controller = new AbortController();
    const isEmpty = (JSON.parse(key) as MessagesSearchInput).q === "";
    setFound((before) => (isEmpty ? nothing : { ...before, isLoading: true, error: undefined }));
    const timer = isEmpty ? undefined : setTimeout(() => void load(nothing, controller.signal), pauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [key, load]);

  const { items, cursor, isLoading, error } = found;
  return { items, isLoading, error, hasMore: cursor !== null, loadMore: () => load(found) };
}
