import type { User } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useEffect, useState } from "react";

/** How long nobody types before people are sought. */
const pauseMs = 200;

/** Lists the people of the workspace, or those whom a search finds. */
export function usePeople(q: string): { people: readonly User[]; isLoading: boolean } {
  const vero = useVero();
  const [people, setPeople] = useState<readonly User[]>([]);
  const [isLoading, setLoading] = useState(true);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    setLoading(true);
    const timer = setTimeout(
      async () => {
        const wanted = q.trim();
        const page =
          wanted === "" ? vero.users.list({ limit: 100 }, { signal }) : vero.users.search({ q: wanted }, { signal });
        const found = await page.catch(() => undefined);
        if (signal.aborted) return;
        setPeople(found?.items ?? []);
        setLoading(false);
      },
      q === "" ? 0 : pauseMs,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [vero, q]);
  return { people, isLoading };
}
