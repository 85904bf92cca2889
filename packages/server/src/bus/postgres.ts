import type { Database } from "@vero/db";
import type { Logger } from "../log/logger.js";
import { type Bus, createSubscriptions, publishing } from "./bus.js";
import type { BusEvent, Received } from "./events.js";

/**
 * The channel of NOTIFY, named after the format of its payloads. Nodes that write another format do not hear each other
 * while one replaces the other, and find by comparison what they have missed.
 */
const notifyChannel = "vero_2";

/** Bounds one NOTIFY, and what waits for the next one: beyond that events are lost, as the bus may lose them. */
const maxEventsPerNotify = 200;
const maxWaitingEvents = 20_000;

/** NOTIFY refuses payloads of 8,000 bytes and more (PostgreSQL manual, NOTIFY). */
const maxPayloadBytes = 7_900;

/** How often each process says something that it expects to hear. */
const heartbeatMs = 3_000;
/** It has not heard so many: its connection is dead, although nobody has closed it. */
const maxUnheard = 2;
const heartbeat = JSON.stringify(["heartbeat"]);

const encode = (channel: string, event: Received<BusEvent>): string => {
  const whole = JSON.stringify([channel, event]);
  if (Buffer.byteLength(whole) <= maxPayloadBytes) return whole;
  return JSON.stringify([channel, { ...event, data: undefined, redactions: undefined }]);
};

/**
 * The bus of a deployment of several processes that share a database and nothing else: NOTIFY and LISTEN on one
 * channel. Each process hears everything and drops what it has no listener for. A process sends one statement at a time,
 * with all that has come meanwhile: its events arrive in the order in which it published them.
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
  /** Counted in heartbeats, not in time: a process that stood still has not heard what is there already. */
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
  const timer = setInterval(() => {
    // Where the database is away there is nothing to hear either; whoever asks it for something is told so.
    beat().catch((err: unknown) => log.debug({ err }, "no heartbeat on the bus"));
  }, options.heartbeatMs).unref();
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
      clearInterval(timer);
      await listening.close();
    },
  };
}
