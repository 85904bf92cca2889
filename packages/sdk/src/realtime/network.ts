import { listen, platform } from "../platform.js";

export interface NetworkListener {
  /** This machine has lost its network; local services may still be in reach. */
  onOffline(): void;
  /** The network is there again, or somebody looks at the page again, whose timers were slowed down or stood still. */
  onBack(): void;
}

/** Listens to what browsers and workers say of the network and of the page, until the answered function is called. */
export function watchNetwork({ onOffline, onBack }: NetworkListener): () => void {
  const { document } = platform();
  const stops = [
    listen(platform(), "offline", onOffline),
    listen(platform(), "online", onBack),
    listen(document, "visibilitychange", () => {
      if (document?.visibilityState === "visible") onBack();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
