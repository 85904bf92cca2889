import type { Database } from "@vero/db";
import type { Logger } from "../log/logger.js";
import { type Announcement, type Bus, createSubscriptions } from "./bus.js";

const wire = "vero";

/** NOTIFY refuses payloads of 8,000 bytes and more (PostgreSQL manual, NOTIFY). */
const maxPayload = 7_900;

const encode = (channel: string, announcement: Announcement): string => {
  const whole = JSON.stringify([channel, announcement]);
  if (Buffer.byteLength(whole) <= maxPayload) return whole;
  const { data: _, ...hint } = announcement;
  return JSON.stringify([channel, hint]);
};

/**
 * The bus of a deployment of several processes that share a database and nothing else: NOTIFY and LISTEN on one
 * channel. Each process hears everything and drops what it has no listener for.
 */
export async function createPostgresBus(database: Database, log: Logger): Promise<Bus> {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  const gapHandlers = new Set<() => void>();
  let connected = false;
  const receive = (payload: string): void => {
    const [channel, announcement] = JSON.parse(payload) as [string, Announcement];
    subscriptions.deliver(channel, announcement);
  };
  const unlisten = await database.listen(wire, receive, () => {
    if (connected) for (const handler of gapHandlers) handler();
    connected = true;
  });
  return {
    publish(channel, announcement) {
      database
        .notify(wire, encode(channel, announcement))
        .catch((err: unknown) => log.warn({ err }, "announcement not published"));
    },
    subscribe: subscriptions.subscribe,
    onGap: (handler) => {
      gapHandlers.add(handler);
    },
    close: unlisten,
  };
}
