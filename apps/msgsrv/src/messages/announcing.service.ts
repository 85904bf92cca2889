import type { Bus, Logger } from "@vero/server";
import type { Links } from "../media/links.service.js";
import type { Told } from "./writing.service.js";

export interface AnnouncingDeps {
  bus: Pick<Bus, "publish">;
  links: Pick<Links, "shared">;
  log: Pick<Logger, "warn">;
}

/** Tells, in the order given, what has been committed. Never fails: what cannot be told is found by comparison. */
export type Announce = (told: readonly Told[]) => Promise<void>;

export const createAnnounce =
  ({ bus, links, log }: AnnouncingDeps): Announce =>
  async (told) => {
    for (const [channel, announcement, shared] of told) {
      if (shared === undefined) {
        bus.publish(channel, announcement);
        continue;
      }
      const { data: more, ...hint } = announcement;
      try {
        // Nothing to wait for is not waited for: what follows must not be told before it.
        const message = shared.message.attachments.length === 0 ? shared : await links.shared(shared);
        bus.publish(channel, { ...hint, data: { ...message, ...(more as object) } });
      } catch (err) {
        log.warn({ err }, "URLs of files could not be made; whoever hears of the message reads it");
        bus.publish(channel, hint);
      }
    }
  };
