import { setTimeout as delay } from "node:timers/promises";
import type { Sample } from "./closed-loop.js";
import { createMarkFinder, markOf } from "./marks.js";
import type { OpenSocket } from "./sockets.js";

const connectingAtOnce = 16;
const deliveryMs = 15_000;

interface UnderWay {
  begun: number;
  /** The deliveries that are to come yet. */
  missing: number;
  arrived(): void;
}

/** Sockets that only receive, and the messages that are under way to them. */
export interface Receivers {
  /** Sends a marked text, and waits until so many sockets have it; returns the milliseconds until each had it. */
  deliver(text: string, count: number, send: (text: string) => Promise<void>): Promise<number[]>;
  close(): void;
}

/**
 * Opens sockets whose bytes, once they are ready, are searched for marks and not decoded: a thousand of them cost less
 * than the server that feeds them.
 */
export async function openReceivers(count: number, open: (index: number) => Promise<OpenSocket>): Promise<Receivers> {
  const underWay = new Map<number, UnderWay & { latencies: number[] }>();
  const sockets: OpenSocket[] = [];
  let [opened, marks] = [0, 0];

  function onMark(number: number): void {
    const message = underWay.get(number);
    if (message === undefined) return;
    message.latencies.push(performance.now() - message.begun);
    message.missing -= 1;
    if (message.missing === 0) message.arrived();
  }

  const connect = async () => {
    while (opened < count) {
      opened += 1;
      const socket = await open(opened - 1);
      socket.connection.removeAllListeners("data").on("data", createMarkFinder(onMark));
      sockets.push(socket);
    }
  };
  await Promise.all(Array.from({ length: connectingAtOnce }, connect));

  return {
    async deliver(text, missing, send) {
      marks += 1;
      const number = marks;
      const latencies: number[] = [];
      const begun = performance.now();
      const all = new Promise<void>((arrived) => underWay.set(number, { begun, missing, arrived, latencies }));
      try {
        await send(`${markOf(number)} ${text}`);
        await Promise.race([all, delay(deliveryMs, undefined, { ref: false })]);
      } finally {
        underWay.delete(number);
      }
      // A message that never arrived has no time that could be compared.
      while (latencies.length < missing) latencies.push(Number.POSITIVE_INFINITY);
      return latencies;
    },
    close: () => {
      for (const { ws } of sockets) ws.terminate();
    },
  };
}

/** Starts something so many times a second, whether or not what was started before has ended; measures deliveries. */
export async function steadily(perSecond: number, seconds: number, start: () => Promise<number[]>): Promise<Sample> {
  const begun = performance.now();
  const started: Promise<number[]>[] = [];
  while (started.length < perSecond * seconds) {
    const due = Math.min(((performance.now() - begun) / 1000) * perSecond, perSecond * seconds);
    // A refused send is never delivered.
    while (started.length < due) started.push(start().catch(() => [Number.POSITIVE_INFINITY]));
    await delay(1);
  }
  const latencies = (await Promise.all(started)).flat();
  return { count: latencies.length, seconds: (performance.now() - begun) / 1000, latencies };
}
