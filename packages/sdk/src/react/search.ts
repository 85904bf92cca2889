import { useCallback, useEffect, useRef, useState } from "react";
import { isVeroError, type VeroError } from "../errors.js";
import type { MessagesSearchInput, SearchHit } from "../generated/client.js";
import { useVero } from "./context.js";

/** Where to search, and how; as for `messages.search`. */
export type SearchOptions = Omit<MessagesSearchInput, "q" | "cursor"> & {
  /** Milliseconds without another key before it searches. Default 250. */
  readonly delayMs?: number | undefined;
};

interface SearchState {
  readonly items: readonly SearchHit[];
  readonly isLoading: boolean;
  readonly error: VeroError | undefined;
  readonly hasMore: boolean;
}

/** The messages that were found. */
export interface Search extends SearchState {
  loadMore(): Promise<void>;
}

const nothing: SearchState = { items: [], isLoading: false, error: undefined, hasMore: false };

/** Searches messages while somebody types; nothing is searched for without a word. */
export function useSearch(q: string, { delayMs = 250, ...options }: SearchOptions = {}): Search {
  const vero = useVero();
  const [state, setState] = useState(nothing);
  const next = useRef<(() => Promise<void>) | undefined>(undefined);
  // Objects that say the same are the same search.
  const key = JSON.stringify({ ...options, q: q.trim() });
  useEffect(() => {
    const input = JSON.parse(key) as MessagesSearchInput;
    next.current = undefined;
    if (input.q === "") return setState(nothing);
    const controller = new AbortController();
    const { signal } = controller;
    const load = async (cursor: string | undefined, before: readonly SearchHit[]) => {
      next.current = undefined;
      setState((now) => ({ ...now, isLoading: true }));
      try {
        const page = await vero.messages.search({ ...input, cursor }, { signal });
        if (signal.aborted) return;
        const items = [...before, ...page.items];
        const more = page.next_cursor ?? undefined;
        if (more !== undefined) next.current = () => load(more, items);
        setState({ items, isLoading: false, error: undefined, hasMore: more !== undefined });
      } catch (error) {
        if (signal.aborted || !isVeroError(error)) return;
        next.current = () => load(cursor, before);
        setState((now) => ({ ...now, isLoading: false, error }));
      }
    };
    const timer = setTimeout(() => void load(undefined, []), delayMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [vero, key, delayMs]);
  const loadMore = useCallback(() => next.current?.() ?? Promise.resolve(), []);
  return { ...state, loadMore };
}
