import type { Media } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useCallback, useEffect, useState } from "react";

/** How long before the end of its URLs a file is read anew. */
const marginMs = 30_000;

const isExpired = ({ urls_expire_at }: Media): boolean =>
  urls_expire_at !== null && Date.parse(urls_expire_at) - marginMs < Date.now();

/** Answers a file with URLs that are valid: those that it came with, or, where they have expired, others. */
export function useFreshMedia(media: Media): { media: Media; refresh: () => void } {
  const vero = useVero();
  const [newer, setNewer] = useState<Media>();
  const current = newer?.id === media.id ? newer : media;
  const refresh = useCallback(() => {
    vero.media.get({ id: media.id }).then(setNewer, () => {});
  }, [vero, media.id]);
  const isStale = isExpired(current);
  useEffect(() => {
    if (isStale) refresh();
  }, [isStale, refresh]);
  return { media: current, refresh };
}
