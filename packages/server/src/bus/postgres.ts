import type { Database } from "@vero/db";
import type { Logger } from "../log/logger.js";
import { type Announcement, type Bus, createSubscriptions } from "./bus.js";

const wire = "vero";

/** What is sent at once, and what waits at most; beyond that announcements are lost, as the bus may lose them. */
const most = { atOnce: 200, waiting: 20_000 };

/** NOTIFY refuses payloads of 8,000 bytes and more (PostgreSQL manual, NOTIFY). */
const maxPayload = 7_900;

/** How often each process says something that it expects to hear. */
const heartbeatMs = 3_000;
/** It has not heard so many: its connection is dead, although nobody has closed it. */
const maxUnheard = 2;
const heartbeat = JSON.stringify(["heartbeat"]);

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
export async function createPostgresBus(
  database: Database,
  log: Logger,
  options: { heartbeatMs: number } = { heartbeatMs },
): Promise<Bus> {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  const gapHandlers = new Set<() => void>();
  let connected = false;
  /** Of the heartbeats of this process: how many were begun, the last that was published, the last before something was heard. */
  const beats = { begun: 0, published: 0, heard: 0 };
  const receive = (payload: string): void => {
    beats.heard = beats.begun;
    if (payload === heartbeat) return;
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
  const listening = await database.listen({
    channel: wire,
    onPayload: receive,
    onConnect() {
      if (connected) for (const handler of gapHandlers) handler();
      connected = true;
    },
  });
  /** Counted in heartbeats, not in time: a process that stood still has not heard what is there already. */
  async function beat(): Promise<void> {
    if (beats.published - beats.heard >= maxUnheard) {
      log.warn("the bus is silent; listening on another connection");
      beats.heard = beats.begun;
      await listening.reconnect();
    }
    beats.begun += 1;
    const mine = beats.begun;
    await database.notify(wire, [heartbeat]);
    beats.published = mine;
  }
  const timer = setInterval(() => {
    // Where the database is away there is nothing to hear either; whoever asks it for something is told so.
    beat().catch((err: unknown) => log.debug({ err }, "no heartbeat on the bus"));
  }, options.heartbeatMs).unref();
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
    async close() {
      clearInterval(timer);
      await listening.close();
    },
  };
}
