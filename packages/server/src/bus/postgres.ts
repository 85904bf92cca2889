import type { Database } from "@vero/db";
import type { Logger } from "../log/logger.js";
import { type Announcement, type Bus, createSubscriptions } from "./bus.js";

const wire = "vero";

/** What is sent at once, and what waits at most; beyond that announcements are lost, as the bus may lose them. */
const most = { atOnce: 200, waiting: 20_000 };

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
 * channel. Each process hears everything and drops what it has no listener for. A process sends one statement at a time,
 * with all that has come meanwhile: its announcements arrive in the order in which it made them.
 */
export async function createPostgresBus(database: Database, log: Logger): Promise<Bus> {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  const gapHandlers = new Set<() => void>();
  let connected = false;
  const receive = (payload: string): void => {
    const [channel, announcement] = JSON.parse(payload) as [string, Announcement];
    subscriptions.deliver(channel, announcement);
  };
  const waiting: string[] = [];
  let isSending = false;
  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    while (waiting.length > 0) {
      const payloads = waiting.splice(0, most.atOnce);
      try {
        await database.notify(wire, payloads);
      } catch (err) {
        log.warn({ err, count: payloads.length }, "announcements not published");
      }
    }
    isSending = false;
  }
  const unlisten = await database.listen(wire, receive, () => {
    if (connected) for (const handler of gapHandlers) handler();
    connected = true;
  });
  return {
    publish(channel, announcement) {
      if (waiting.length >= most.waiting) return log.warn("an announcement too many; not published");
      waiting.push(encode(channel, announcement));
      void send();
    },
    subscribe: subscriptions.subscribe,
    onGap: (handler) => {
      gapHandlers.add(handler);
    },
    close: unlisten,
  };
}
