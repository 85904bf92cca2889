import type { Database } from "@vero/db";
import { startIntervalJob } from "../jobs/interval-jobs.js";
import type { Logger } from "../log/logger.js";
import { type Bus, createSubscriptions, publishing } from "./bus.js";
import type { BusEvent, Received } from "./events.js";

/**
 * The channel of NOTIFY, versioned with the format of its payloads. During a rolling deploy, nodes of different formats
 * do not receive each other's events; they find what they missed by comparison with the database.
 */
const notifyChannel = "vero_2";

/**
 * Bounds the events of one NOTIFY statement and, below it, those that wait for the next one. Further events are
 * dropped, as are those of a statement that fails: the bus may lose events.
 */
const maxEventsPerNotify = 200;
const maxWaitingEvents = 20_000;

/** The limit of a payload: NOTIFY refuses 8,000 bytes and more (PostgreSQL manual, NOTIFY). */
const maxPayloadBytes = 7_900;

/** The interval at which each process notifies the channel, and expects to receive something. */
const heartbeatMs = 3_000;
/** After so many heartbeats with nothing received, the connection counts as dead, although nobody has closed it. */
const maxUnheard = 2;
const heartbeat = JSON.stringify(["heartbeat"]);

const encode = (channel: string, event: Received<BusEvent>): string => {
  const whole = JSON.stringify([channel, event]);
  if (Buffer.byteLength(whole) <= maxPayloadBytes) return whole;
  return JSON.stringify([channel, { ...event, data: undefined, redactions: undefined }]);
};

/**
 * Creates the bus of a deployment whose processes share only a database: NOTIFY and LISTEN on one channel. Every
 * process receives every event and drops those without a handler. The events of one process arrive in the order in
 * which it published them, because it sends one statement at a time, with the events that have gathered meanwhile.
 */
export async function createPostgresBus(
  database: Database,
  log: Logger,
  options: { heartbeatMs: number } = { heartbeatMs },
): Promise<Bus> {
  const subscriptions = createSubscriptions((err) => log.error({ err }, "bus handler failed"));
  const gapHandlers = new Set<() => void>();
  let connected = false;
  /**
   * Numbers of this process's heartbeats: the last begun, the last published, and the last begun before something was
   * received.
   */
  const beats = { begun: 0, published: 0, heard: 0 };
  const receive = (payload: string): void => {
    beats.heard = beats.begun;
    if (payload === heartbeat) return;
    const [channel, event] = JSON.parse(payload) as [string, Received<BusEvent>];
    subscriptions.deliver(channel, event);
  };
  const waiting: string[] = [];
  let isSending = false;
  async function send(): Promise<void> {
    if (isSending) return;
    isSending = true;
    while (waiting.length > 0) {
      const payloads = waiting.splice(0, maxEventsPerNotify);
      try {
        await database.notify(notifyChannel, payloads);
      } catch (err) {
        log.warn({ err, count: payloads.length }, "events not published");
      }
    }
    isSending = false;
  }
  const listening = await database.listen({
    channel: notifyChannel,
    onPayload: receive,
    onConnect() {
      if (connected) for (const handler of gapHandlers) handler();
      connected = true;
    },
  });
  /**
   * Publishes a heartbeat, and reconnects first where the bus is silent. Silence is counted in heartbeats rather than
   * in time: a process that was stalled has not yet read what already waits for it.
   */
  async function beat(): Promise<void> {
    if (beats.published - beats.heard >= maxUnheard) {
      log.warn("the bus is silent; listening on another connection");
      beats.heard = beats.begun;
      await listening.reconnect();
    }
    beats.begun += 1;
    const mine = beats.begun;
    await database.notify(notifyChannel, [heartbeat]);
    beats.published = mine;
  }
  const heartbeats = startIntervalJob({
    name: "bus_heartbeat",
    intervalMs: options.heartbeatMs,
    // A heartbeat that hangs must not keep the next one from finding that the bus is silent.
    maxRunMs: options.heartbeatMs,
    log,
    run: beat,
  });
  return {
    [publishing](channel, event) {
      if (waiting.length >= maxWaitingEvents) return log.warn("an event too many; not published");
      waiting.push(encode(channel, event));
      void send();
    },
    subscribe: subscriptions.subscribe,
    onGap: (handler) => {
      gapHandlers.add(handler);
    },
    async close() {
      void heartbeats.stop();
      await listening.close();
    },
  };
}
